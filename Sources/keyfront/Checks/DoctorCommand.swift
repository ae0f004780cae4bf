import ArgumentParser
import Catalog
import Cryptography
import Foundation
import Operations
import Payments
import Storefront
import Transport

/// `keyfront doctor`: what stands between this shop and its first sale.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Checks the set-up: files, secrets, gateways, books, mail; says what to do about each fault.",
        discussion: "It reads and asks, and changes nothing.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        var examination = Examination(folder: options.absoluteFolder, environment: ProcessInfo.processInfo.environment)
        let findings = await examination.findings()
        if options.json {
            for finding in findings { try Console.print(json: finding) }
        } else {
            for finding in findings { Console.print(finding.text) }
        }
        if findings.contains(where: { $0.state == .fault }) { throw ExitCode(1) }
    }
}

/// One thing that was looked at.
struct Finding: Encodable {
    enum State: String, Encodable {
        case well, doubt, fault
    }

    let subject: String
    let state: State
    let message: String

    var text: String {
        let mark =
            switch state {
            case .well: "✓"
            case .doubt: "?"
            case .fault: "✗"
            }
        return "\(mark) \(subject): " + message.split(separator: "\n").joined(separator: "\n    ")
    }
}

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
        lookAtGateways(place, keyring)
        lookAtMail(place)
        await lookAtBooks()
        return found
    }

    private mutating func note(_ subject: String, _ state: Finding.State, _ message: String) {
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
            let keyring = Keyring(master: try MasterKey(file: place.masterKeyFile))
            note("master key", .well, "readable by its owner alone; keep a copy elsewhere")
            return keyring
        } catch {
            note("master key", .fault, "\(error)")
            return nil
        }
    }

    private mutating func lookAtGateways(_ place: ShopPlace, _ keyring: Keyring) {
        let shop = place.shop
        if shop.gateways.isEmpty {
            note("gateways", .fault, "shop.yaml names none: nobody can pay\nhint: add one under gateways:, see docs/gateways")
        }
        for account in shop.gateways {
            do {
                _ = try GatewaySet(
                    accounts: [account], webhookURL: shop.webhook.url, listenHost: shop.webhook.host, secrets: place.secrets,
                    sandboxKey: keyring.subkey("sandbox"), http: .unreachable)
                note("gateway \(account.name)", .well, "\(account.kind), notices at \(shop.webhook.url)/notify/\(account.name)")
            } catch {
                note("gateway \(account.name)", .fault, "\(error)")
            }
        }
    }

    private mutating func lookAtMail(_ place: ShopPlace) {
        guard let mail = place.shop.mail else {
            note("mail", .fault, "shop.yaml has no mail: buyers would never get their keys by mail")
            return
        }
        note("mail", .well, "sent through \(mail.smtp)")
    }

    private mutating func lookAtBooks() async {
        do {
            let stock = try await Desk.run(.stockLevels, folder: folder, environment: environment)
            if case .stock(let levels) = stock {
                note(
                    "stock", levels.isEmpty ? .doubt : .well,
                    levels.isEmpty ? "no keys yet\nhint: keyfront stock import SKU FILE" : "\(levels.count) SKUs")
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
