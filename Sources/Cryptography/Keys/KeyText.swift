/// The two forms in which people hand out RSA keys: PEM (RFC 7468), or the base64 inside it without its armour, which
/// is what the consoles of payment services show.
enum KeyText {
    /// The DER bytes; nil when the text is neither form. Lines of armour are dropped, not read: what the bytes are is
    /// said by the bytes.
    static func der(_ text: String) -> [UInt8]? {
        let body = text.split(whereSeparator: \.isNewline).map { String($0).trimmingBlanks }
            .filter { !$0.utf8.starts(with: "-----".utf8) }.joined()
        guard let der = Base64.decode(body), !der.isEmpty else { return nil }
        return der
    }
}
