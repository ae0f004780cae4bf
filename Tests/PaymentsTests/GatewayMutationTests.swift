import Payments
import Testing

/// Forgery by changing authentic notices of the merchant-of-record and coin gateways, from fixed seeds.
///
/// Where the signature is over what the JSON says and not over its bytes (NOWPayments, TokenPay, epusdt), a change can leave the
/// signed text alone: an escape for a letter, blanks, the order of members, a number written otherwise. Such a notice is the same
/// notice, and must say the same.
struct GatewayMutationTests {
    private struct Target {
        let kind: String
        let gateway: any Gateway
        let notice: RawNotice
        let fact: Fact
    }

    /// With an interface that confirms everything, so that the signature alone stands in the way.
    private func target(_ kind: String) async throws -> Target {
        let answer = GatewaySigner.confirmation(kind)
        let gateway = try GatewaySigner.gateway(kind, http: Interface(answer.0, answer.1).client)
        let notice = GatewaySigner.known(kind)
        let fact = try #require(try await gateway.verdict(notice).fact)
        #expect(fact.kind == .paid)
        return Target(kind: kind, gateway: gateway, notice: notice, fact: fact)
    }

    @Test("Of 60,000 notices with one byte changed none says anything else, and hardly one is accepted", arguments: GatewaySigner.kinds)
    func singleBytes(kind: String) async throws {
        let target = try await target(kind)
        var random = Seeded(state: 20_261_121)
        let header = target.notice.headers.first.map { Array($0.value.utf8) } ?? []
        let body = target.notice.body
        var same = 0
        for _ in 0..<10_000 {
            let place = Int.random(in: 0..<(body.count + header.count), using: &random)
            let change = UInt8.random(in: 1...255, using: &random)
            var (bytes, value) = (body, header)
            if place < body.count { bytes[place] ^= change } else { value[place - body.count] ^= change }
            let headers = target.notice.headers.map { ($0.name, String(decoding: value, as: UTF8.self)) }
            let mutated = RawNotice(method: "POST", path: "/", headers: headers, body: bytes)
            guard let fact = try await target.gateway.verdict(mutated).fact else { continue }
            same += 1
            #expect(fact == target.fact, "\(String(decoding: bytes, as: UTF8.self))")
        }
        // Signed bytes cannot change at all; of signed meaning, a blank or an unsigned empty member's name can.
        #expect(same <= (["paddle", "lemonsqueezy", "btcpay"].contains(kind) ? 0 : 100))
    }

    @Test(
        "Of 30,000 notices with members dropped, doubled, renamed, retyped or emptied none says anything else",
        arguments: GatewaySigner.kinds)
    func structure(kind: String) async throws {
        let target = try await target(kind)
        guard case .object(let good) = try JSONReader.read(target.notice.body) else {
            Issue.record("the known notice is no object")
            return
        }
        var random = Seeded(state: 42)
        for _ in 0..<5_000 {
            var members = good
            let place = Int.random(in: 0..<members.count, using: &random)
            let other = Int.random(in: 0..<members.count, using: &random)
            let (name, value) = (members[place].name, members[place].value)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: members.remove(at: place)
            case 1: members.insert(members[place], at: other)
            case 2: members.swapAt(place, other)
            case 3: members[place] = .init(name: name, value: .text("0"))
            case 4: members[place] = .init(name: name + "x", value: value)
            case 5: members[place] = .init(name: name, value: .null)
            case 6: members[place] = .init(name: name, value: .text((value.text ?? "") + "&" + members[other].name + "=1"))
            default: members.append(.init(name: "extra\(other)", value: .number(String(place))))
            }
            let body = Array(JSON.object(members).written.utf8)
            let mutated = RawNotice(method: "POST", path: "/", headers: target.notice.headers, body: body)
            if let fact = try await target.gateway.verdict(mutated).fact { #expect(fact == target.fact && members.count >= good.count - 1) }
        }
    }

    @Test(
        "Of 12,000 broken contents under a good signature none crashes, and none pays an amount that is not one",
        arguments: GatewaySigner.kinds)
    func brokenContents(kind: String) async throws {
        let target = try await target(kind)
        var random = Seeded(state: 7)
        for _ in 0..<2_000 {
            var bytes = target.notice.body
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = bytes.indices.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let isSelfSigned = kind == "tokenpay" || kind == "epusdt"
            let notice = isSelfSigned ? GatewaySigner.signed(kind, text: text) : GatewaySigner.notice(kind, text)
            // What is asked of the gateway fails where the id was broken: that is no verdict.
            guard let fact = (try? await target.gateway.verdict(notice))?.fact else { continue }
            if fact.kind == .paid { #expect((fact.amountMinor ?? 0) > 0 && fact.currency?.utf8.count == 3) }
        }
    }
}
