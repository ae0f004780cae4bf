import Catalog
import Cryptography
import Operations
import Storefront

/// The doctor's round through one shop.
struct Examination {
    let folder: String
    let environment: [String: String]
    private var found: [Finding] = []

    init(folder: String, environment: [String: String]) {
        self.folder = folder
        self.environment = environment
    }

    /// Everything looked at, in the order in which a sale needs it.
    mutating func findings() async -> [Finding] {
        found = []
        lookAtSite()
        guard let place = lookAtShop() else { return found }
        guard let keyring = lookAtMasterKey(place) else { return found }
        lookAtClock()
        lookAtGateways(place, keyring)
        await lookAtMail(place)
        lookAtDaemon(place)
        await lookAtBooks()
        return found
    }

    mutating func note(_ subject: String, _ state: Finding.State, _ message: String) {
        found.append(Finding(subject: subject, state: state, message: message))
    }

    private mutating func lookAtSite() {
        do {
            let site = try Site.load(folder: folder, baseThemes: ShopOptions.themes, now: Moment.current)
            note("content and theme", .well, "\(site.catalogue.products.count) products, \(site.catalogue.pages.count) pages")
            for warning in site.catalogue.warnings { note("content and theme", .doubt, "\(warning)") }
        } catch {
            note("content and theme", .fault, "\(error)")
        }
    }

    private mutating func lookAtShop() -> ShopPlace? {
        do {
            let place = try ShopPlace(folder: folder, environment: environment)
            let webhook = place.shop.webhook
            let isSafe =
                webhook.url.hasPrefix("https://") || webhook.url.hasPrefix("http://127.0.0.1") || webhook.url.hasPrefix("http://localhost")
            note(
                "webhook.url", isSafe ? .well : .fault,
                isSafe
                    ? webhook.url
                    : "\(webhook.url) is not https: buyers' addresses and keys would travel in the open\nhint: put a proxy that speaks TLS before it"
            )
            return place
        } catch {
            note("shop.yaml", .fault, "\(error)")
            return nil
        }
    }

    private mutating func lookAtMasterKey(_ place: ShopPlace) -> Keyring? {
        do {
            let keyring = Keyring(master: try MasterKey(file: place.masterKeyFile, groupMayRead: place.masterKeyIsCredential))
            note("master key", .well, "readable by its owner alone; keep a copy elsewhere")
            return keyring
        } catch {
            note("master key", .fault, "\(error)")
            return nil
        }
    }

    private mutating func lookAtBooks() async {
        do {
            let stock = try await Desk.run(.stockLevels, folder: folder, environment: environment)
            if case .stock(let levels) = stock {
                lookAtStock(levels)
            }
            guard case .ledger(let ledger) = try await Desk.run(.verifyLedger, folder: folder, environment: environment) else { return }
            let broken = ledger.findings.map { "\($0.rule): \($0.message)" }
            note(
                "ledger", ledger.ok ? .well : .fault,
                ledger.ok ? "\(ledger.transfers) transfers, all rules hold" : broken.joined(separator: "\n"))
            guard case .audit(let audit) = try await Desk.run(.verifyAudit, folder: folder, environment: environment) else { return }
            note(
                "audit log", audit.ok ? .well : .fault,
                audit.ok ? "\(audit.rows) rows, an unbroken chain" : "the chain is broken\nhint: keyfront audit verify")
        } catch {
            note("books", .fault, "\(error)")
        }
    }
}

extension Examination {
    /// What nobody can buy, what will soon be so, and what is paid for and missing.
    fileprivate mutating func lookAtStock(_ levels: [StockAnswer]) {
        func named(_ levels: [StockAnswer]) -> String { levels.map(\.sku).joined(separator: ", ") }
        let empty = levels.filter(\.soldOut)
        let low = levels.filter { $0.low && !$0.soldOut }
        let owed = levels.filter { $0.owed > 0 }
        if !empty.isEmpty { note("stock", .doubt, "no key to sell: \(named(empty))\nhint: keyfront stock import SKU FILE") }
        if !low.isEmpty { note("stock", .doubt, "few keys are left: \(named(low))") }
        if !owed.isEmpty { note("stock", .fault, "paid for and not there: \(named(owed))\nhint: keyfront stock import SKU FILE") }
        if empty.isEmpty, low.isEmpty, owed.isEmpty { note("stock", .well, "\(levels.count) SKUs, each with keys to sell") }
    }
}
