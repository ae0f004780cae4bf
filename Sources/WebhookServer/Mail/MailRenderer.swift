import Catalog
import Fulfilment
import Templates
import Transport

/// Turns what an outbox item says into a mail. The same item gives the same bytes, whenever it is rendered.
struct MailRenderer: Sendable {
    let shop: Shop
    let face: Face
    let from: Mailbox

    /// Renders the three templates of the mail's kind.
    ///
    /// Throws `TemplateError` when the theme cannot, `TransportError` when a part of the mail is not of the form it must have.
    func message(_ content: MailContent) throws -> MailMessage {
        guard let edition = face.edition(content.language) else { throw TransportError(.configuration, "the shop has no theme") }
        let model = Value.record(model(content, language: edition.language))
        func part(_ suffix: String) throws -> String {
            String(decoding: try edition.templates.render("mail/\(content.template).\(suffix)", model), as: UTF8.self)
        }
        return try MailMessage(
            from: from, to: MailAddress(parsing: content.to), subject: Self.oneLine(try part("subject.txt")), text: try part("txt"),
            html: try part("html"), messageID: "\(content.messageID)@\(from.address.domain)", date: content.date,
            language: edition.language)
    }

    private func model(_ content: MailContent, language: String) -> Record {
        let orders = content.orders.map { order in
            Value.record([
                "id": .text(order.id), "link": .text(order.link), "amount": .text(order.amount.display(language)),
                "created": .text(Moment.readable(order.createdAt)), "lines": .list(order.lines.map(Self.line)),
            ])
        }
        let promoter: Value =
            if let promoter = content.promoter {
                .record([
                    "link": .text(ShareLink(shop, token: promoter.token).page), "page": .text(promoter.pageLink),
                    "rate": .text(promoter.rate?.description ?? ""), "token": .text(promoter.token),
                    "poster": .text(ShareLink(shop, token: promoter.token).poster ?? ""),
                ])
            } else {
                .null
            }
        return [
            "lang": .text(language), "shop": .record(["name": .text(shop.name), "url": .text(shop.url)]),
            "mail": .record(["unsubscribe": ""]), "order": orders.first ?? .null, "orders": .list(orders), "promoter": promoter,
        ]
    }

    private static func line(_ line: MailContent.Line) -> Value {
        .record([
            "title": .text(line.title), "sku": "", "quantity": .count(line.quantity), "price": "", "keys": .list(line.keys.map(Value.text)),
        ])
    }

    /// A subject is one line: whatever would end or bend it becomes a space, and the template's last line end goes.
    private static func oneLine(_ text: String) -> String {
        let words = text.unicodeScalars.split { scalar in
            scalar == " " || scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar == "\u{2028}" || scalar == "\u{2029}"
        }
        return words.map(String.init).joined(separator: " ")
    }
}
