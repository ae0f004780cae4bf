/// The signed text in a promoter's link: 8 characters of promoter id and 8 of truncated HMAC, in lower-case
/// Crockford base 32. It attributes a sale and gives no power, so 40 bits of each are enough.
package struct ReferralToken: Sendable, Equatable, CustomStringConvertible {
    package let promoterID: String
    /// The 16 characters.
    package let text: String

    /// The token of a promoter; nil when the id is not 8 characters of the alphabet.
    package init?(promoterID: String, keyring: Keyring) {
        guard promoterID.utf8.count == 8, Base32Crockford.decode(promoterID) != nil else { return nil }
        self.promoterID = promoterID
        text = promoterID + Self.code(promoterID, keyring)
    }

    /// The promoter id in an authentic token; nil for anything else. Compared in constant time.
    package static func verify(_ text: String, keyring: Keyring) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, Base32Crockford.decode(text) != nil else { return nil }
        let promoterID = String(decoding: bytes.prefix(8), as: UTF8.self)
        let expected = Array(code(promoterID, keyring).utf8)
        return constantTimeEquals(Array(bytes.suffix(8)), expected) ? promoterID : nil
    }

    /// A fresh promoter id: 40 random bits. Rethrows what the source throws.
    package static func newPromoterID(_ random: RandomSource = .system) throws -> String {
        Base32Crockford.encode(try random.bytes(5))
    }

    package var description: String { text }

    private static func code(_ promoterID: String, _ keyring: Keyring) -> String {
        Base32Crockford.encode(Array(keyring.keyedDigest(purpose: "referral", data: Array(promoterID.utf8)).prefix(5)))
    }
}
