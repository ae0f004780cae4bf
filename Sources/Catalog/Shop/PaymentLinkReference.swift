/// What a payment link on a page carries through the payment service, and what comes back with the notice: the page's language, the
/// promoter's token and the SKU, as `kf-<language>-<token>-<sku>`.
///
/// Stripe takes letters, digits, `-` and `_`, at most 200, and drops anything else without a word; so `.` of a SKU is written `_d`, `_` is
/// `__`, and `-` of a language `_`. The hyphens keep it from looking like an order's id. The buyer can change it: it says what somebody
/// wants to have bought, and the amount says whether they paid for it.
package struct PaymentLinkReference: Sendable, Hashable {
    package let language: String
    /// Empty where nobody sent the buyer.
    package let token: String
    package let sku: String

    package init(language: String, token: String, sku: String) {
        self.language = language
        self.token = token
        self.sku = sku
    }

    /// Reads what came back; nil for any other text.
    package init?(_ text: String) {
        guard text.utf8.count <= 200 else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].elementsEqual("kf".utf8), let sku = Self.unescaped(parts[3]), !sku.isEmpty,
            parts[1].allSatisfy({ Self.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }), parts[2].allSatisfy(Self.isAlphanumeric)
        else { return nil }
        language = String(decoding: parts[1].map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
        token = String(decoding: parts[2], as: UTF8.self)
        self.sku = sku
    }

    /// The whole text.
    package var text: String { before + token + after }
    /// What stands before the token, and after it: pages put the token between.
    package var before: String {
        "kf-" + String(decoding: language.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self) + "-"
    }
    package var after: String {
        var bytes: [UInt8] = [UInt8(ascii: "-")]
        for byte in sku.utf8 {
            switch byte {
            case UInt8(ascii: "_"): bytes += Array("__".utf8)
            case UInt8(ascii: "."): bytes += Array("_d".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func unescaped(_ bytes: Substring.UTF8View) -> String? {
        var result: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "_") else {
                guard isAlphanumeric(byte) || byte == UInt8(ascii: "-") else { return nil }
                result.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "_"): result.append(UInt8(ascii: "_"))
            case UInt8(ascii: "d"): result.append(UInt8(ascii: "."))
            default: return nil
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension GatewayAccount {
    /// `payment_links`: the address of a payment page for each SKU that has one.
    package var paymentLinks: [String: String] { settings["payment_links"]?.map ?? [:] }
}
