/// The secret in a link with power (an order's, a promoter's page): 160 random bits as 32 characters of
/// lower-case Crockford base 32. Who holds the link has the power; the books hold its SHA-256 alone.
package struct LinkToken: Sendable, CustomStringConvertible, CustomReflectable {
    /// The 32 characters: only for the link itself.
    package let text: String

    /// A fresh token. Rethrows what the source throws.
    package init(_ random: RandomSource = .system) throws {
        text = Base32Crockford.encode(try random.bytes(20))
    }

    /// Takes what somebody presented; nil unless it has the form of a token.
    package init?(presented: String) {
        guard presented.utf8.count == 32, Base32Crockford.decode(presented) != nil else { return nil }
        text = presented
    }

    /// What is stored and looked up: SHA-256 of the text, 32 bytes.
    package var stored: [UInt8] { Digest.sha256(Array(text.utf8)) }

    package var description: String { "(a link token)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
