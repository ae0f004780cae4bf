import Catalog
import Fulfilment
import Logging
import Templates
package import Transport

/// The two ways out of the outbox, as closures: tests put their own in place.
package struct Outlets: Sendable {
    /// Hands a mail to the mail server. Throws `TransportError`.
    package var mail: @Sendable (_ message: [UInt8], _ from: MailAddress, _ to: MailAddress) async throws(TransportError) -> Void
    /// Adds a promoter's pages to the published site. Throws when it must be tried again.
    package var promoterPage: @Sendable (_ token: String) async throws -> Void

    package init(
        mail: @escaping @Sendable ([UInt8], MailAddress, MailAddress) async throws(TransportError) -> Void,
        promoterPage: @escaping @Sendable (String) async throws -> Void
    ) {
        self.mail = mail
        self.promoterPage = promoterPage
    }
}

/// Makes one try at one item.
struct Delivery: Sendable {
    enum Outcome: Sendable {
        case sent
        case later(String)
        case never(String)

        var word: String {
            switch self {
            case .sent: "sent"
            case .later: "temporary"
            case .never: "permanent"
            }
        }
    }

    let engine: Engine
    let state: ShopState
    let outlets: Outlets
    let logger: Logger

    /// Reasons are codes: no address and nothing the mail server said gets into them.
    func attempt(_ item: OutboxItem) async -> Outcome {
        do {
            if item.kind == .promoterPage {
                guard let token = item.promoterToken else { return .never("no such promoter") }
                try await outlets.promoterPage(token)
            } else {
                try await mail(item)
            }
            return .sent
        } catch let error as TransportError {
            let reason = error.code.rawValue + (error.status.map { " \($0)" } ?? "")
            return error.isTemporary || error.code == .configuration ? .later(reason) : .never(reason)
        } catch let error as FulfilmentError {
            return error.code == .busy || error.code == .unavailable ? .later(error.code.rawValue) : .never(error.code.rawValue)
        } catch let error as TemplateError {
            // The merchant can mend a theme, so the mail waits for it.
            logger.error("a mail could not be rendered", metadata: ["place": "\(error.path):\(error.line):\(error.column)"])
            return .later("template \(error.code.rawValue)")
        } catch {
            return .later(item.kind == .promoterPage ? "not published" : "failed")
        }
    }

    private func mail(_ item: OutboxItem) async throws {
        let shop = engine.catalogue.shop
        guard let settings = shop.mail else {
            throw TransportError(.configuration, "the shop has no mail settings", hint: "write mail: in shop.yaml")
        }
        let from = try Mailbox(parsing: settings.from)
        let content = try await engine.mailContent(item)
        let message = try MailRenderer(shop: shop, face: state.current.face, from: from).message(content)
        try await outlets.mail(message.bytes, from.address, message.to)
    }
}
