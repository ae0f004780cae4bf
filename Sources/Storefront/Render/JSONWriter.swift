/// Writes JSON (RFC 8259) as it comes, for files with an entry for every product: nothing is kept but the text.
///
/// Texts are escaped as ``JSON`` does it.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func object(_ members: (inout JSONWriter) -> Void) { enclosed(UInt8(ascii: "{"), UInt8(ascii: "}"), members) }

    mutating func list(_ items: (inout JSONWriter) -> Void) { enclosed(UInt8(ascii: "["), UInt8(ascii: "]"), items) }

    /// The name of a member, plain ASCII without quotes; its value is written next.
    mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append("\":")
        needsComma = false
    }

    /// The name of a member that is not known beforehand.
    mutating func name(written name: String) {
        text(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func text(_ text: String) {
        separate()
        JSON.write(text, to: &bytes)
    }

    /// A text, or `null`.
    mutating func text(_ text: String?) {
        if let text { self.text(text) } else { null() }
    }

    mutating func number(_ number: Int64) {
        separate()
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(decimal: number.magnitude)
    }

    mutating func flag(_ flag: Bool) {
        separate()
        bytes.append(flag ? "true" : "false")
    }

    mutating func null() {
        separate()
        bytes.append("null")
    }

    private mutating func enclosed(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(open)
        needsComma = false
        body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
