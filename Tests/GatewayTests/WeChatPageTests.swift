import Foundation
import TestSupport
import Testing
import Transport

@Suite("WeChat Pay inside WeChat's own browser, and complaints")
struct WeChatPageTests {
    private static let browser = HTTPField("User-Agent", "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.50 NetType/WIFI")

    private func get(_ counter: Counter, _ url: String, inside: Bool = true) async throws -> HTTPResponse {
        let agent = inside ? Self.browser : HTTPField("User-Agent", "Mozilla/5.0")
        return try await counter.shop.client.request(method: "GET", url: url, headers: [agent, HTTPField("Accept", "text/html")])
    }

    private func buy(_ counter: Counter) async throws -> String {
        let answer = try await counter.shop.client.request(
            method: "POST", url: "\(counter.shop.webhookURL)/checkout",
            headers: [Self.browser, HTTPField("content-type", "application/x-www-form-urlencoded"), HTTPField("accept", "text/html")],
            body: Array("sku=lantern&quantity=1&email=buyer%40example.com&gateway=gate&language=en".utf8))
        try #require(answer.status == 303)
        return try #require(answer.header("location"))
    }

    /// The parameters that the page's script hands to WeChat.
    private func parameters(_ page: HTTPResponse) throws -> (text: String, values: [String: String]) {
        let text = String(decoding: page.body, as: UTF8.self)
        let found = try #require(text.split(separator: "data-pay=\"").dropFirst().first).prefix { $0 != "\"" }
        let json = found.replacingOccurrences(of: "&quot;", with: "\"").replacingOccurrences(of: "&#34;", with: "\"")
            .replacingOccurrences(of: "&amp;", with: "&").replacingOccurrences(of: "&#x2F;", with: "/")
        return (text, try JSONDecoder().decode([String: String].self, from: Data(json.utf8)))
    }

    @Test("Over WeChat and back with a code: the page's parameters are what the SDK would sign; the notice delivers")
    func whole() async throws {
        let counter = try await Counter(.wechat)
        let entrance = try await buy(counter)
        #expect(entrance.contains("/connect/oauth2/authorize?appid=wx") && entrance.contains("scope=snsapi_base"))
        #expect(entrance.hasSuffix("#wechat_redirect"))
        let sent = try await get(counter, String(entrance.prefix { $0 != "#" }))
        #expect(sent.status == 302)
        let back = try #require(sent.header("location"))
        let page = try await get(counter, back)
        #expect(page.status == 200)
        let (text, values) = try parameters(page)
        try await counter.gateway.perform("page", ["parameters": values])
        #expect(page.header("content-security-policy")?.contains("script-src 'self'") == true)
        #expect(page.header("content-security-policy")?.contains("unsafe") == false)
        let script = try #require(text.split(separator: "<script src=\"").dropFirst().first).prefix { $0 != "\"" }
        let file = try await counter.shop.client.request(method: "GET", url: counter.shop.webhookURL + script)
        #expect(file.status == 200 && String(decoding: file.body, as: UTF8.self).contains("getBrandWCPayRequest"))
        #expect(text.contains("integrity=\"sha384-"))

        // The code is good once: another look says so, and leads to another.
        #expect(try await get(counter, back).status == 502)
        let pay = String(back.prefix { $0 != "?" })
        #expect(try await get(counter, pay).header("location")?.contains("/connect/oauth2/authorize?") == true)

        let order = String(try #require(try await counter.shop.keyfront("order", "list", "--json").json([Listed].self).first).order)
        #expect(try await counter.gateway.perform("pay", ["order": order]) == [counter.kind.success])
        #expect(try await counter.shop.keyfront("order", "list", "--json").json([Listed].self).map(\.state) == ["fulfilled"])
        #expect(try await get(counter, pay).header("location") == String(pay.dropLast(4)))
        try await counter.close()
    }

    @Test("In Chromium: the page's script is let run, hands the payment to WeChat, and goes on to the order")
    func chromium() async throws {
        struct Seen: Decodable {
            enum Handed: Decodable {
                case name(String)
                case parameters([String: String])
                init(from decoder: any Decoder) throws {
                    let value = try decoder.singleValueContainer()
                    if let name = try? value.decode(String.self) {
                        self = .name(name)
                    } else {
                        self = .parameters(try value.decode([String: String].self))
                    }
                }
            }
            let handed: [Handed]
            let address: String
            let complaints: [String]
        }
        let counter = try await Counter(.wechat)
        let ending = try await Program.peer("wechat_page", [try await buy(counter)])
        try #require(ending.status == 0, "\(ending.errors)")
        let seen = try ending.json(Seen.self)
        try #require(seen.handed.count == 2)
        guard case .name(let name) = seen.handed[0], name == "getBrandWCPayRequest", case .parameters(let values) = seen.handed[1] else {
            Issue.record("something else was handed over")
            return
        }
        try await counter.gateway.perform("page", ["parameters": values])
        #expect(seen.address.hasPrefix("\(counter.shop.webhookURL)/orders/"))
        #expect(seen.complaints == [])
        try await counter.close()
    }

    private struct Listed: Decodable {
        let order: String
        let state: String
    }

    @Test("Another browser gets the code to scan; a code that is none opens nothing")
    func elsewhere() async throws {
        let counter = try await Counter(.wechat)
        let order = try await counter.order()
        #expect(order.pay["qr"]?.hasPrefix("weixin://") == true)
        #expect(try await get(counter, "\(counter.shop.webhookURL)/orders/\(order.token)/pay", inside: false).status == 200)
        let back = try #require(
            try await get(counter, String(try await buy(counter).prefix { $0 != "#" })).header("location"))
        let pay = back.prefix { $0 != "?" }
        let page = try await get(counter, "\(pay)?code=%3Cscript%3E&state=pay")
        #expect(page.status == 502)
        #expect(!String(decoding: page.body, as: UTF8.self).contains("<script>"))
        #expect(try await counter.gateway.calls().allSatisfy { !$0.call.hasPrefix("POST /v3/pay/transactions/jsapi") })
        try await counter.close()
    }

    @Test("A complaint whose notice never came is found by asking for the list; closed, the order is as before")
    func listed() async throws {
        let counter = try await Counter(.wechat)
        let order = try await counter.sale()
        _ = try await counter.gateway.perform("complain", ["order": order.order])
        // The list is asked for at the start, and once an hour.
        #expect(try await counter.shop.end() == 0)
        try await counter.shop.start()
        for _ in 0..<400 {
            if try await counter.shown(order).state == "disputed" { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        try await counter.expect(order, "disputed", keys: 0)
        #expect(try await counter.perform("close", order, ["won": true]) == [counter.kind.success])
        try await counter.expect(order, "fulfilled")
        try await counter.close()
    }
}
