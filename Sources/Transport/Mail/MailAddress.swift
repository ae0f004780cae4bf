/// A mail address of the strict form that we accept everywhere: a dot-atom, `@`, a host name of at least two labels.
///
/// RFC 5321 §4.1.2 allows more (quoted local parts, address literals, and by RFC 6531 any Unicode); none of it is needed to sell, and
/// each part of it has been a way to smuggle a second recipient or a header. libcurl passes CR LF inside a recipient on as a second
/// command, so no address reaches it that did not come through here.
package struct MailAddress: Sendable, Hashable {
    /// Visible ASCII, at most 64 bytes; case is the sender's.
    package let localPart: String
    /// Lower-case letters, digits, hyphens and dots; an internationalised name in its `xn--` form.
    package let domain: String

    /// Reads an address, with nothing around it.
    ///
    /// Throws `.address` when it is longer than 254 bytes (RFC 3696, erratum 1690) or not of the form above.
    package init(parsing text: String) throws(TransportError) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 254 else { throw Self.refusal("is longer than 254 characters") }
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            throw Self.refusal("holds a character outside ASCII", hint: "write an internationalised domain in its xn-- form")
        }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Self.refusal("has not exactly one @") }
        guard parts[0].count <= 64, Self.isDotAtom(parts[0]) else { throw Self.refusal("has a part before the @ that is not plain") }
        guard Self.isHostName(parts[1]) else { throw Self.refusal("has a part after the @ that is not a domain name") }
        localPart = String(decoding: parts[0], as: UTF8.self)
        domain = String(decoding: parts[1], as: UTF8.self).lowercased()
    }

    /// `local@domain`, as it is put into an envelope and a header.
    package var text: String { "\(localPart)@\(domain)" }

    /// The form under which an address is looked up: wholly lower-case.
    package var normalised: String { text.lowercased() }

    /// RFC 5322 §3.2.3.
    static func isDotAtom(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy(isAtomByte)
        }
    }

    /// RFC 1123 §2.1 with two labels or more, the last of which is not a number.
    static func isHostName(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, !last.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func refusal(_ what: String, hint: String? = nil) -> TransportError {
        TransportError(.address, "the mail address \(what)", hint: hint ?? "write it as name@example.com")
    }
}

/// An address is personal: interpolating one prints a mask. `text` is the way to mean it.
extension MailAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<address>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
