/// Where a buyer wants the keys: a mail address in the plainest form that real ones have.
///
/// A subset of RFC 5322's addr-spec: dot-atom, `@`, a host name of two labels or more, ASCII, at most 254 bytes. No quoting,
/// no comment, no line end can get into a header or a command through it.
struct BuyerAddress: Sendable {
    /// As the buyer wrote it, the domain in lower case.
    let text: String
    /// Lower case: what an address is known by.
    let normalised: String
    /// One spelling for one person, as far as that can be known: without a `+tag`, and without dots where the
    /// provider ignores them. Only compared, never written to.
    let folded: String

    /// - Throws: `FulfilmentError` `.invalidEmail`.
    init(_ text: String) throws(FulfilmentError) {
        let bytes = Array(text.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard bytes.count <= 254, parts.count == 2, Self.isDotAtom(parts[0]), Self.isHostName(parts[1]) else {
            throw FulfilmentError(
                .invalidEmail, "this is not a mail address that keys can be sent to", hint: "write it as name@example.com")
        }
        let local = String(decoding: parts[0], as: UTF8.self)
        let domain = String(decoding: parts[1], as: UTF8.self).lowercased()
        self.text = "\(local)@\(domain)"
        normalised = "\(local.lowercased())@\(domain)"
        let untagged = local.lowercased().prefix { $0 != "+" }
        let ignoresDots = domain == "gmail.com" || domain == "googlemail.com"
        let name = ignoresDots ? String(untagged.filter { $0 != "." }) : String(untagged)
        folded = "\(name)@\(domain == "googlemail.com" ? "gmail.com" : domain)"
    }

    /// `b•••@e•••.com`: enough for its owner to know it, too little for anybody else. Kept in plain text.
    var mask: String {
        let parts = text.split(separator: "@")
        guard parts.count == 2, let first = parts[0].first, let second = parts[1].first, let dot = parts[1].lastIndex(of: ".") else {
            return "•••"
        }
        return "\(first)•••@\(second)•••\(parts[1][dot...])"
    }

    private static func isDotAtom(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...64).contains(bytes.count)
            && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty && atom.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
            }
    }

    private static func isHostName(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, !last.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
