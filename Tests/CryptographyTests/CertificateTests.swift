import Cryptography
import Testing

struct CertificateTests {
    private typealias Fixtures = CertificateFixtures
    /// 2026-11-17.
    private let now: Int64 = 1_794_916_800

    private func isTrusted(_ parts: String..., anchor: String = Fixtures.root, at now: Int64? = nil) throws -> Bool {
        try X509Chain(pem: parts.joined(separator: "\n")).isTrusted(by: TrustAnchors(pem: anchor), at: now ?? self.now)
    }

    @Test("A leaf is trusted through its authority, in whatever order the others come, with or without the root among them")
    func trusted() throws {
        #expect(try isTrusted(Fixtures.leaf, Fixtures.authority))
        #expect(try isTrusted(Fixtures.leaf, Fixtures.root, Fixtures.authority))
        #expect(try isTrusted(Fixtures.leaf, Fixtures.otherRoot, Fixtures.authority, Fixtures.expired))
        #expect(try isTrusted("a comment of somebody's\n" + Fixtures.leaf, "\n\n" + Fixtures.authority))
    }

    @Test("Without the way to the root, or with another root, nothing is trusted, even when the text brings that root along")
    func untrusted() throws {
        #expect(try !isTrusted(Fixtures.leaf))
        #expect(try !isTrusted(Fixtures.leaf, Fixtures.root))
        #expect(try !isTrusted(Fixtures.leaf, Fixtures.authority, anchor: Fixtures.otherRoot))
        #expect(try !isTrusted(Fixtures.leaf, Fixtures.authority, Fixtures.root, anchor: Fixtures.otherRoot))
        #expect(try !isTrusted(Fixtures.selfSigned))
        #expect(try !isTrusted(Fixtures.selfSigned, Fixtures.authority, Fixtures.root))
        // The first is the one that counts.
        #expect(try !isTrusted(Fixtures.selfSigned, Fixtures.leaf, Fixtures.authority))
    }

    @Test("A certificate signed by one that may not sign is not trusted, nor is a key too short for this century")
    func unfit() throws {
        #expect(try !isTrusted(Fixtures.signedByLeaf, Fixtures.leaf, Fixtures.authority))
        #expect(try !isTrusted(Fixtures.shortKey, Fixtures.authority))
    }

    @Test("The moment is the caller's, not the computer's")
    func dates() throws {
        #expect(try !isTrusted(Fixtures.expired, Fixtures.authority))
        #expect(try isTrusted(Fixtures.expired, Fixtures.authority, at: 1_760_000_000))
        #expect(try !isTrusted(Fixtures.future, Fixtures.authority))
        #expect(try isTrusted(Fixtures.future, Fixtures.authority, at: 2_220_000_000))
        // 2024-01-01 and 2046-01-01, to the second.
        #expect(try isTrusted(Fixtures.leaf, Fixtures.authority, at: 1_704_067_200))
        #expect(try !isTrusted(Fixtures.leaf, Fixtures.authority, at: 1_704_067_199))
        #expect(try isTrusted(Fixtures.leaf, Fixtures.authority, at: 2_398_377_599))
        #expect(try !isTrusted(Fixtures.leaf, Fixtures.authority, at: 2_398_377_601))
        for strange in [Int64.min, -1, 0, .max] { #expect(try !isTrusted(Fixtures.leaf, Fixtures.authority, at: strange)) }
    }

    @Test("A certificate gives its name, its serial number and its key")
    func reading() throws {
        let leaf = try #require(try X509Certificate.list(pem: Fixtures.leaf).first)
        #expect(leaf.commonName == "messageverificationcerts.paypal.com")
        #expect(leaf.serial == Fixtures.leafSerial)
        _ = try leaf.publicKey()
    }

    @Test("Of two common names none counts")
    func twoNames() throws {
        #expect(try X509Certificate.list(pem: Fixtures.twoNames).first?.commonName == nil)
    }

    @Test("A key that is not RSA, or is short, is not handed out", arguments: [Fixtures.ellipticKey, Fixtures.shortKey])
    func otherKeys(pem: String) throws {
        let certificate = try #require(try X509Certificate.list(pem: pem).first)
        #expect(throws: CryptographyError.self) { try certificate.publicKey() }
    }

    @Test(
        "What is no list of certificates is refused whole",
        arguments: [
            "", "text", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            Fixtures.leaf + "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            Fixtures.leaf + "\n-----BEGIN CERTIFICATE-----\n", String(Fixtures.leaf.dropLast(200)),
            Array(repeating: Fixtures.leaf, count: 17).joined(separator: "\n"),
        ])
    func malformed(text: String) {
        #expect(throws: CryptographyError.self) { try X509Chain(pem: text) }
    }

    @Test("A machine's own authorities do not trust a stranger's")
    func system() throws {
        let anchors = try TrustAnchors.system()
        #expect(try !X509Chain(pem: Fixtures.leaf + "\n" + Fixtures.authority + "\n" + Fixtures.root).isTrusted(by: anchors, at: now))
    }
}
