import Payments

/// What of a notice is signed, written out by another reading of the gateways' documents than the judges': two notices of one view differ
/// in no signed byte. Headers and parameters are taken apart here again, so that a mistake in the one reading shows against the other.
struct SignedView: Equatable {
    enum Scheme: Sendable {
        case stripe, standard, alipay, epayMD5, epayRSA, wechat, paypal
        case paddle, lemonsqueezy, btcpay, nowpayments, tokenpay, epusdt

        /// Whether one text of `name=value` is signed that a JSON object was made into.
        var isToken: Bool { self == .tokenpay || self == .epusdt }
        /// What stands between the fields of a content that has its signature among them; nil where the signature is in a header.
        var separator: UInt8? {
            switch self {
            case .alipay, .epayMD5, .epayRSA: 0x26
            case .tokenpay, .epusdt: 0x2C
            default: nil
            }
        }
    }

    private let parts: [[UInt8]]

    /// - Parameter original: the authentic notice: its signature is the one that must be among those of `notice`.
    init(_ notice: RawNotice, _ scheme: Scheme, original: RawNotice) {
        func one(_ name: String, of notice: RawNotice) -> [UInt8] {
            let all = notice.headers.filter { Array($0.name.utf8).lowered == Array(name.utf8) }
            return all.count == 1 ? Array(all[0].value.utf8) : Array("\(all.count) of them".utf8)
        }
        func listed(_ name: String, _ separator: UInt8, _ prefix: String) -> [[UInt8]] {
            let good = one(name, of: original).split(separator: separator).map(Array.init).filter { $0.starts(with: prefix.utf8) }
            let here = Set(one(name, of: notice).split(separator: separator).map(Array.init))
            return good.map { here.contains($0) ? $0 : [] }
        }
        switch scheme {
        case .stripe:
            let elements = one("stripe-signature", of: notice).split(separator: 0x2C)
            let time = elements.first { $0.starts(with: "t=".utf8) }.map(Array.init) ?? []
            parts = [notice.body, time] + listed("stripe-signature", 0x2C, "v1=")
        case .standard:
            parts =
                [notice.body, one("webhook-id", of: notice), one("webhook-timestamp", of: notice)]
                + listed("webhook-signature", 0x20, "v1,")
        case .wechat:
            parts =
                [notice.body, Array(one("wechatpay-serial", of: notice).lowered.drop { $0 == 0x30 })]
                + ["timestamp", "nonce", "signature"].map { one("wechatpay-\($0)", of: notice) }
        case .paypal:
            let names = ["transmission-id", "transmission-time", "transmission-sig", "cert-url", "auth-algo"]
            parts = [notice.body] + names.map { one("paypal-\($0)", of: notice) }
        case .paddle:
            let time = one("paddle-signature", of: notice).split(separator: 0x3B).first { $0.starts(with: "ts=".utf8) }.map(Array.init)
            parts = [notice.body, time ?? []] + listed("paddle-signature", 0x3B, "h1=")
        case .lemonsqueezy: parts = [notice.body, one("x-signature", of: notice)]
        case .btcpay: parts = [notice.body, one("btcpay-sig", of: notice)]
        case .nowpayments: parts = [SignedJSON.sorted(notice.body), one("x-nowpayments-sig", of: notice)]
        case .tokenpay: parts = SignedJSON.fields(notice.body, signature: "Signature")
        case .epusdt: parts = SignedJSON.fields(notice.body, signature: "signature")
        case .alipay, .epayMD5, .epayRSA:
            parts = Self.form(notice, scheme)
        }
    }

    /// The signed text, the signature and what says how it was made.
    private static func form(_ notice: RawNotice, _ scheme: Scheme) -> [[UInt8]] {
        let bytes = notice.method == "GET" ? Array((notice.query ?? "").utf8) : notice.body
        var pairs: [(name: [UInt8], value: [UInt8])] = []
        for pair in bytes.split(separator: 0x26, omittingEmptySubsequences: false) {
            let border = pair.firstIndex(of: 0x3D)
            let value = border.map { pair[pair.index(after: $0)...] } ?? []
            pairs.append((decoded(pair[..<(border ?? pair.endIndex)]), decoded(value)))
        }
        func isBlank(_ value: [UInt8]) -> Bool {
            switch scheme {
            case .epayMD5: value.isEmpty
            case .epayRSA: value.allSatisfy { [0, 9, 10, 11, 13, 32].contains($0) }
            default: false
            }
        }
        func value(_ name: String) -> [UInt8] { pairs.first { $0.name == Array(name.utf8) }?.value ?? [] }
        let signed = pairs.filter { $0.name != Array("sign".utf8) && $0.name != Array("sign_type".utf8) && !isBlank($0.value) }
            .sorted { $0.name.lexicographicallyPrecedes($1.name) }.map { $0.name + [0x3D] + $0.value }
        let type = value("sign_type")
        let isDefault = scheme == .epayMD5 && (type.isEmpty || type == Array("MD5".utf8))
        return [
            Array(signed.joined(separator: [0x26])), scheme == .epayMD5 ? value("sign").lowered : value("sign"),
            isDefault ? [] : type,
        ]
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == 0x25, digits.utf8.count == 2, digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
                let value = UInt8(digits, radix: 16)
            {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte == 0x2B ? 0x20 : byte)
            }
        }
        return result
    }
}

extension [UInt8] {
    /// ASCII capitals made small.
    fileprivate var lowered: [UInt8] { map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
}
