/// The fields of a form, decoded from its bytes (WHATWG URL, `application/x-www-form-urlencoded`).
struct FormFields: Sendable {
    private let fields: [(name: String, value: String)]

    /// Fields accepted in one form.
    static let limit = 64

    /// Decodes a body or a query.
    ///
    /// Throws `badRequest` on a percent sign without two hexadecimal digits, bytes that are not UTF-8, control characters, too many
    /// fields, or a name that comes twice: whoever reads a form elsewhere might take the other one. Names are compared as bytes.
    init(_ bytes: some Sequence<UInt8>) throws(Problem) {
        var fields: [(name: String, value: String)] = []
        for pair in Array(bytes).split(separator: UInt8(ascii: "&")) {
            guard fields.count < Self.limit else { throw Problem(.badRequest, "the form has too many fields") }
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(halves[0])
            let value = try Self.decoded(halves.count > 1 ? halves[1] : [])
            guard !fields.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                throw Problem(.badRequest, "a field of the form comes twice")
            }
            fields.append((name, value))
        }
        self.fields = fields
    }

    /// The value of a field, or nil. The name compares as bytes.
    subscript(_ name: String) -> String? {
        fields.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Problem) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            var byte = bytes[index]
            if byte == UInt8(ascii: "+") {
                byte = 0x20
            } else if byte == UInt8(ascii: "%") {
                guard bytes.endIndex - index > 2, let high = hexadecimal(bytes[index + 1]), let low = hexadecimal(bytes[index + 2]) else {
                    throw Problem(.badRequest, "the form has a percent sign without two hexadecimal digits")
                }
                byte = high << 4 | low
                index += 2
            }
            result.append(byte)
            index += 1
        }
        guard let text = String(validating: result, as: UTF8.self) else { throw Problem(.badRequest, "the form is not UTF-8") }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw Problem(.badRequest, "the form holds a control character")
        }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
