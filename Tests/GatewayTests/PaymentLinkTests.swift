import Foundation
import TestSupport
import Testing
import Transport

@Suite("Payment links: the page leads straight to Stripe, the daemon only fulfils")
struct PaymentLinkTests {
    private struct Order: Decodable {
        struct Line: Decodable {
            let sku: String
            let quantity: Int
        }
        let order: String
        let state: String
        let amountMinor: Int64
        let currency: String
        let gateway: String
        let lines: [Line]
        let refundedMinor: Int64?
        let promoter: String?
    }

    private struct Seen: Decodable {
        let links: [String]
        let complaints: [String]
    }

    @Test("From a built page: one order, one key, one mail, however often it is told; then refunds and a dispute as for any order")
    func whole() async throws {
        let mails = try await MailServer()
        let counter = try await Counter(.stripe, mails: mails)
        #expect(try await counter.shop.keyfront("build").status == 0)
        let page = try built(counter, "products/lantern/index.html")
        let link = try #require(page.links.first)
        #expect(page.links.count == 1)
        #expect(link.hasSuffix("/buy/lantern?client_reference_id=kf-en--lantern"))
        #expect(!page.text.contains("prefilled_email"))

        let session = try await visit(counter, link)
        #expect(try await orders(counter).isEmpty, "a visit alone is no order")
        #expect(try await purchase(counter, session, "carol@buyer.example") == [PeerKind.stripe.success])
        #expect(try await counter.gateway.perform("repeat", ["times": 10]) == Array(repeating: PeerKind.stripe.success, count: 10))
        let order = try #require(try await orders(counter).first)
        #expect(try await orders(counter).count == 1)
        #expect(order.state == "fulfilled" && order.amountMinor == 100_00 && order.currency == "CNY" && order.gateway == "gate")
        #expect(order.lines.map(\.sku) == ["lantern"] && order.lines.map(\.quantity) == [1])
        try await mails.wait(for: 1)
        let mail = try #require(try mails.received().first)
        #expect(mail.recipients == ["carol@buyer.example"])
        let text = mail.parts.map(\.text).joined()
        #expect(counter.keys.filter { text.contains($0) }.count == 1)

        #expect(try await counter.gateway.perform("refund", ["order": session, "amount": 30_00]) == [PeerKind.stripe.success])
        #expect(try await shown(counter, order.order).refundedMinor == 30_00)
        let asked = try await counter.shop.keyfront("order", "refund", order.order, "--amount", "20.00")
        #expect(asked.status == 0, "\(asked.errors)")
        #expect(try await counter.gateway.perform("flush") == [PeerKind.stripe.success])
        #expect(try await shown(counter, order.order).refundedMinor == 50_00)
        _ = try await counter.gateway.perform("dispute", ["order": session])
        #expect(try await shown(counter, order.order).state == "disputed")
        _ = try await counter.gateway.perform("close", ["order": session, "won": true])
        #expect(try await shown(counter, order.order).state == "fulfilled")
        try await counter.close()
        #expect(try mails.received().count == 1)
    }

    @Test("From a promoter's page, scripts off: the token goes along, and the promoter earns")
    func promoted() async throws {
        let counter = try await Counter(.stripe)
        let alice = try await counter.shop.promoter("alice@promoter.example")
        #expect(try await counter.shop.keyfront("build").status == 0)
        let page = try built(counter, "r/\(alice.token)/index.html")
        let link = try #require(page.links.first)
        #expect(link.hasSuffix("?client_reference_id=kf-en-\(alice.token)-lantern"))
        #expect(try built(counter, "zh-CN/r/\(alice.token)/index.html").links.first?.hasSuffix("=kf-zh_CN-\(alice.token)-lantern") == true)
        #expect(try await purchase(counter, visit(counter, link), "bob@buyer.example") == [PeerKind.stripe.success])
        #expect(try await orders(counter).first?.promoter == alice.id)
        #expect(try await counter.shop.promoter("alice@promoter.example").pendingMinor == 10_00)
        // A token that nobody signed counts for nobody.
        let forged = link.replacingOccurrences(of: alice.token, with: "00000000zzzzzzzz")
        #expect(try await purchase(counter, visit(counter, forged), "dave@buyer.example") == [PeerKind.stripe.success])
        #expect(try await orders(counter).count == 2)
        #expect(try await counter.shop.promoter("alice@promoter.example").pendingMinor == 10_00)
        try await counter.close()
    }

    @Test("Another amount or currency: an order that a person looks at, and no key")
    func misfit() async throws {
        let counter = try await Counter(.stripe)
        let link = "\(try base(counter))?client_reference_id=kf-en--lantern"
        #expect(try await purchase(counter, visit(counter, link), "a@buyer.example", ["amount": 1]) == [PeerKind.stripe.success])
        #expect(try await purchase(counter, visit(counter, link), "b@buyer.example", ["currency": "usd"]) == [PeerKind.stripe.success])
        let found = try await orders(counter)
        #expect(found.map(\.state) == ["review", "review"])
        #expect(found.allSatisfy { $0.amountMinor == 100_00 })
        // Three pieces at the price of three are three keys.
        #expect(try await purchase(counter, visit(counter, link), "c@buyer.example", ["amount": 300_00]) == [PeerKind.stripe.success])
        let three = try #require(try await orders(counter).first { $0.state == "fulfilled" })
        #expect(three.lines.map(\.quantity) == [3] && three.amountMinor == 300_00)
        try await counter.close()
    }

    @Test("Nothing that says what was bought, an unknown SKU, or no address: kept for a person, success to Stripe, no order")
    func strange() async throws {
        let counter = try await Counter(.stripe)
        let plain = try base(counter)
        for (link, email) in [
            (plain, "a@buyer.example"), ("\(plain)?client_reference_id=kf-en--lamp", "a@buyer.example"),
            ("\(plain)?client_reference_id=kf-en--lantern%21", "a@buyer.example"),
            ("\(plain)?client_reference_id=kf-en--lantern", "not an address"),
            ("\(plain)?client_reference_id=SOMEBODYS", "a@buyer.example"),
        ] {
            #expect(try await purchase(counter, visit(counter, link), email) == [PeerKind.stripe.success])
        }
        #expect(try await orders(counter).isEmpty)
        // The link's own metadata says what it sells, also to who has the bare link.
        let named = try await purchase(counter, visit(counter, plain), "a@buyer.example", ["metadata": ["sku": "lantern"]])
        #expect(named == [PeerKind.stripe.success])
        #expect(try await orders(counter).map(\.state) == ["fulfilled"])
        try await counter.close()
    }

    @Test("The reference names somebody's order: that order counts, as for any notice, and is not paid with another amount")
    func borrowed() async throws {
        let counter = try await Counter(.stripe)
        let other = try await counter.order()
        let link = "\(try base(counter))?client_reference_id=\(other.order)"
        #expect(try await purchase(counter, visit(counter, link), "a@buyer.example", ["amount": 5]) == [PeerKind.stripe.success])
        try await counter.expect(other, "review")
        #expect(try await orders(counter).count == 1)
        try await counter.close()
    }

    @Test("The refund is told before the payment: no key goes out")
    func refundedFirst() async throws {
        let counter = try await Counter(.stripe)
        let session = try await visit(counter, "\(try base(counter))?client_reference_id=kf-en--lantern")
        _ = try await counter.gateway.perform("purchase", ["session": session, "email": "a@buyer.example", "times": 0])
        #expect(try await counter.gateway.perform("refund", ["order": session]) == [PeerKind.stripe.success])
        #expect(try await counter.gateway.perform("pay", ["order": session]) == [PeerKind.stripe.success])
        #expect(try await orders(counter).map(\.state) == ["refunded"])
        try await counter.close()
    }

    @Test("In Chromium: ?ref= reaches the link with scripts on, the promoter's page needs none", arguments: ["on", "off"])
    func browser(scripts: String) async throws {
        let counter = try await Counter(.stripe)
        let alice = try await counter.shop.promoter("alice@promoter.example")
        #expect(try await counter.shop.keyfront("build").status == 0)
        let server = try await counter.shop.serve()
        defer { server.terminate() }
        let site = counter.shop.siteURL
        let ending = try await Program.peer(
            "pay_links", [scripts, "\(site)/r/\(alice.token)/", "\(site)/products/lantern/?ref=\(alice.token)"])
        try #require(ending.status == 0, "\(ending.errors)")
        let seen = try ending.json([Seen].self)
        try #require(seen.count == 2)
        #expect(seen[0].links.map { $0.hasSuffix("=kf-en-\(alice.token)-lantern") } == [true])
        #expect(seen[1].links.map { $0.hasSuffix("=kf-en-\(scripts == "on" ? alice.token : "")-lantern") } == [true])
        #expect(seen.allSatisfy { $0.complaints.isEmpty })
        try await counter.close()
    }

    // MARK: Steps

    /// The payment links of a built page.
    private func built(_ counter: Counter, _ name: String) throws -> (text: String, links: [String]) {
        let text = try String(contentsOfFile: "\(counter.shop.path)/site/\(name)", encoding: .utf8)
        let links = text.split(separator: "href=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
        return (text, links.filter { $0.contains("client_reference_id") })
    }

    /// A buyer opens a link; gives Stripe's name of the purchase.
    private func visit(_ counter: Counter, _ link: String) async throws -> String {
        let answer = try await counter.shop.client.request(method: "GET", url: link.replacingOccurrences(of: "&amp;", with: "&"))
        try #require(answer.status == 200)
        return String(decoding: answer.body, as: UTF8.self)
    }

    private func purchase(
        _ counter: Counter, _ session: String, _ email: String, _ more: [String: any Sendable] = [:]
    ) async throws -> [Simulator.Reply] {
        try await counter.gateway.perform("purchase", ["session": session, "email": email].merging(more) { $1 })
    }

    private func base(_ counter: Counter) throws -> String {
        struct Account: Decodable { let payment_links: [String: String] }
        let account = try JSONDecoder().decode(Account.self, from: Data(counter.gateway.greeting.account.utf8))
        return try #require(account.payment_links["lantern"])
    }

    private func orders(_ counter: Counter) async throws -> [Order] {
        let ending = try await counter.shop.keyfront("order", "list", "--json")
        try #require(ending.status == 0, "\(ending.errors)")
        return try ending.json([Order].self)
    }

    private func shown(_ counter: Counter, _ order: String) async throws -> Order {
        let ending = try await counter.shop.keyfront("order", "show", order, "--json")
        try #require(ending.status == 0, "\(ending.errors)")
        return try ending.json(Order.self)
    }
}
