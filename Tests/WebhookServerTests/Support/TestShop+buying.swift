import Foundation
import Operations
import Payments
import TestSupport
import Testing
import Transport

extension TestShop {
    struct Placed: Sendable {
        var order: String
        var token: String
        var payURL: String
    }

    func get(_ path: String, _ headers: [HTTPField] = []) async throws -> HTTPResponse {
        try await http.request(method: "GET", url: path.hasPrefix("http") ? path : url + path, headers: headers)
    }

    func post(
        _ path: String, _ body: String, type: String = "application/x-www-form-urlencoded", _ headers: [HTTPField] = []
    ) async throws -> HTTPResponse {
        try await http.request(
            method: "POST", url: path.hasPrefix("http") ? path : url + path, headers: [HTTPField("Content-Type", type)] + headers,
            body: Array(body.utf8))
    }

    /// Places an order by JSON.
    func buy(email: String = "buyer@mail.example") async throws -> Placed {
        let body = #"{"sku":"lamp","quantity":1,"email":"\#(email)","gateway":"test","language":"en"}"#
        let response = try await post("/checkout", body, type: "application/json")
        try #require(response.status == 201)
        let json = try json(response)
        let pay = try #require(json["pay"] as? [String: String])
        kept.forbid("address", [email])
        kept.forbid("order link", [try #require(json["token"] as? String)])
        return Placed(
            order: try #require(json["order"] as? String), token: try #require(json["token"] as? String), payURL: try #require(pay["url"]))
    }

    /// The notice that the sandbox would send for an order.
    func notice(_ event: SandboxNotices.Event, of placed: Placed) throws -> OutgoingNotice {
        let gateways = try installation.gateways(http: .unreachable)
        let sandbox = try #require(gateways.sandbox(named: "test"))
        let query = try #require(placed.payURL.split(separator: "?", maxSplits: 1).last)
        let payment = try #require(sandbox.payment(query: String(query)))
        return sandbox.notice(event, of: payment, now: time.now)
    }

    func deliver(_ notice: OutgoingNotice) async throws -> HTTPResponse {
        try await http.request(
            method: "POST", url: notice.url, headers: notice.headers.map { HTTPField($0.name, $0.value) }, body: notice.body)
    }

    func order(_ placed: Placed) async throws -> [String: Any] {
        try json(try await get("/orders/\(placed.token)", [HTTPField("Accept", "application/json")]))
    }

    func keys(_ placed: Placed) async throws -> [String] {
        let lines = try #require(try await order(placed)["lines"] as? [[String: Any]])
        return lines.flatMap { $0["keys"] as? [String] ?? [] }
    }

    func json(_ response: HTTPResponse) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
    }

    func metric(_ line: String) async throws -> Bool {
        String(decoding: try await get("/metrics").body, as: UTF8.self).split(separator: "\n").contains { $0 == line }
    }
}

func text(_ response: HTTPResponse) -> String { String(decoding: response.body, as: UTF8.self) }
