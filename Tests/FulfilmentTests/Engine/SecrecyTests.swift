import Foundation
import Testing

@testable import Fulfilment

@Suite("What lies on the disk")
struct SecrecyTests {
    @Test("Neither the database nor its log holds a key, an address, or the secret of a link in plain text")
    func plainText() async throws {
        let shop = try await TestShop()
        try await shop.stock(5, prefix: "SECRETKEY")
        _ = try await shop.engine.importKeys(sku: "text", lines: ["SHAREDSECRET"])
        let a = try await shop.engine.addPromoter(address: "Promoter.One@example.com")
        let link = try await shop.engine.promoterLink(id: a.id)
        var secrets = ["SECRETKEY", "SHAREDSECRET", "promoter.one", "Promoter.One", "buyer.two", "Buyer.Two", "192.0.2.77", link]
        for sku in ["card", "text", "made"] {
            let order = try await shop.order(sku, email: "Buyer.Two@example.com", ref: a.token, from: "192.0.2.77")
            try await shop.pay(order)
            secrets += [order.token] + (try await shop.view(order).lines[0].keys)
        }
        for item in try await shop.engine.lease(limit: 10) where item.kind.isMail { _ = try await shop.engine.mailContent(item) }
        try await shop.engine.lookup(email: "Buyer.Two@example.com")
        var read = 0
        var wal = false
        for file in try FileManager.default.contentsOfDirectory(atPath: shop.folder) {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(shop.folder)/\(file)"))
            read += data.count
            wal = wal || (file.hasSuffix("-wal") && !data.isEmpty)
            for secret in secrets { #expect(data.range(of: Data(secret.utf8)) == nil, "\(file) holds a secret") }
            // The search finds what is there.
            if file == "books.db-wal" { #expect(data.range(of: Data(a.token.utf8)) != nil) }
        }
        #expect(read > 50_000 && wal)
    }

    @Test("An error, a description and an audit row name no address and no token")
    func words() async throws {
        let shop = try await TestShop()
        try await shop.stock(1)
        let order = try await shop.buy(email: "buyer.two@example.com")
        for row in try await shop.engine.auditRows() {
            #expect(!"\(row)".contains("buyer.two") && !"\(row)".contains(order.token))
        }
        do {
            _ = try await shop.order(email: "buyer two@example.com")
            Issue.record("accepted")
        } catch { #expect(!"\(error)".contains("two")) }
    }
}
