import Catalog
import Cryptography
import Database
import Testing

@testable import Fulfilment

@Suite("Checkout")
struct CheckoutTests {
    func refusal(_ body: () async throws -> Void) async -> FulfilmentError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? FulfilmentError)?.code
        }
    }

    @Test("An order copies price, title, rates and the time to pay, and reserves its keys")
    func places() async throws {
        let shop = try await TestShop()
        try await shop.stock(3)
        let placed = try await shop.order(quantity: 2, email: "Buyer@Example.COM", language: "zh-CN")
        #expect(placed.order.utf8.count == 16 && placed.order.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 })
        #expect(placed.amount.minor == 20_000)
        #expect(placed.description == "商品 card × 2")
        #expect(placed.expiresAt == shop.now + 900)
        let view = try await shop.view(placed)
        #expect(view.state == .pending && view.maskedEmail == "B•••@e•••.com")
        #expect(view.lines.map(\.keys) == [[]])
        let level = try #require(try await shop.engine.levels().first { $0.sku == "card" })
        #expect(level.free == 1 && level.held == 2 && level.low)
        // What changes later in the catalogue changes nothing agreed.
        shop.engine.reload(try ShopRecipe.test([TestProduct(sku: "card", price: 1)], levels: ["90%"]).catalogue())
        #expect(try await shop.view(placed).amount.minor == 20_000)
        try await shop.pay(placed)
        #expect(try await shop.state(placed) == .fulfilled)
    }

    @Test("What cannot be sold is refused before anybody is sent to pay, and leaves nothing behind")
    func refusals() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        #expect(await refusal { _ = try await shop.order("nothing") } == .unknownSKU)
        #expect(await refusal { _ = try await shop.order("ca\u{301}rd") } == .unknownSKU)
        #expect(await refusal { _ = try await shop.order(quantity: 0) } == .invalidQuantity)
        #expect(await refusal { _ = try await shop.order(quantity: -1) } == .invalidQuantity)
        #expect(await refusal { _ = try await shop.order(quantity: 11) } == .invalidQuantity)
        #expect(await refusal { _ = try await shop.order(gateway: "nobody") } == .unknownGateway)
        for email in [
            "", "a", "a@b", "a@b.c d", "a@@b.com", "a\r\nBcc: x@y.com@b.com", "a@b.com\n", "\"a b\"@b.com", "a@1.2", "ü@b.com",
            String(repeating: "a", count: 65) + "@b.com", "a@-b.com", ".a@b.com", "a..b@c.com",
        ] {
            #expect(await refusal { _ = try await shop.order(email: email) } == .invalidEmail, "\(email)")
        }
        #expect(await refusal { _ = try await shop.order(quantity: 2) } == .soldOut)
        #expect(await refusal { _ = try await shop.order("other") } == .soldOut)
        #expect(try await shop.count("SELECT count(*) AS n FROM orders") == 0)
        #expect(try await shop.count("SELECT count(*) AS n FROM holds") == 0)
        #expect(try await shop.count("SELECT count(*) AS n FROM stock WHERE state = 'free'") == 1)
    }

    @Test("Open holds are capped for each address and for each place; paid and expired ones do not count")
    func caps() async throws {
        let shop = try await TestShop(.test(holdsPerAddress: 3, holdsPerMail: 2))
        try await shop.stock(20)
        let first = try await shop.order(email: "a@example.com", from: "192.0.2.1")
        _ = try await shop.order(email: "A@example.com", from: "192.0.2.1")
        #expect(await refusal { _ = try await shop.order(email: "a@EXAMPLE.com", from: "192.0.2.9") } == .tooManyHolds)
        _ = try await shop.order(email: "c@example.com", from: "192.0.2.1")
        #expect(await refusal { _ = try await shop.order(email: "d@example.com", from: "192.0.2.1") } == .tooManyHolds)
        try await shop.pay(first)
        _ = try await shop.order(email: "d@example.com", from: "192.0.2.1")
        shop.pass(seconds: 901)
        _ = try await shop.order(email: "d@example.com", from: "192.0.2.1")
        // Zero means no cap.
        let open = try await TestShop()
        try await open.stock(30)
        for _ in 0..<30 { _ = try await open.order(from: "192.0.2.1") }
    }

    @Test("A hold that runs out gives its keys back; a payment that still comes takes new ones, or is owed")
    func expiry() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let late = try await shop.order(email: "late@example.com")
        shop.pass(seconds: 899)
        #expect(try await shop.engine.expireHolds() == 0)
        shop.pass(seconds: 1)
        // Even before the sweep, a key whose hold is over can be had.
        let other = try await shop.order(email: "other@example.com")
        #expect(try await shop.state(late) == .expired)
        #expect(try await shop.engine.expireHolds() == 0)
        #expect(try await shop.pay(late).effect == .owed)
        try await shop.pay(other)
        #expect(try await shop.view(other).lines[0].keys == ["KEY-card-0"])
        #expect(try await shop.view(late).lines[0].keys == [])
        // The owed order comes before new buyers.
        #expect(try await shop.stock(1, prefix: "NEW").fulfilled == 1)
        #expect(try await shop.view(late).lines[0].keys == ["NEW-card-0"])
        let third = try await TestShop()
        try await third.stock(2)
        let early = try await third.order()
        third.pass(seconds: 901)
        #expect(try await third.engine.expireHolds() == 1)
        #expect(try await third.pay(early).effect == .fulfilled)
        #expect(try await third.findings().isEmpty)
    }

    @Test("What an expired hold or a payment that was refunded before frees goes to the orders that are owed, before new buyers")
    func freedKeys() async throws {
        for refunded in [false, true] {
            let shop = try await TestShop()
            try await shop.stock(1)
            let late = try await shop.order(email: "late@example.com")
            shop.pass(seconds: 901)
            let second = try await shop.order(email: "second@example.com")
            #expect(try await shop.pay(late).effect == .owed)
            if refunded {
                try await shop.tell(.refunded(second, 10_000, key: "r", full: true))
                try await shop.pay(second)
            } else {
                shop.pass(seconds: 901)
                #expect(try await shop.engine.expireHolds() == 1)
            }
            #expect(try await shop.view(late).lines[0].keys == ["KEY-card-0"])
            #expect(try await shop.state(late) == .fulfilled)
            #expect(await refusal { _ = try await shop.order() } == .soldOut)
            #expect(try await shop.findings().isEmpty)
        }
    }

    @Test("A link's token is 32 characters, opens one order, and is stored as a digest and sealed")
    func tokens() async throws {
        let shop = try await TestShop()
        try await shop.stock(2)
        let (one, two) = (try await shop.order(), try await shop.order())
        #expect(one.token.utf8.count == 32 && one.token != two.token)
        #expect(try await shop.view(one).order == one.order)
        for token in ["", one.order, one.token.uppercased(), String(one.token.dropLast()), one.token + "0"] {
            #expect(await refusal { _ = try await shop.engine.order(token: token, reveal: true) } == .notFound)
        }
        let stored = try await shop.database.read { tx in
            try tx.first("SELECT token FROM orders WHERE id = $1", [.text(one.order)])?.blob("token")
        }
        #expect(stored == Digest.sha256(Array(one.token.utf8)))
    }
}
