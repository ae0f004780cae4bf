import Cryptography
import Payments

/// The judges of merchants of record and of coin gateways. What a coin gateway is asked beside is left out: the notice alone is tried.
extension Targets {
    /// By name, in the order of the run.
    static let others: [(name: String, test: @Sendable ([UInt8]) -> Void)] = [
        ("paddle", paddle), ("lemonsqueezy", lemonsqueezy), ("btcpay", btcpay), ("nowpayments", nowpayments), ("tokenpay", tokenpay),
        ("epusdt", epusdt),
    ]

    private static let secrets = made {
        try [
            GatewaySecrets.paddle, GatewaySecrets.lemon, GatewaySecrets.btcpay, GatewaySecrets.now, GatewaySecrets.token,
            GatewaySecrets.epusdt,
        ].map { try WebhookSecret.list([$0], form: .text) }
    }
    private static let onTop = PaddleNotices(secrets: secrets[0])
    private static let included = PaddleNotices(secrets: secrets[0], pricing: .taxIncluded)
    private static let lemon = LemonSqueezyNotices(secrets: secrets[1], store: "4711", testMode: false)
    private static let server = BTCPayNotices(secrets: secrets[2], store: "StoreKeyfront1")
    private static let service = NOWPaymentsNotices(secrets: secrets[3])
    private static let token = TokenPayNotices(tokens: secrets[4], currency: "CNY")
    private static let usdt = EpusdtNotices(tokens: secrets[5], currency: "CNY")

    private static func paddle(_ bytes: [UInt8]) {
        let code = Hex.encode(Digest.hmacSHA256(key: Array(GatewaySecrets.paddle.utf8), Array("\(Signer.now):".utf8) + bytes))
        let notice = post(bytes, [("Paddle-Signature", "ts=\(Signer.now);h1=\(code)")])
        for scheme in [onTop, included] { check(scheme.judge(notice, now: Signer.now)) }
        check(onTop.judge(wild(bytes, ["paddle-signature"]), now: Signer.now))
    }

    private static func lemonsqueezy(_ bytes: [UInt8]) {
        let code = Hex.encode(Digest.hmacSHA256(key: Array(GatewaySecrets.lemon.utf8), bytes))
        check(lemon.judge(post(bytes, [("X-Signature", code)]), now: Signer.now))
        check(lemon.judge(wild(bytes, ["x-signature"]), now: Signer.now))
    }

    private static func btcpay(_ bytes: [UInt8]) {
        let code = Hex.encode(Digest.hmacSHA256(key: Array(GatewaySecrets.btcpay.utf8), bytes))
        check(server.judge(post(bytes, [("BTCPay-Sig", "sha256=\(code)")]), now: Signer.now))
        check(server.judge(wild(bytes, ["btcpay-sig"]), now: Signer.now))
    }

    /// The signature is over the JSON written again, so it is made of what can be read.
    private static func nowpayments(_ bytes: [UInt8]) {
        check(service.judge(wild(bytes, ["x-nowpayments-sig"]), now: Signer.now))
        guard let content = try? JSONReader.read(bytes) else { return }
        for escapes in CanonicalJSON.Escapes.allCases {
            let code = Digest.hmacSHA512(key: Array(GatewaySecrets.now.utf8), CanonicalJSON.bytes(content, escapes))
            let verdict = service.judge(post(bytes, [("x-nowpayments-sig", Hex.encode(code))]), now: Signer.now)
            check(verdict)
            if case .object = content { precondition(verdict.refusal != "signature/bad_signature", "its own signature is refused") }
        }
    }

    private static func tokenpay(_ bytes: [UInt8]) { signed("tokenpay", bytes, token) }

    private static func epusdt(_ bytes: [UInt8]) { signed("epusdt", bytes, usdt) }

    /// The bytes as they are, the object that they hold under a good signature, and the lines of the input as changes of a good one.
    private static func signed(_ kind: String, _ bytes: [UInt8], _ scheme: some NoticeScheme) {
        check(scheme.judge(post(bytes, []), now: Signer.now))
        check(scheme.judge(GatewaySigner.signed(kind, text: String(decoding: bytes, as: UTF8.self)), now: Signer.now))
        guard case .object(var members)? = try? JSONReader.read(GatewaySigner.known(kind).body) else { return }
        for (name, value) in changes(bytes) {
            members.removeAll { $0.name.utf8.elementsEqual(name.utf8) }
            guard let value else { continue }
            let read = try? JSONReader.read(Array(value.utf8))
            members.append(JSON.Member(name: name, value: read ?? .text(value)))
        }
        check(scheme.judge(GatewaySigner.signed(kind, text: JSON.object(members).written), now: Signer.now))
    }
}
