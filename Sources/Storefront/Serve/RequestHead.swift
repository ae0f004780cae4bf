/// The head of a request as the static server needs it (RFC 9112, 3).
struct RequestHead: Equatable {
    var method: String
    /// The path's names, percent-decoded, without empty ones; nil when the path is refused.
    var names: [String]?
    /// Whether the path ended with a slash (or was one).
    var isFolder: Bool
    /// What stood behind `?`, as sent.
    var query: String?
    var ifNoneMatch: String?
    var keepsOpen: Bool

    /// Nil when it is not a well-formed HTTP/1.x head.
    ///
    /// - Parameter bytes: the head up to, without, its empty line.
    init?(_ bytes: ArraySlice<UInt8>) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        let words = lines.first?.split(separator: " ", omittingEmptySubsequences: false) ?? []
        guard words.count == 3, words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0", words[1].utf8.first == UInt8(ascii: "/") else {
            return nil
        }
        method = String(words[0])
        keepsOpen = words[2] == "HTTP/1.1"
        let parts = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        query = parts.count == 2 ? String(parts[1]) : nil
        isFolder = parts[0].utf8.last == UInt8(ascii: "/")
        names = Self.names(parts[0])
        for line in lines.dropFirst() {
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let value = line[line.utf8.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            switch line[..<colon].lowercased() {
            case "if-none-match": ifNoneMatch = String(value)
            case "connection": if value.lowercased() == "close" { keepsOpen = false }
            // Nothing served here takes a body: whoever sends one is answered and cut off.
            case "transfer-encoding", "content-length": if value != "0" { keepsOpen = false }
            default: break
            }
        }
    }

    /// Decodes a path. Hidden names, parents, slashes and control bytes made of `%` are refused.
    private static func names(_ path: Substring) -> [String]? {
        var names: [String] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            var bytes: [UInt8] = []
            var rest = part[...]
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "%") else {
                    bytes.append(byte)
                    continue
                }
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            }
            guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }),
                bytes.first != UInt8(ascii: "."), let name = String(validating: bytes, as: UTF8.self)
            else { return nil }
            names.append(name)
        }
        return names
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
