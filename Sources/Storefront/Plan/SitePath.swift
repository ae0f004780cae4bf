/// Paths inside the out folder, and the names they are made of.
package enum SitePath {
    /// Whether a relative path stays inside: no empty, hidden or parent component, no control bytes.
    package static func isInside(_ path: String) -> Bool {
        var previous = UInt8(ascii: "/")
        guard !path.isEmpty, path.utf8.last != UInt8(ascii: "/") else { return false }
        for byte in path.utf8 {
            if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") { return false }
            // A component may neither be empty nor begin with a dot.
            if previous == UInt8(ascii: "/"), byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") { return false }
            previous = byte
        }
        return true
    }

    /// Whether a name can be one component of a URL as it is: letters, digits, `-`, `_`, and `.` within.
    package static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "."), name.utf8.count <= 200 else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
            default: false
            }
        }
    }

    /// Whether a text can be a promoter's token: 8 to 64 lower-case letters and digits.
    package static func isToken(_ token: String) -> Bool {
        (8...64).contains(token.utf8.count)
            && token.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    }

    /// The file behind a URL path: `""` → `index.html`, `a/` → `a/index.html`, `a.xml` as it is.
    static func file(_ url: String) -> String {
        url.isEmpty || url.utf8.last == UInt8(ascii: "/") ? url + "index.html" : url
    }
}
