import Foundation
import Fulfilment
import Operations
import Payments
import Testing
import Transport

@testable import WebhookServer

@Suite("Buying, over HTTP and SMTP")
struct PurchaseTests {
    @Test("With scripts off: a form, the pay page, the order page with the key, the mail; the log tells none of it")
    func purchase() async throws {
        let mail = try await Peer("smtp_peer.py")
        let shop = try await TestShop(smtp: mail.port)
        let form = "sku=lamp&quantity=1&email=buyer%2Btag%40mail.example&gateway=test&ref=&language=zh-CN"
        let placed = try await shop.post("/checkout", form)
        #expect(placed.status == 303)
        let payURL = try #require(placed.header("Location"))
        #expect(payURL.hasPrefix("\(shop.url)/sandbox/test?"))

        let till = try await shop.get(payURL)
        #expect(till.status == 200)
        #expect(text(till).contains("¥100.00"))
        #expect(text(till).contains("value=\"pay\"") && !text(till).contains("value=\"refund\""))
        #expect(till.header("Content-Security-Policy")?.contains("script") == false)

        let paid = try await shop.post(payURL, "action=pay")
        #expect(paid.status == 303)
        let orderURL = try #require(paid.header("Location"))
        let page = try await shop.get(orderURL)
        #expect(page.status == 200)
        #expect(text(page).contains("KEY-0001-SECRET"))
        #expect(text(page).contains("Lamp &lt;licence&gt;") && !text(page).contains("<licence>"))
        #expect(text(page).contains("lang=\"zh-CN\""))
        #expect(!text(page).contains("buyer+tag"))
        for (name, value) in [
            ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff"),
            ("X-Robots-Tag", "noindex, nofollow"),
        ] { #expect(page.header(name) == value) }
        #expect(page.header("Content-Security-Policy")?.contains("frame-ancestors 'none'") == true)
        #expect(page.header("Access-Control-Allow-Origin") == nil)

        let received = try await mail.next()
        #expect(received["recipients"] as? [String] == ["buyer+tag@mail.example"])
        #expect(received["defects"] as? [String] == [])
        let parts = try #require(received["parts"] as? [[String: String]])
        #expect(parts.map { $0["type"] } == ["text/plain", "text/html"])
        for part in parts { #expect(part["text"]?.contains("KEY-0001-SECRET") == true && part["text"]?.contains(orderURL) == true) }
        let headers = try #require(received["headers"] as? [[String]])
        #expect(headers.contains { $0[0] == "Subject" && $0[1].contains("Lamp Shop") })
        #expect(headers.contains { $0[0] == "Message-ID" && $0[1].hasSuffix("@shop.example>") })

        try await shop.stop()
        #expect(mail.waiting == 0)
        let log = shop.log.text
        #expect(log.contains("order placed") && log.contains("notice booked") && log.contains("sent"))
        let token = try #require(orderURL.split(separator: "/").last)
        for secret in ["KEY-", "buyer", "mail.example", String(token), "signature", "whsec"] { #expect(!log.contains(secret)) }
    }

    @Test("A declined payment changes nothing; a refund takes the keys from the page")
    func declineAndRefund() async throws {
        let shop = try await TestShop()
        let placed = try await shop.buy()
        let declined = try await shop.post(placed.payURL, "action=decline")
        #expect(declined.status == 200)
        #expect(try await shop.order(placed)["state"] as? String == "pending")
        #expect(text(try await shop.get("/orders/\(placed.token)")).contains("http-equiv=\"refresh\""))

        _ = try await shop.post(placed.payURL, "action=pay")
        #expect(try await shop.order(placed)["state"] as? String == "fulfilled")
        #expect(try await shop.keys(placed) == ["KEY-0001-SECRET"])
        let head = try await shop.http.request(method: "HEAD", url: "\(shop.url)/orders/\(placed.token)")
        #expect(head.status == 200 && head.body.isEmpty)

        let refunded = try await shop.post(placed.payURL, "action=refund")
        #expect(refunded.status == 303)
        #expect(try await shop.order(placed)["state"] as? String == "refunded")
        #expect(try await shop.keys(placed).isEmpty)
        try await shop.stop()
    }

    @Test("100 identical notices at once: one key, one mail, 100 success replies")
    func repeats() async throws {
        let mail = try await Peer("smtp_peer.py")
        let shop = try await TestShop(smtp: mail.port)
        let placed = try await shop.buy()
        let notice = try shop.notice(.paid, of: placed)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { try await shop.deliver(notice).status } }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses == [Int](repeating: 204, count: 100))
        #expect(try await shop.keys(placed) == ["KEY-0001-SECRET"])
        #expect(try await shop.engine.levels().first { $0.sku == "lamp" }?.free == 2)
        _ = try await mail.next()
        try await shop.stop()
        #expect(mail.waiting == 0)
    }

    @Test("A forged notice is refused, changes nothing and is counted")
    func forged() async throws {
        let shop = try await TestShop()
        let placed = try await shop.buy()
        let notice = try shop.notice(.paid, of: placed)
        let headers = notice.headers.map { HTTPField($0.name, $0.value) }
        let body = String(decoding: notice.body, as: UTF8.self)
        for forgery in [body.replacing("10000", with: "1"), body + " ", "{}", ""] {
            let reply = try await shop.http.request(method: "POST", url: notice.url, headers: headers, body: Array(forgery.utf8))
            #expect(reply.status == 401)
        }
        let unsigned = try await shop.post("/notify/test", body, type: "application/json")
        #expect(unsigned.status == 401)
        #expect(try await shop.post("/notify/nobody", body).status == 404)
        #expect(try await shop.get("/notify/test").status == 405)
        #expect(try await shop.order(placed)["state"] as? String == "pending")
        #expect(try await shop.engine.levels().first { $0.sku == "lamp" }?.free == 2)
        let metrics = text(try await shop.get("/metrics"))
        #expect(metrics.contains("keyfront_notices_refused_total{account=\"test\",category=\"signature\""))
        #expect(!metrics.contains("keyfront_notices_total{"))
        // Written down a little later, in one row for all of them.
        while try await shop.engine.metrics().counters.rejections["signature", default: 0] < 5 {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await shop.engine.metrics().counters.rejections == ["signature": 5])
        #expect(try await shop.deliver(notice).status == 204)
        #expect(try await shop.order(placed)["state"] as? String == "fulfilled")
        try await shop.stop()
    }

    @Test("A sold-out product is not offered for payment; a late payment is owed, and is delivered when keys are imported")
    func owed() async throws {
        let mail = try await Peer("smtp_peer.py")
        let shop = try await TestShop(smtp: mail.port, keys: 1)
        let late = try await shop.buy(email: "late@mail.example")
        let none = try await shop.post("/checkout", "sku=lamp&quantity=1&email=b%40mail.example&gateway=test")
        #expect(none.status == 409 && none.header("Location") == nil)
        #expect(text(try await shop.get("/stock.json")).contains(#"{"sku":"lamp","state":"sold_out"}"#))

        shop.time.advance(by: 16 * 60)
        let quick = try await shop.buy(email: "quick@mail.example")
        #expect(try await shop.deliver(try shop.notice(.paid, of: quick)).status == 204)
        #expect(try await mail.next()["recipients"] as? [String] == ["quick@mail.example"])
        #expect(try await shop.keys(quick) == ["KEY-0001-SECRET"])

        #expect(try await shop.deliver(try shop.notice(.paid, of: late)).status == 204)
        #expect(try await shop.order(late)["state"] as? String == "owed")
        let waiting = try #require(try await mail.next()["parts"] as? [[String: String]])
        #expect(waiting[0]["text"]?.contains("KEY-") == false)

        let client = try #require(try ControlClient.connect(path: shop.installation.place.controlSocket))
        _ = try await client.run(.importKeys(KeyImport(sku: "lamp", lines: ["KEY-LATER"])))
        let delivered = try await mail.next()
        #expect(delivered["recipients"] as? [String] == ["late@mail.example"])
        #expect((delivered["parts"] as? [[String: String]])?[0]["text"]?.contains("KEY-LATER") == true)
        #expect(try await shop.order(late)["state"] as? String == "fulfilled")
        try await shop.stop()
        #expect(mail.waiting == 0)
    }

    @Test("A mailbox refused for good is given up, one refused for now stays in the outbox")
    func undeliverable() async throws {
        let mail = try await Peer("smtp_peer.py")
        let shop = try await TestShop(smtp: mail.port)
        for name in ["refused", "later", "fine"] {
            let placed = try await shop.buy(email: "\(name)@mail.example")
            #expect(try await shop.deliver(try shop.notice(.paid, of: placed)).status == 204)
        }
        #expect(try await mail.next()["recipients"] as? [String] == ["fine@mail.example"])
        for _ in 0..<1000 where try await !shop.metric("keyfront_outbox_dead 1") { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await shop.metric("keyfront_outbox_dead 1"))
        for _ in 0..<1000 where try await !shop.metric(#"keyfront_mails_total{kind="delivered",result="temporary"} 1"#) {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(try await shop.metric("keyfront_outbox_open 1"))
        try await shop.stop()
        #expect(!shop.log.text.contains("mail.example"))
    }

    @Test("A look-up answers the same for every address, and mails only whom it concerns")
    func lookup() async throws {
        let mail = try await Peer("smtp_peer.py")
        let shop = try await TestShop(smtp: mail.port)
        let placed = try await shop.buy()
        let known = try await shop.post("/orders/lookup", "email=buyer%40mail.example&language=en")
        let unknown = try await shop.post("/orders/lookup", "email=stranger%40mail.example&language=en")
        #expect(known.status == 200 && known.status == unknown.status && known.body == unknown.body)
        let received = try await mail.next()
        #expect(received["recipients"] as? [String] == ["buyer@mail.example"])
        let parts = try #require(received["parts"] as? [[String: String]])
        #expect(parts[0]["text"]?.contains("/orders/\(placed.token)") == true)
        #expect(try await shop.post("/orders/lookup", "email=nobody").status == 422)
        try await shop.stop()
        #expect(mail.waiting == 0)
    }
}
