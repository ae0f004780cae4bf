import Catalog
import Cryptography
import Payments
import Transport

/// The secrets that `KnownGateways` is signed with.
enum GatewaySecrets {
    static let paddle = "pdl_ntfset_01kfknownanswer_Zk3vQpW8sL"
    static let lemon = "KeyfrontLemonSecret0123456789"
    static let btcpay = "KeyfrontBTCPayWebhookSecret01"
    static let now = "KeyfrontIPNSecret0123456789abcdef"
    static let token = "KeyfrontTokenPayToken0123456789"
    static let epusdt = "KeyfrontEpusdtToken0123456789ab"
    static let api = "KeyfrontInterfaceKey0123456789"

    static let environment = [
        "PADDLE_HOOK": paddle, "LEMON_HOOK": lemon, "BTCPAY_HOOK": btcpay, "NOW_HOOK": now, "TOKENPAY_TOKEN": token, "EPUSDT_TOKEN": epusdt,
        "API_KEY": api,
    ]
}

/// Signs notices as the merchant-of-record and coin gateways would, and makes accounts that believe them.
enum GatewaySigner {
    typealias Settings = [String: GatewayAccount.Setting]

    static let settings: [String: Settings] = [
        "paddle": [
            "api_key": .text("API_KEY"), "webhook_secrets": .list(["PADDLE_HOOK"]), "checkout_url": .text("https://pay.paddle.io/hsc_1"),
        ],
        "lemonsqueezy": [
            "api_key": .text("API_KEY"), "webhook_secrets": .list(["LEMON_HOOK"]), "store": .text("4711"), "variant": .text("815"),
            "store_url": .text("https://lantern.lemonsqueezy.com"),
        ],
        "btcpay": [
            "base_url": .text("https://btcpay.example/"), "store": .text("StoreKeyfront1"), "api_key": .text("API_KEY"),
            "webhook_secrets": .list(["BTCPAY_HOOK"]),
        ],
        "nowpayments": ["api_key": .text("API_KEY"), "webhook_secrets": .list(["NOW_HOOK"])],
        "tokenpay": ["base_url": .text("https://token.example"), "token": .list(["TOKENPAY_TOKEN"])],
        "epusdt": ["base_url": .text("https://usdt.example"), "token": .list(["EPUSDT_TOKEN"])],
    ]
    static let kinds = ["paddle", "lemonsqueezy", "btcpay", "nowpayments", "tokenpay", "epusdt"]

    /// An account of that kind and name, some settings replaced, added, or taken out (nil).
    static func gateway(
        _ kind: String, _ changes: [String: GatewayAccount.Setting?] = [:], http: HTTPClient = .unreachable,
        environment: [String: String] = GatewaySecrets.environment
    ) throws -> any Gateway {
        var settings = settings[kind] ?? [:]
        for (name, value) in changes { settings[name] = value }
        let set = try FormSigner.set([FormSigner.account(kind, kind, settings)], http: http, environment: environment)
        guard let gateway = set.gateway(named: kind) else { throw PaymentError(.notConfigured, "the account was not made") }
        return gateway
    }

    /// A notice under a good signature of that kind; `body` of TokenPay and epusdt has its signature in it.
    static func notice(_ kind: String, _ body: String, at time: Int64 = Signer.now, secret: String? = nil) -> RawNotice {
        let bytes = Array(body.utf8)
        func sha256(_ key: String, _ text: [UInt8]) -> String {
            Hex.encode(Digest.hmacSHA256(key: Array((secret ?? key).utf8), text))
        }
        let header: (String, String)? =
            switch kind {
            case "paddle": ("Paddle-Signature", "ts=\(time);h1=\(sha256(GatewaySecrets.paddle, Array("\(time):".utf8) + bytes))")
            case "lemonsqueezy": ("X-Signature", sha256(GatewaySecrets.lemon, bytes))
            case "btcpay": ("BTCPay-Sig", "sha256=\(sha256(GatewaySecrets.btcpay, bytes))")
            case "nowpayments": ("x-nowpayments-sig", ipn(bytes, secret ?? GatewaySecrets.now))
            default: nil
            }
        return RawNotice(method: "POST", path: "/notify/\(kind)", headers: header.map { [$0] } ?? [], body: bytes)
    }

    /// A notice with that header in place of its own.
    static func notice(_ header: String, _ value: String, _ body: String) -> RawNotice {
        RawNotice(method: "POST", path: "/notify/x", headers: [(header, value)], body: Array(body.utf8))
    }

    private static func ipn(_ body: [UInt8], _ secret: String) -> String {
        let content = (try? JSONReader.read(body)) ?? .null
        return Hex.encode(Digest.hmacSHA512(key: Array(secret.utf8), CanonicalJSON.bytes(content, .least)))
    }

    /// The known notice of a kind.
    static func known(_ kind: String) -> RawNotice {
        switch kind {
        case "paddle": notice("Paddle-Signature", KnownGateways.paddleHeader, KnownGateways.paddleBody)
        case "lemonsqueezy": notice("X-Signature", KnownGateways.lemonHeader, KnownGateways.lemonBody)
        case "btcpay": notice("BTCPay-Sig", KnownGateways.btcpayHeader, KnownGateways.btcpayBody)
        case "nowpayments": notice("x-nowpayments-sig", KnownGateways.nowHeader, KnownGateways.nowBody)
        case "tokenpay": notice("X-Nothing", "", KnownGateways.tokenBody)
        default: notice("X-Nothing", "", KnownGateways.epusdtBody)
        }
    }

    /// What the gateway answers when it is asked about the known notice.
    static func confirmation(_ kind: String) -> (Int, String) {
        switch kind {
        case "btcpay": (200, invoice())
        case "nowpayments": (200, KnownGateways.nowBody)
        case "tokenpay": (200, #"{"success":true,"message":"","data":\#(tokenOrder())}"#)
        case "epusdt": (200, #"{"trade_id":"202203251648208648961728","trade_hash":"123333333321232132131","status":2,"return_url":""}"#)
        default: (500, "")
        }
    }

    static func invoice(_ changes: (String, String)...) -> String {
        changed(
            #"{"id":"InvKnown1","storeId":"StoreKeyfront1","amount":"19.99","currency":"USD","type":"Standard","status":"Settled","#
                + #""additionalStatus":"None","checkoutLink":"https://btcpay.example/i/InvKnown1","metadata":{"orderId":"KF_TEST_01"}}"#,
            changes)
    }

    static func tokenOrder(_ changes: (String, String)...) -> String {
        changed(
            #"{"id":"63234df7-55bf-93fc-0010-67be493c0c27","outOrderId":"KF_TEST_01","actualAmount":68.00,"amount":9.4521,"status":"Paid","#
                + #""blockTransactionId":"375859c36dc5f5d227b10912b5ec70d36dd34446028064956cb60cdbb74432f5","currency":"USDT_TRC20"}"#,
            changes)
    }

    /// The body of TokenPay or epusdt with changes, signed anew.
    static func signed(_ kind: String, _ changes: (String, String)...) -> RawNotice {
        let body = kind == "tokenpay" ? KnownGateways.tokenBody : KnownGateways.epusdtBody
        return signed(kind, text: changed(body, changes))
    }

    /// The object, its signature made anew: by the documents' rule, on its own road.
    static func signed(_ kind: String, text: String, token: String? = nil) -> RawNotice {
        let name = kind == "tokenpay" ? "Signature" : "signature"
        guard let content = try? JSONReader.read(Array(text.utf8)), case .object(let members) = content else { return notice(kind, text) }
        var lines: [String] = []
        for member in members where member.name != name {
            switch member.value {
            case .text(let text) where !text.isEmpty: lines.append("\(member.name)=\(text)")
            case .number(let text): lines.append("\(member.name)=\(text)")
            default: continue
            }
        }
        lines.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let key = token ?? (kind == "tokenpay" ? GatewaySecrets.token : GatewaySecrets.epusdt)
        let sign = Hex.encode(Digest.md5(Array((lines.joined(separator: "&") + key).utf8)))
        let all = members.filter { $0.name != name } + [JSON.Member(name: name, value: .text(sign))]
        return notice(kind, JSON.object(all).written)
    }

    static func changed(_ text: String, _ changes: [(String, String)]) -> String {
        changes.reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}

extension Gateway {
    /// As the daemon does: `prepare`, then `judge`.
    func verdict(_ notice: RawNotice, at now: Int64 = Signer.now) async throws -> Verdict {
        try await prepare(for: notice)
        return judge(notice, now: now)
    }
}
