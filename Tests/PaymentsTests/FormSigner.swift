import Catalog
import Cryptography
import Payments
import Transport

/// Signs form notices and answers as Alipay and EPay sites would, and makes accounts that believe them.
enum FormSigner {
    typealias Pairs = [(String, String)]

    static let appID = "2021000000001234"
    static let sellerID = "2088000000005678"
    static let merchant = "1001"
    static let epayKey = "KeyfrontEPayTestKey0123456789abc"

    static let alipay: Pairs = [
        ("notify_time", "2027-01-15 16:00:00"), ("notify_type", "trade_status_sync"), ("notify_id", "n0001"), ("charset", "utf-8"),
        ("app_id", appID), ("seller_id", sellerID), ("out_trade_no", "KF_TEST_01"), ("trade_no", "2027011522001400000000000001"),
        ("total_amount", "68.00"), ("receipt_amount", "68.00"), ("trade_status", "TRADE_SUCCESS"), ("subject", "年度会员"),
        ("gmt_payment", "2027-01-15 15:59:10"),
    ]
    static let epay: Pairs = [
        ("pid", merchant), ("trade_no", "2027011516000000001"), ("out_trade_no", "KF_TEST_01"), ("type", "alipay"), ("name", "VIP"),
        ("money", "68"), ("trade_status", "TRADE_SUCCESS"),
    ]

    /// The pairs with some values replaced, taken out (nil) or added at the end.
    static func changed(_ pairs: Pairs, _ changes: [(String, String?)]) -> Pairs {
        var result = pairs
        for (name, value) in changes {
            if let index = result.firstIndex(where: { $0.0 == name }) {
                if let value { result[index].1 = value } else { result.remove(at: index) }
            } else if let value {
                result.append((name, value))
            }
        }
        return result
    }

    /// A form with everything but letters and digits escaped.
    static func form(_ pairs: Pairs) -> String {
        func escaped(_ text: String) -> String {
            text.utf8.map { byte in
                byte < 0x80 && Character(Unicode.Scalar(byte)).isASCII
                    && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
                    ? String(Unicode.Scalar(byte)) : "%" + Hex.encode([byte]).uppercased()
            }.joined()
        }
        return pairs.map { "\(escaped($0.0))=\(escaped($0.1))" }.joined(separator: "&")
    }

    private static func joined(_ pairs: Pairs) -> [UInt8] {
        Array(
            pairs.sorted { Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8)) }.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
                .utf8)
    }

    static func rsa(_ text: [UInt8], key: String = RSAKeys.gatewayPrivate) -> String {
        (try? RSAPrivateKey(text: key).sign(text)).map(Base64.encode) ?? ""
    }

    static func alipayForm(_ changes: [(String, String?)] = [], key: String = RSAKeys.gatewayPrivate) -> String {
        let pairs = changed(alipay, changes)
        return form(pairs + [("sign", rsa(joined(pairs), key: key)), ("sign_type", "RSA2")])
    }

    static func epayForm(
        _ changes: [(String, String?)] = [], version: EPayVersion = .v1, key: String = epayKey, at time: Int64 = Signer.now
    ) -> String {
        let pairs = changed(epay, (version == .v2 ? [("timestamp", String(time))] : []) + changes)
        let text = joined(pairs.filter { !$0.1.isEmpty })
        switch version {
        case .v1: return form(pairs + [("sign", Hex.encode(Digest.md5(text + Array(key.utf8)))), ("sign_type", "MD5")])
        case .v2: return form(pairs + [("sign", rsa(text)), ("sign_type", "RSA")])
        }
    }

    static func post(_ body: String) -> RawNotice { post(Array(body.utf8)) }

    static func post(_ body: [UInt8]) -> RawNotice {
        RawNotice(
            method: "POST", path: "/notify/form", headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: body)
    }

    static func get(_ query: String) -> RawNotice {
        RawNotice(method: "GET", path: "/notify/form", query: query, headers: [], body: [])
    }

    /// An answer of Alipay: the inside of its response object, signed as it is written.
    static func alipayAnswer(_ method: String, _ content: String, key: String = RSAKeys.gatewayPrivate) -> (Int, [UInt8]) {
        let sign = rsa(Array(content.utf8), key: key)
        return (200, Array(#"{"\#(method.replacing(".", with: "_"))_response":\#(content),"sign":"\#(sign)"}"#.utf8))
    }

    /// An answer of an EPay site of the second generation.
    static func epayAnswer(_ pairs: Pairs, at time: Int64 = Signer.now, key: String = RSAKeys.gatewayPrivate) -> (Int, [UInt8]) {
        let all = pairs + [("timestamp", String(time))]
        let sign = rsa(joined(all.filter { !$0.1.isEmpty }), key: key)
        let members = (all + [("sign", sign), ("sign_type", "RSA")]).map { name, value in
            "\"\(name)\":" + (name == "code" ? value : JSON.text(value).written)
        }
        return (200, Array("{\(members.joined(separator: ","))}".utf8))
    }

    static func account(_ name: String, _ kind: String, _ settings: [String: GatewayAccount.Setting]) -> GatewayAccount {
        GatewayAccount(name: name, kind: kind, settings: settings, location: SourceLocation(path: "shop.yaml", line: 7, column: 3))
    }

    static let environment = [
        "MERCHANT_KEY": RSAKeys.merchantPrivate, "GATEWAY_KEY": RSAKeys.gatewayPublic, "EPAY_KEY": epayKey,
        "OTHER_KEY": RSAKeys.merchantPublic,
    ]
    static let alipaySettings: [String: GatewayAccount.Setting] = [
        "app_id": .text(appID), "seller_id": .text(sellerID), "app_private_key": .text("MERCHANT_KEY"),
        "alipay_public_key": .text("GATEWAY_KEY"),
    ]
    static let epaySettings: [String: GatewayAccount.Setting] = [
        "base_url": .text("https://pay.example/"), "pid": .text(merchant), "key": .text("EPAY_KEY"),
    ]
    static let epayRSASettings: [String: GatewayAccount.Setting] = [
        "base_url": .text("https://pay.example"), "pid": .text(merchant), "version": .text("v2"),
        "merchant_private_key": .text("MERCHANT_KEY"), "platform_public_key": .text("GATEWAY_KEY"),
    ]

    static func set(
        _ accounts: [GatewayAccount], http: HTTPClient = .unreachable, environment: [String: String] = environment,
        folder: String = "/nowhere"
    )
        throws -> GatewaySet
    {
        try GatewaySet(
            accounts: accounts, webhookURL: "https://shop.example", listenHost: "127.0.0.1",
            secrets: SecretSource(environment: environment, credentialsDirectory: nil, folder: folder),
            sandboxKey: SecretKey([UInt8](0..<32)), http: http, now: { Signer.now })
    }
}
