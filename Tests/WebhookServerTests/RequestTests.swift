import Foundation
import Fulfilment
import Operations
import Testing
import Transport

@testable import WebhookServer

@Suite("Requests that are not as they should be")
struct RequestTests {
    @Test("Malformed checkouts are refused with a stable type, and place no order")
    func malformed() async throws {
        let shop = try await TestShop()
        let good = "sku=lamp&quantity=1&email=a%40b.example&gateway=test"
        let forms: [(String, Int, String)] = [
            (good + "&sku=lamp", 400, "bad_request"), (good + "&s%6Bu=lamp", 400, "bad_request"), (good + "&ref=%", 400, "bad_request"),
            (good + "&ref=%zz", 400, "bad_request"), (good + "&ref=%C3%28", 400, "bad_request"), (good + "&ref=%0D%0A", 400, "bad_request"),
            ("", 400, "bad_request"), ("sku=lamp", 400, "bad_request"), (good.replacing("=1&", with: "=1.5&"), 422, "invalid_quantity"),
            (good.replacing("=1&", with: "=-1&"), 422, "invalid_quantity"),
            (good.replacing("=1&", with: "=%EF%BC%91&"), 422, "invalid_quantity"),
            (good.replacing("=1&", with: "=0&"), 422, "invalid_quantity"), (good.replacing("lamp", with: "other"), 404, "unknown_sku"),
            (good.replacing("test", with: "card"), 422, "unknown_gateway"),
            (good.replacing("a%40b.example", with: "a%40b"), 422, "invalid_email"),
            (good.replacing("a%40b.example", with: "a%40b.example%0D%0Ac%40d.example"), 400, "bad_request"),
        ]
        for (form, status, type) in forms {
            let response = try await shop.post("/checkout", form, [HTTPField("Accept", "application/problem+json")])
            #expect(response.status == status, "\(form)")
            #expect(response.header("Content-Type") == "application/problem+json")
            let problem = try shop.json(response)
            #expect(problem["type"] as? String == "urn:keyfront:problem:\(type)")
            #expect(problem["status"] as? Int == status)
        }
        for body in ["[]", "{", #"{"sku":"lamp","sku":"lamp"}"#, #"{"sku":"lamp","email":"a@b.example","gateway":"test","price":1}"#] {
            #expect(try await shop.post("/checkout", body, type: "application/json").status == 400)
        }
        #expect(try await shop.post("/checkout", good, type: "text/plain").status == 415)
        #expect(try await shop.get("/checkout").status == 405)
        #expect(try await shop.engine.orders().isEmpty)
        try await shop.stop()
    }

    @Test("A refusal is a page of the theme in the form's language, or a document, as asked")
    func refusals() async throws {
        let shop = try await TestShop(keys: 0)
        let form = "sku=lamp&quantity=1&email=a%40b.example&gateway=test&language=zh-CN"
        let page = try await shop.post("/checkout", form, [HTTPField("Accept", "text/html,*/*")])
        #expect(page.status == 409)
        #expect(text(page).contains("已售罄") && page.header("Content-Language") == "zh-CN")
        let lost = try await shop.get("/orders/00000000000000000000000000000000", [HTTPField("Accept-Language", "fr, en;q=0.5")])
        #expect(lost.status == 404 && text(lost).contains("Nothing is here"))
        let other = try await shop.get("/nothing", [HTTPField("Accept", "application/json")])
        #expect(other.status == 404 && other.header("Content-Type") == "application/problem+json")
        for path in ["/assets/../shop.yaml", "/assets/%2e%2e/shop.yaml", "//etc/passwd", "/assets/", "/health", "/health/other"] {
            let connection = try RawConnection(port: shop.port)
            connection.send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(await connection.received()?.hasPrefix("HTTP/1.1 404 ") == true)
        }
        try await shop.stop()
    }

    @Test("A body that is too long is refused before it is read, announced or not")
    func oversize() async throws {
        let shop = try await TestShop()
        let announced = try RawConnection(port: shop.port)
        announced.send("POST /checkout HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n")
        #expect(await announced.received()?.hasPrefix("HTTP/1.1 413 ") == true)
        let chunked = try RawConnection(port: shop.port)
        chunked.send("POST /checkout HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<10 { chunked.send("800\r\n\(String(repeating: "a", count: 2048))\r\n") }
        #expect(await chunked.received()?.hasPrefix("HTTP/1.1 413 ") == true)
        let notice = try await shop.post("/notify/test", String(repeating: "a", count: 1 << 20))
        #expect(notice.status == 401)
        let header = try RawConnection(port: shop.port)
        header.send("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "a", count: 100_000))\r\n\r\n")
        #expect(await header.received()?.contains("200 OK") == false)
        #expect(try await shop.get("/health/live").status == 200)
        try await shop.stop()
    }

    @Test("Slow clients are let go: without a header, within a header, within a body; others are served meanwhile")
    func slow() async throws {
        var limits = ServerLimits()
        limits.idleSeconds = 1
        limits.bodySeconds = 1
        let shop = try await TestShop(limits: limits)
        let silent = try RawConnection(port: shop.port)
        let header = try RawConnection(port: shop.port)
        header.send("GET /health/live HTTP/1.1\r\nHost:")
        let body = try RawConnection(port: shop.port)
        body.send("POST /checkout HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nsku=")
        let dripping = Task {
            while !Task.isCancelled {
                body.send("a")
                header.send("a")
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        #expect(try await shop.get("/health/ready").status == 200)
        #expect(await silent.received()?.isEmpty == true)
        #expect(await header.received()?.contains("200") == false)
        #expect(await body.received()?.contains("200") == false)
        dripping.cancel()
        try await shop.stop()
    }

    @Test("One address has so many connections; the next is closed, and there is room again when one ends")
    func connections() async throws {
        var limits = ServerLimits()
        limits.connectionsPerAddress = 3
        let shop = try await TestShop(limits: limits)
        var held: [RawConnection] = []
        for _ in 0..<3 { held.append(try RawConnection(port: shop.port)) }
        for connection in held {
            connection.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        }
        // The three are counted once they are answered; the fourth is closed unanswered.
        try await Task.sleep(for: .milliseconds(300))
        let fourth = try RawConnection(port: shop.port)
        fourth.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(await fourth.received()?.isEmpty == true)
        held = []
        var answer: String?
        for _ in 0..<100 where answer?.contains("200 OK") != true {
            let next = try RawConnection(port: shop.port)
            next.send("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            answer = await next.received()
        }
        #expect(answer?.contains("200 OK") == true)
        try await shop.stop()
    }

    @Test("Checkouts are limited per address, and a forged X-Forwarded-For buys no more of them")
    func checkoutsPerMinute() async throws {
        let shop = try await TestShop(keys: 20, settings: "limits: {checkouts_per_minute: 3}")
        let form = "sku=lamp&quantity=1&email=a%40b.example&gateway=test"
        var statuses: [Int] = []
        for number in 0..<5 {
            statuses.append(try await shop.post("/checkout", form, [HTTPField("X-Forwarded-For", "192.0.2.\(number)")]).status)
        }
        #expect(statuses == [303, 303, 303, 429, 429])
        try await shop.stop()

        let behind = try await TestShop(keys: 20, settings: "limits: {checkouts_per_minute: 1}", proxies: "[127.0.0.1]")
        var forwarded: [Int] = []
        for client in ["192.0.2.1", "192.0.2.2", "192.0.2.1", "198.51.100.9, 192.0.2.2"] {
            forwarded.append(try await behind.post("/checkout", form, [HTTPField("X-Forwarded-For", client)]).status)
        }
        #expect(forwarded == [303, 303, 429, 429])
        #expect(try await behind.get("/metrics", [HTTPField("X-Forwarded-For", "192.0.2.1")]).status == 404)
        #expect(try await behind.get("/metrics", [HTTPField("X-Forwarded-For", "10.0.0.1")]).status == 200)
        try await behind.stop()
    }

    @Test("A proxy that is not listed does not publish the sales figures")
    func relayedMetrics() async throws {
        let shop = try await TestShop()
        for name in ["X-Forwarded-For", "x-forwarded-for", "Forwarded"] {
            #expect(try await shop.get("/metrics", [HTTPField(name, "for=127.0.0.1")]).status == 404)
        }
        #expect(try await shop.get("/metrics").status == 200)
        #expect(try await shop.get("/health/live", [HTTPField("Forwarded", "for=127.0.0.1")]).status == 200)
        try await shop.stop()
    }

    @Test("Links that open nothing may be tried a few times; one that opens goes on opening for others")
    func guesses() async throws {
        var limits = ServerLimits()
        limits.guessesPerMinute = 3
        let shop = try await TestShop(limits: limits)
        var statuses: [Int] = []
        for number in 0..<5 { statuses.append(try await shop.get("/orders/\(String(repeating: "0", count: 31))\(number)").status) }
        #expect(statuses == [404, 404, 404, 429, 429])
        try await shop.stop()
    }

    @Test("Only stock.json may be read by other sites")
    func origins() async throws {
        let shop = try await TestShop()
        let origin = [HTTPField("Origin", "https://shop.example")]
        #expect(try await shop.get("/stock.json", origin).header("Access-Control-Allow-Origin") == "*")
        for path in ["/health/live", "/metrics", "/nothing"] {
            #expect(try await shop.get(path, origin).header("Access-Control-Allow-Origin") == nil)
        }
        let preflight = try await shop.http.request(method: "OPTIONS", url: "\(shop.url)/checkout", headers: origin)
        #expect(preflight.status == 405 && preflight.header("Access-Control-Allow-Origin") == nil)
        try await shop.stop()
    }
}
