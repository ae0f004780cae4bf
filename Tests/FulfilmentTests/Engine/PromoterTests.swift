import Catalog
import Database
import Payments
import Testing

@testable import Fulfilment

@Suite("Promoters")
struct PromoterTests {
    func shop(_ recipe: ShopRecipe = .test()) async throws -> TestShop {
        let shop = try await TestShop(recipe)
        try await shop.stock(30)
        return shop
    }

    @Test("A brings B, B buys at 100.00: A earns 10.00. B brings C, C buys: B earns 10.00, A 5.00. T+N makes it payable")
    func workedExample() async throws {
        let shop = try await shop()
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        #expect(a.token.utf8.count == 16 && a.id.utf8.count == 8)
        let b = try await shop.buy(email: "b@example.com", ref: a.token)
        #expect(try await shop.balance("a@example.com") == [1_000, 0])
        let bToken = try #require(try await shop.view(b).promoterToken)
        try await shop.buy(email: "c@example.com", ref: bToken)
        #expect(try await shop.balance("b@example.com") == [1_000, 0])
        #expect(try await shop.balance("a@example.com") == [1_500, 0])
        #expect(try await shop.balance("c@example.com") == [0, 0])
        #expect(try await shop.engine.promoter("b@example.com").parent == a.id)
        #expect(try await shop.outbox(.promoterPage) == 3)

        shop.pass(seconds: 7 * 86_400 - 1)
        #expect(try await shop.engine.mature() == 0)
        shop.pass(seconds: 1)
        #expect(try await shop.engine.mature() == 2)
        #expect(try await shop.engine.mature() == 0)
        #expect(try await shop.balance("a@example.com") == [0, 1_500])
        #expect(try await shop.balance("b@example.com") == [0, 1_000])
        #expect(
            try await shop.engine.balances()
                == [
                    LedgerBalance(account: "commission", currency: "CNY", minor: -2_500),
                    LedgerBalance(account: "gateway:bank", currency: "CNY", minor: -20_000),
                    LedgerBalance(account: "promoter:\(a.id):available", currency: "CNY", minor: 1_500),
                    LedgerBalance(
                        account: "promoter:\(try await shop.engine.promoter("b@example.com").id):available", currency: "CNY", minor: 1_000),
                    LedgerBalance(account: "sales", currency: "CNY", minor: 20_000),
                ].sorted { $0.account < $1.account })
        #expect(try await shop.findings().isEmpty)
    }

    @Test("The binding is made at the first paid order that names a promoter, and no other token changes it")
    func permanent() async throws {
        let shop = try await shop()
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let z = try await shop.engine.addPromoter(address: "z@example.com")
        _ = try await shop.order(email: "b@example.com", ref: z.token)
        try await shop.buy(email: "b@example.com", ref: a.token)
        try await shop.buy(email: "b@example.com", ref: z.token)
        try await shop.buy(email: "B@Example.com")
        #expect(try await shop.balance("a@example.com") == [3_000, 0])
        #expect(try await shop.balance("z@example.com") == [0, 0])
    }

    @Test("A tampered token counts for nobody, is recorded, and the order goes on")
    func tampered() async throws {
        let shop = try await shop()
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let last = try #require(a.token.utf8.last)
        let forged = String(a.token.dropLast()) + (last == UInt8(ascii: "0") ? "1" : "0")
        for token in [forged, "x", a.token.uppercased() + "!", String(repeating: "a", count: 9_999)] {
            let order = try await shop.buy(email: "b@example.com", ref: token)
            #expect(try await shop.state(order) == .fulfilled)
        }
        #expect(try await shop.balance("a@example.com") == [0, 0])
        #expect(try await shop.audited(.referral) == 4)
        let rows = try await shop.engine.auditRows()
        #expect(!rows.contains { $0.detail.contains(forged) })
    }

    @Test("Nobody earns from their own order, under any spelling of the address, and there is no circle")
    func selfReferral() async throws {
        let shop = try await shop()
        let a = try await shop.engine.addPromoter(address: "a.b@gmail.com")
        for email in ["a.b@gmail.com", "A.B@GMAIL.com", "a.b+shop@gmail.com", "ab@googlemail.com"] {
            try await shop.buy(email: email, ref: a.token)
        }
        #expect(try await shop.balance("a.b@gmail.com") == [0, 0])
        // B below A; then A buys through B.
        let b = try await shop.buy(email: "b@example.com", ref: a.token)
        let bToken = try #require(try await shop.view(b).promoterToken)
        try await shop.buy(email: "a.b@gmail.com", ref: bToken)
        #expect(try await shop.balance("b@example.com") == [0, 0])
        #expect(try await shop.engine.promoter("a.b@gmail.com").parent == nil)
        #expect(try await shop.audited(.referral) == 5)
        #expect(try await shop.findings().isEmpty)
    }

    @Test("Nobody earns from their own order through somebody else, under another spelling of their address")
    func selfReferralAbove() async throws {
        let shop = try await shop()
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let b = try await shop.buy(email: "b@example.com", ref: a.token)
        let bToken = try #require(try await shop.view(b).promoterToken)
        #expect(try await shop.balance("a@example.com") == [1_000, 0])
        // By the token first, then by the binding that it made.
        try await shop.buy(email: "a+1@example.com", ref: bToken)
        #expect(try await shop.balance("b@example.com") == [1_000, 0])
        try await shop.buy(email: "a+1@example.com")
        #expect(try await shop.balance("b@example.com") == [2_000, 0])
        #expect(try await shop.balance("a@example.com") == [1_000, 0])
        // Somebody else earns for both.
        try await shop.buy(email: "c@example.com", ref: bToken)
        #expect(try await shop.balance("a@example.com") == [1_500, 0])
        #expect(try await shop.findings().isEmpty)
    }

    @Test("An inactive promoter earns nothing, and who stands above still earns")
    func inactive() async throws {
        let shop = try await shop()
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let b = try await shop.engine.addPromoter(address: "b@example.com", parent: a.id)
        try await shop.buy(email: "c@example.com", ref: b.token)
        try await shop.engine.setPromoter(b.id, active: false)
        try await shop.buy(email: "c@example.com")
        #expect(try await shop.balance("b@example.com") == [1_000, 0])
        #expect(try await shop.balance("a@example.com") == [1_000, 0])
        try await shop.buy(email: "d@example.com", ref: b.token)
        #expect(try await shop.balance("b@example.com") == [1_000, 0])
    }

    @Test("A product's own rates replace the shop's, and a shop without levels has no promoters")
    func rates() async throws {
        let shop = try await shop(.test([TestProduct(sku: "card", commission: "25%")]))
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        try await shop.buy(email: "b@example.com", ref: a.token)
        #expect(try await shop.balance("a@example.com") == [2_500, 0])
        let none = try await self.shop(.test(levels: []))
        let order = try await none.buy(email: "b@example.com")
        #expect(try await none.view(order).promoterToken == nil)
        #expect(try await none.outbox(.promoterPage) == 0)
    }

    @Test("With three levels, three earn")
    func threeLevels() async throws {
        let shop = try await shop(.test(levels: ["10%", "5%", "1%"]))
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let b = try await shop.engine.addPromoter(address: "b@example.com", parent: a.id)
        let c = try await shop.engine.addPromoter(address: "c@example.com", parent: b.id)
        try await shop.buy(email: "d@example.com", ref: c.token)
        #expect(try await shop.balance("c@example.com") == [1_000, 0])
        #expect(try await shop.balance("b@example.com") == [500, 0])
        #expect(try await shop.balance("a@example.com") == [100, 0])
    }

    @Test("A refund before maturity takes the commission along, one after it makes the balance negative, and both carry over")
    func refunds() async throws {
        let shop = try await shop()
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let first = try await shop.buy(email: "b@example.com", ref: a.token)
        try await shop.tell(.refunded(first, 3_333, key: "r1"))
        #expect(try await shop.balance("a@example.com") == [666, 0])
        try await shop.tell(.refunded(first, 3_333, key: "r2"))
        #expect(try await shop.balance("a@example.com") == [333, 0])
        shop.pass(days: 7)
        try await shop.engine.mature()
        #expect(try await shop.balance("a@example.com") == [0, 333])
        // Paid out, then refunded.
        try await shop.database.write { tx in
            let ledger = LedgerRows(tx: tx, shop: Engine.shop)
            try ledger.append([
                Transfer(
                    id: [1, 2, 3], kind: .payout, order: "", level: 0, debit: .available(a.id), credit: .payouts, amountMinor: 333,
                    currency: "CNY", cause: "payout-1", resolves: nil, rate: 0, baseMinor: 0, at: shop.now)
            ])
        }
        try await shop.tell(.refunded(first, 10_000, key: "r3", meaning: .cumulative))
        #expect(try await shop.balance("a@example.com") == [0, -333])
        #expect(try await shop.engine.promoter(a.id).paidMinor == 333)
        try await shop.buy(email: "b@example.com")
        shop.pass(days: 7)
        try await shop.engine.mature()
        #expect(try await shop.balance("a@example.com") == [0, 667])
        #expect(try await shop.findings().isEmpty)
    }

    @Test("A dispute freezes an order's commissions until it is decided")
    func dispute() async throws {
        let shop = try await shop()
        let a = try await shop.engine.addPromoter(address: "a@example.com")
        let won = try await shop.buy(email: "b@example.com", ref: a.token)
        let lost = try await shop.buy(email: "b@example.com")
        try await shop.tell(.disputed(won))
        try await shop.tell(.disputed(lost))
        shop.pass(days: 30)
        #expect(try await shop.engine.mature() == 0)
        #expect(try await shop.balance("a@example.com") == [2_000, 0])
        #expect(try await shop.view(won).lines[0].keys.isEmpty)
        #expect(try await marks(shop, won, lost) == ["disputed", "disputed"])
        #expect(try await shop.engine.levels().first { $0.sku == "card" }?.disputed == 2)
        try await shop.tell(.closed(won, won: true))
        try await shop.tell(.closed(lost, won: false))
        #expect(try await shop.engine.mature() == 1)
        #expect(try await shop.balance("a@example.com") == [0, 1_000])
        #expect(try await shop.state(won) == .fulfilled)
        #expect(try await shop.state(lost) == .disputed)
        #expect(try await marks(shop, won, lost) == ["sold", "recalled"])
        #expect(try await shop.view(won).lines[0].keys.count == 1)
        #expect(try await shop.view(lost).lines[0].keys.isEmpty)
        // A dispute after maturity: not payable while it is open.
        try await shop.tell(.disputed(won, key: "second", id: "dp2"))
        #expect(try await shop.balance("a@example.com") == [1_000, 0])
        try await shop.tell(
            Fact(.disputeClosed, dedupeKey: "c2", gatewayTransactionID: "tx-\(won.order)", disputeID: "dp2", disputeWon: true))
        try await shop.engine.mature()
        #expect(try await shop.balance("a@example.com") == [0, 1_000])
        #expect(try await shop.findings().isEmpty)
    }

    /// The states of the keys that the orders were given.
    private func marks(_ shop: TestShop, _ orders: PlacedOrder...) async throws -> [String] {
        try await shop.database.read { tx in
            try orders.flatMap { order in
                try tx.query("SELECT state FROM stock WHERE order_id = $1 ORDER BY id", [.text(order.order)]).map { try $0.text("state") }
            }
        }
    }

    @Test("A promoter's page shows what was earned, by a link that nothing else opens")
    func page() async throws {
        let shop = try await shop()
        let a = try await shop.engine.addPromoter(address: "a@example.com", language: "zh-CN")
        let again = try await shop.engine.addPromoter(address: "A@example.com")
        #expect(again == a)
        let order = try await shop.buy(email: "b@example.com", ref: a.token)
        try await shop.tell(.refunded(order, 5_000, key: "r"))
        let link = try await shop.engine.promoterLink(id: a.id)
        #expect(link.utf8.count == 32)
        let page = try await shop.engine.promoterPage(linkToken: link)
        #expect(page.id == a.id && page.token == a.token && page.language == "zh-CN" && page.pending.minor == 500)
        #expect(Set(page.commissions.map { "\($0.amount.minor) \($0.state)" }) == ["1000 reversed", "500 pending"])
        #expect(page.commissions.allSatisfy { $0.product == "The card" && $0.level == 1 })
        for token in [a.token, a.id, String(repeating: "0", count: 32)] {
            await #expect(throws: FulfilmentError.self) { try await shop.engine.promoterPage(linkToken: token) }
        }
    }
}
