import Foundation
import TestSupport
import Testing
import Transport

@Suite("Currencies of no decimals and of three, from the page to the books")
struct CurrencyScenarios {
    struct Case: Sendable, CustomTestStringConvertible {
        let code: String
        /// As the merchant writes it.
        let price: String
        let minor: Int64
        /// As buyers read it.
        let shown: String
        /// A refund, and what is one digit too fine for one.
        let part: String
        let tooFine: String
        var testDescription: String { code }
    }

    static let cases = [
        Case(code: "JPY", price: "1500", minor: 1500, shown: "JP¥1,500", part: "500", tooFine: "500.5"),
        Case(code: "KWD", price: "12.345", minor: 12_345, shown: "KWD\u{A0}12.345", part: "2.005", tooFine: "2.0055"),
    ]

    private struct Listed: Decodable {
        let amountMinor: Int64
        let currency: String
        let refundedMinor: Int64?
    }

    @Test("Page, JSON-LD, feed, pay page, order page, mail, command line and ledger say the same amount", arguments: cases)
    func everywhere(_ money: Case) async throws {
        let mails = try await MailServer()
        let shop = try await TestShop(mails: mails)
        let settings = try String(contentsOfFile: "\(shop.path)/shop.yaml", encoding: .utf8)
        try shop.write("shop.yaml", settings.replacingOccurrences(of: "currency: CNY", with: "currency: \(money.code)"))
        let product = try String(contentsOfFile: "\(shop.path)/content/products/lantern.md", encoding: .utf8)
        try shop.write("content/products/lantern.md", product.replacingOccurrences(of: "\"100.00\"", with: "\"\(money.price)\""))
        let built = try await shop.keyfront("build")
        try #require(built.status == 0, "\(built.errors)")
        let page = try String(contentsOfFile: "\(shop.path)/site/products/lantern/index.html", encoding: .utf8)
        #expect(page.contains(money.shown))
        #expect(page.contains("\"price\":\"\(money.price)\"") && page.contains("\"priceCurrency\":\"\(money.code)\""))
        let catalog = try String(contentsOfFile: "\(shop.path)/site/catalog.json", encoding: .utf8)
        #expect(catalog.contains(money.code) && catalog.contains("\(money.minor)"))

        _ = try await shop.importKeys(2)
        try await shop.start()
        let order = try await shop.order()
        #expect(order.amountMinor == money.minor && order.currency == money.code)
        let tried = try await shop.order(gateway: "test")
        let till = try await shop.client.request(method: "GET", url: try #require(tried.pay["url"]))
        #expect(String(decoding: till.body, as: UTF8.self).contains(money.shown))
        #expect(try await shop.pay([order]).map(\.status) == [204])
        let opened = try await shop.get("/orders/\(order.token)", accept: "text/html")
        #expect(String(decoding: opened.body, as: UTF8.self).contains(money.shown))
        try await mails.wait(for: 1)
        let mail = try #require(try mails.received().first)
        #expect(mail.parts.allSatisfy { $0.text.contains(money.shown) })

        let told = try await shop.keyfront("order", "show", order.order)
        #expect(told.output.contains("amount    \(money.price) \(money.code)"))
        let part = try await shop.keyfront("order", "refund", order.order, "--by-hand", "--amount", money.part)
        #expect(part.status == 0, "\(part.errors)")
        #expect(part.output.hasPrefix("\(money.part) \(money.code) booked as given back by hand"))
        let fine = try await shop.keyfront("order", "refund", order.order, "--by-hand", "--amount", money.tooFine)
        #expect(fine.status == 2 && fine.errors.contains("error:"))
        let left = try await shop.keyfront("order", "show", order.order, "--json").json(Listed.self)
        #expect(left.amountMinor == money.minor && left.currency == money.code)
        #expect(left.refundedMinor == Int64(money.part.filter { $0 != "." }))
        let balances = try await shop.keyfront("ledger", "balances")
        #expect(balances.output.contains(money.code))
        #expect(try await shop.keyfront("ledger", "verify").status == 0)
        #expect(try await shop.end() == 0)
    }
}
