import Catalog
import Foundation
import Fulfilment
import Operations
import Payments
import Testing
import Transport

@testable import WebhookServer

@Suite("Security cases: buyers and strangers")
struct BuyerCases {
    @Test("S11: a price that the browser sends changes nothing")
    func s11() async throws {
        let shop = try await TestShop()
        for extra in ["&price=0.01", "&amount=1&amountMinor=1", "&currency=JPY", "&commission=100"] {
            #expect(try await shop.post("/checkout", TestShop.form + extra, [HTTPField("Accept", "text/html")]).status == 303)
            shop.time.advance(by: 16 * 60)
        }
        let orders = try await shop.engine.orders()
        #expect(orders.count == 4 && orders.allSatisfy { $0.amount.minor == 10_000 && $0.amount.currency.code == "CNY" })
        for member in [#""price":1"#, #""amountMinor":1"#] {
            let body = #"{"sku":"lamp","quantity":1,"email":"a@b.example","gateway":"test",\#(member)}"#
            #expect(try await shop.post("/checkout", body, type: "application/json").status == 400)
        }
        #expect(try await shop.engine.orders().count == 4)
        try await shop.stop()
    }

    @Test("S12: there are no coupons to overuse: a code changes no price; and what is counted, stock, is taken once in parallel")
    func s12() async throws {
        let shop = try await TestShop(keys: 5)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<25 {
                group.addTask { try await shop.post("/checkout", TestShop.form + "&coupon=FREE\(number % 2)").status }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 303 } == 5 && statuses.count { $0 == 409 } == 20)
        #expect(try await shop.engine.orders().allSatisfy { $0.amount.minor == 10_000 })
        #expect(try await shop.free == 0)
        try await shop.stop()
    }

    @Test("S13: X-Forwarded-For evades no limit unless a listed proxy wrote it")
    func s13() async throws {
        let shop = try await TestShop(keys: 20, settings: "limits: {checkouts_per_minute: 2}")
        var statuses: [Int] = []
        for number in 0..<4 {
            let fields = ["X-Forwarded-For", "X-Real-IP", "Forwarded"].map { HTTPField($0, "192.0.2.\(number)") }
            statuses.append(try await shop.post("/checkout", TestShop.form, fields).status)
        }
        #expect(statuses == [303, 303, 429, 429])
        try await shop.stop()

        let behind = try await TestShop(keys: 20, settings: "limits: {checkouts_per_minute: 1}", proxies: "[127.0.0.1]")
        var forwarded: [Int] = []
        // The proxy adds the last address; what a client wrote before it is not believed.
        for client in ["192.0.2.1", "192.0.2.2", "192.0.2.9, 192.0.2.2"] {
            forwarded.append(try await behind.post("/checkout", TestShop.form, [HTTPField("X-Forwarded-For", client)]).status)
        }
        #expect(forwarded == [303, 303, 429])
        try await behind.stop()
    }

    @Test("S14: there is no route that delivers a file by its name, and no path leads out of the theme's own assets")
    func s14() async throws {
        let shop = try await TestShop()
        let paths = [
            "/assets/../shop.yaml", "/assets/%2e%2e/shop.yaml", "/assets/..%2fsecrets/master.key", "/assets/%2e%2e%2fdata/keyfront.db",
            "/assets//etc/passwd", "/assets/..\\shop.yaml", "/assets/%00", "/shop.yaml", "/secrets/master.key", "/data/keyfront.db",
            "/download?file=../secrets/master.key", "/files/1", "//etc/passwd", "/orders/../secrets/master.key",
            "/orders/..%2f..%2fsecrets%2fmaster.key", "/assets/C:\\x", "/assets/.%2e/.%2e/.%2e/etc/passwd",
        ]
        let key = try String(contentsOfFile: "\(shop.folder)/secrets/master.key", encoding: .utf8).trimmingCharacters(in: .newlines)
        for path in paths {
            let connection = try RawConnection(port: shop.port)
            connection.send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let answer = try #require(await connection.received())
            #expect(answer.hasPrefix("HTTP/1.1 404 ") || answer.hasPrefix("HTTP/1.1 400 "), "\(path)")
            #expect(!answer.contains(key) && !answer.contains("root:") && !answer.contains("master_key_file"))
        }
        try await shop.stop()
    }

    @Test("S15: script in a text reaches neither page nor mail, and a line end in an address is refused")
    func s15() async throws {
        let mail = try await Peer("smtp_peer.py")
        let shop = try await TestShop(smtp: mail.port, keys: 0)
        let script = "<script>alert(1)</script>\"'&"
        _ = try await shop.installation.run(.importKeys(KeyImport(sku: "lamp", lines: [script])))
        let email = "%3Cscript%3E%40mail.example"
        #expect(try await shop.post("/checkout", TestShop.form.replacing("buyer%40mail.example", with: email)).status == 422)
        for end in ["%0D%0ABcc:%20x%40evil.example", "%0A", "%0D", "%00", "%E2%80%A8"] {
            let status = try await shop.post("/checkout", TestShop.form.replacing("buyer%40mail.example", with: "a%40b.example\(end)"))
                .status
            #expect(status == 400 || status == 422, "\(end)")
        }
        let odd = TestShop.form + "&ref=%3Cscript%3E&language=%3Cscript%3E"
        let placed = try await shop.post("/checkout", odd)
        #expect(placed.status == 303)
        let payURL = try #require(placed.header("Location"))
        #expect(!text(try await shop.get(payURL)).contains("<script"))
        let page = try await shop.get(try #require(try await shop.post(payURL, "action=pay").header("Location")))
        #expect(!text(page).contains("<script") && text(page).contains("&lt;script&gt;alert(1)"))
        #expect(page.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
        let received = try await mail.next()
        #expect(received["recipients"] as? [String] == ["buyer@mail.example"])
        let parts = try #require(received["parts"] as? [[String: String]])
        #expect(parts[1]["type"] == "text/html" && parts[1]["text"]?.contains("<script") == false)
        #expect(parts[1]["text"]?.contains("&lt;script&gt;alert(1)") == true)
        #expect(parts[0]["text"]?.contains(script) == true)
        let missing = try await shop.get("/%3Cscript%3Ealert(1)%3C/script%3E?q=%3Cscript%3E")
        #expect(missing.status == 404 && !text(missing).contains("<script"))
        try await shop.stop()
        #expect(mail.waiting == 0)
    }

    @Test("S16: SQL in any text from outside is a text like any other")
    func s16() async throws {
        let shop = try await TestShop()
        let order = try await shop.placed()
        for attack in [
            "' OR '1'='1", "lamp'; DROP TABLE orders; --", "\" OR \"\"=\"", "1) UNION SELECT token FROM orders --", "$1", ":shop", "%",
        ] {
            let escaped = try #require(attack.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            for (name, value) in [("sku", "lamp"), ("gateway", "test")] {
                let status = try await shop.post("/checkout", TestShop.form.replacing("\(name)=\(value)", with: "\(name)=\(escaped)"))
                    .status
                #expect(status == 404 || status == 422, "\(name) \(attack)")
            }
            for path in ["/orders/\(escaped)", "/p/\(escaped)", "/notify/\(escaped)"] {
                #expect(try await shop.get(path).status == 404, "\(path)")
            }
            await #expect(throws: FulfilmentError.self) { try await shop.engine.promoter(attack) }
            await #expect(throws: FulfilmentError.self) { try await shop.engine.order(token: attack, reveal: true) }
            #expect(try await shop.engine.orders().count == 1)
            let fact = Fact(
                .paid, dedupeKey: attack, orderID: attack, amountMinor: 10_000, currency: "CNY", gatewayTransactionID: attack)
            #expect(try await shop.engine.apply(account: "test", fact: fact, bodyDigest: [1]).effect == .review)
            try await shop.engine.recordRejection(account: "test", category: attack, reason: attack)
        }
        #expect(try await shop.post("/checkout", TestShop.form + "&ref='%20OR%201=1").status == 303)
        #expect(try await shop.view(order).state == .pending)
        #expect(try await shop.free == 1)
        #expect(try await shop.engine.verifyAudit().firstBroken == nil)
        try await shop.stop()
    }
}
