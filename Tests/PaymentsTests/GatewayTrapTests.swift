import Catalog
import Payments
import Testing
import Transport

/// Attacks that shops fell to, tried on each gateway of a merchant of record or of coins.
struct GatewayTrapTests {
    private func confirmed(_ kind: String) throws -> any Gateway {
        let answer = GatewaySigner.confirmation(kind)
        return try GatewaySigner.gateway(kind, http: Interface(answer.0, answer.1).client)
    }

    private func order(gateway: String, amount: Int64, currency: String = "USD") -> OrderContext {
        OrderContext(id: "KF_TEST_01", amountMinor: amount, currency: currency, gateway: gateway)
    }

    @Test(
        "An empty, short or placeholder secret makes no account, so nobody can sign with it",
        arguments: GatewaySigner.kinds,
        ["", " ", "secret", "changeme_changeme_changeme", "${WEBHOOK_SECRET_OF_OURS}", "aaaaaaaaaaaaaaaaaaaaaaaa"])
    func emptySecret(kind: String, secret: String) {
        let settings = GatewaySigner.settings[kind] ?? [:]
        guard let name = settings.keys.first(where: { $0 == "webhook_secrets" || $0 == "token" }),
            let variable = settings[name]?.list?.first
        else {
            Issue.record("\(kind) has no secret")
            return
        }
        var environment = GatewaySecrets.environment
        environment[variable] = secret
        let error = #expect(throws: Diagnostics.self) { try GatewaySigner.gateway(kind, environment: environment) }
        #expect(error?.all.count == 1 && (secret.utf8.count < 10 || error?.description.contains(secret) == false))
    }

    @Test("A notice under no key, or another one's, is refused", arguments: GatewaySigner.kinds)
    func otherKeys(kind: String) async throws {
        let gateway = try confirmed(kind)
        let body = String(decoding: GatewaySigner.known(kind).body, as: UTF8.self)
        #expect(try await gateway.verdict(GatewaySigner.known(kind)).fact?.kind == .paid)
        for key in ["", " ", "KeyfrontAnotherKey0123456789abcd"] {
            let forged =
                kind == "tokenpay" || kind == "epusdt"
                ? GatewaySigner.signed(kind, text: body, token: key) : GatewaySigner.notice(kind, body, secret: key)
            #expect(try await gateway.verdict(forged).refusal == "signature/bad_signature")
        }
    }

    @Test("A notice without its signature is refused, not believed", arguments: GatewaySigner.kinds)
    func absent(kind: String) async throws {
        let known = GatewaySigner.known(kind)
        let bare = String(decoding: known.body, as: UTF8.self).split(separator: #","Signature":"#).first?.split(
            separator: #","signature":"#
        ).first
        let body = kind == "tokenpay" || kind == "epusdt" ? String(bare ?? "") + "}" : String(decoding: known.body, as: UTF8.self)
        let notice = RawNotice(method: "POST", path: "/", headers: [("X-Event-Name", "order_created")], body: Array(body.utf8))
        #expect(try await confirmed(kind).verdict(notice).refusal?.hasPrefix("signature/missing_signature") == true)
    }

    @Test(
        "A signature that comes twice is refused, whichever of the two is right",
        arguments: ["paddle", "lemonsqueezy", "btcpay", "nowpayments"])
    func twice(kind: String) async throws {
        let known = GatewaySigner.known(kind)
        let header = try #require(known.headers.first)
        for other in [header, (header.name.lowercased(), "x")] {
            let notice = RawNotice(method: "POST", path: "/", headers: [header, other], body: known.body)
            #expect(try await confirmed(kind).verdict(notice).refusal == "signature/malformed_signature_header")
        }
    }

    @Test("A member that comes twice is refused, also when it is signed so", arguments: GatewaySigner.kinds)
    func members(kind: String) async throws {
        let body = String(decoding: GatewaySigner.known(kind).body, as: UTF8.self)
        let twice = #"{"order_id":"KF_TEST_02","order_id":"KF_TEST_01","# + body.dropFirst()
        let refusal = try await confirmed(kind).verdict(GatewaySigner.notice(kind, twice)).refusal
        #expect(refusal == "format/malformed_json")
    }

    @Test("A notice of one gateway completes no order of another", arguments: GatewaySigner.kinds)
    func crossGateway(kind: String) async throws {
        let fact = try #require(try await confirmed(kind).verdict(GatewaySigner.known(kind)).fact)
        let amount = try #require(fact.amountMinor)
        let other = decide(fact, account: kind, order: order(gateway: "card", amount: amount, currency: fact.currency ?? ""))
        #expect(!other.deliver && other.flags == [.gatewayMismatch])
        #expect(decide(fact, account: kind, order: order(gateway: kind, amount: amount, currency: fact.currency ?? "")).deliver)
    }

    @Test("Another amount, the right number of another currency, or an unknown order is kept for a person", arguments: GatewaySigner.kinds)
    func mismatches(kind: String) async throws {
        let fact = try #require(try await confirmed(kind).verdict(GatewaySigner.known(kind)).fact)
        let amount = try #require(fact.amountMinor)
        let cases: [(OrderContext?, Decision.Flag)] = [
            (order(gateway: kind, amount: amount + 1, currency: fact.currency ?? ""), .amountMismatch),
            (order(gateway: kind, amount: amount, currency: "JPY"), .currencyMismatch), (nil, .unknownOrder),
        ]
        for (order, flag) in cases {
            let decision = decide(fact, account: kind, order: order)
            #expect(!decision.deliver && decision.flags == [flag] && decision.needsReview)
        }
    }

    @Test("The same notice again is the same fact, and delivers nothing again", arguments: GatewaySigner.kinds)
    func repeated(kind: String) async throws {
        let gateway = try confirmed(kind)
        let first = try #require(try await gateway.verdict(GatewaySigner.known(kind)).fact)
        #expect(try await gateway.verdict(GatewaySigner.known(kind)).fact == first)
        let again = decide(
            first, account: kind, order: order(gateway: kind, amount: first.amountMinor ?? 0, currency: first.currency ?? ""),
            repeated: true)
        #expect(!again.deliver && again.flags == [.duplicate])
    }

    @Test("A coin gateway's notice is not believed before it was asked", arguments: ["btcpay", "nowpayments", "tokenpay", "epusdt"])
    func unasked(kind: String) throws {
        let verdict = try GatewaySigner.gateway(kind).judge(GatewaySigner.known(kind), now: Signer.now)
        guard case .rejected(_, "not_confirmed", let reply) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(reply.status == 503)
    }

    @Test("A forged notice asks the gateway nothing", arguments: ["btcpay", "nowpayments", "tokenpay", "epusdt"])
    func noQuestions(kind: String) async throws {
        let interface = Interface(200, "{}")
        let gateway = try GatewaySigner.gateway(kind, http: interface.client)
        let known = GatewaySigner.known(kind)
        let forged = RawNotice(
            method: "POST", path: "/", headers: known.headers,
            body: Array(String(decoding: known.body, as: UTF8.self).replacing("KF_TEST_01", with: "KF_TEST_02").utf8))
        try await gateway.prepare(for: forged)
        #expect(interface.requests.isEmpty)
    }

    @Test("Another method, a large body, deep or strange JSON is refused, and no crash", arguments: GatewaySigner.kinds)
    func shapes(kind: String) async throws {
        let gateway = try confirmed(kind)
        let known = GatewaySigner.known(kind)
        for method in ["GET", "PUT", "post", ""] {
            let notice = RawNotice(method: method, path: "/", headers: known.headers, body: known.body)
            #expect(try await gateway.verdict(notice).refusal == "format/wrong_method")
        }
        let large = RawNotice(
            method: "POST", path: "/", headers: known.headers, body: known.body + [UInt8](repeating: 0x20, count: 1 << 20))
        #expect(try await gateway.verdict(large).refusal == "format/body_too_large")
        for body in [
            "", "[]", "{}", "null", "{\"a\":", "\u{FEFF}{}", String(repeating: "[", count: 100_000), "{\"e\u{301}\":1,\"\u{E9}\":2}",
        ] {
            #expect(try await gateway.verdict(GatewaySigner.notice(kind, body)).fact == nil)
        }
    }

    @Test(
        "A gateway that is down, says no or talks nonsense is told apart, and repeats neither key nor message",
        arguments: GatewaySigner.kinds)
    func failures(kind: String) async throws {
        let code = kind == "tokenpay" || kind == "epusdt" ? "CNY" : "USD"
        for (status, expected) in [
            (500, PaymentError.Code.unreachable), (503, .unreachable), (429, .unreachable), (401, .refused), (400, .refused),
            (200, .malformedAnswer),
        ] {
            let interface = Interface(status, #"x\#(GatewaySecrets.api) a@b.example"#)
            let gateway = try GatewaySigner.gateway(kind, http: interface.client)
            let error = await #expect(throws: PaymentError.self) { try await gateway.createCheckout(.sample(minor: 1999, currency: code)) }
            #expect(error?.code == expected && error?.location == "gateways.\(kind)")
            #expect(error?.description.contains("Keyfront") == false && error?.description.contains("a@b") == false)
        }
        let down = try GatewaySigner.gateway(
            kind, http: HTTPClient { _ throws(TransportError) in throw TransportError(.timeout, "no answer") })
        let error = await #expect(throws: PaymentError.self) { try await down.createCheckout(.sample(minor: 1999, currency: code)) }
        #expect(error?.code == .unreachable)
    }

    @Test("A form may end up at the gateway's own page and nowhere else")
    func origins() {
        let accounts = GatewaySigner.kinds.map { FormSigner.account($0, $0, GatewaySigner.settings[$0] ?? [:]) }
        #expect(
            CheckoutOrigins.all(of: accounts, webhookURL: "https://shop.example") == [
                "https://btcpay.example", "https://lantern.lemonsqueezy.com", "https://nowpayments.io", "https://pay.paddle.io",
                "https://token.example", "https://usdt.example",
            ])
    }
}
