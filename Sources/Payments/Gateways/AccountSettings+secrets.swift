import Cryptography

extension AccountSettings {
    /// The one key that opens a gateway's interface to us; nil when absent or refused, which was then noted.
    mutating func interfaceKey(_ name: String) -> String? {
        guard let texts = secrets(name) else { return nil }
        guard let text = texts.first, texts.count == 1, text.utf8.count >= 16, !PlaceholderText.matches(text),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            refuse(
                PaymentError(
                    .notConfigured, "the key is empty, short, a placeholder, or has blanks in it",
                    hint: "copy it from the gateway's console"), setting: name)
            return nil
        }
        return text
    }

    /// The secrets that notices are signed with; nil when absent or one of them is refused, which was then noted.
    mutating func webhookSecrets(_ name: String = "webhook_secrets") -> [WebhookSecret]? {
        guard let texts = secrets(name) else { return nil }
        do throws(PaymentError) {
            return try WebhookSecret.list(texts, form: .text)
        } catch {
            refuse(error, setting: name)
            return nil
        }
    }

    /// The address of a site or interface, without a slash at its end; nil when absent or refused, which was then noted.
    mutating func site(_ name: String) -> String? {
        guard let address = address(name) else { return nil }
        guard !address.text.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else {
            refuse("“\(name)” is more than the address of a site", setting: name, hint: "for example \"https://pay.example/\"")
            return nil
        }
        return address.text.utf8.last == UInt8(ascii: "/") ? String(address.text.dropLast()) : address.text
    }
}

extension [WebhookSecret] {
    /// Whether `code` is what one of the secrets makes of a message: hexadecimal, lower case, compared in constant time.
    func accept(_ code: [UInt8], _ sign: (SecretKey) -> [UInt8]) -> Bool {
        contains { constantTimeEquals(code, Array<UInt8>(Hex.encode(sign($0.key)).utf8)) }
    }
}
