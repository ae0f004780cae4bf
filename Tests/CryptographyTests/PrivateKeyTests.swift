import Cryptography
import Testing

struct PrivateKeyTests {
    private let message = Array(PrivateKeyFixtures.message.utf8)

    @Test("Every form of a key signs as OpenSSL's own tool does: PKCS #8 and PKCS #1, PEM and bare, in lines and without")
    func forms() throws {
        func lines(_ text: String) -> String {
            stride(from: 0, to: text.count, by: 64).map { String(text.dropFirst($0).prefix(64)) }.joined(separator: "\n")
        }
        let (pkcs8, pkcs1) = (PrivateKeyFixtures.pkcs8, PrivateKeyFixtures.pkcs1)
        for text in [
            pkcs8, pkcs1, lines(pkcs8), "  \(pkcs1)\r\n", "-----BEGIN PRIVATE KEY-----\n\(lines(pkcs8))\n-----END PRIVATE KEY-----\n",
            "-----BEGIN RSA PRIVATE KEY-----\r\n\(lines(pkcs1).replacing("\n", with: "\r\n"))\r\n-----END RSA PRIVATE KEY-----",
        ] {
            #expect(Base64.encode(try RSAPrivateKey(text: text).sign(message)) == PrivateKeyFixtures.signature)
        }
    }

    @Test("What it signs, its public half accepts, and of nothing else")
    func verified() throws {
        let signature = try RSAPrivateKey(text: PrivateKeyFixtures.pkcs8).sign([])
        let key = try RSAPublicKey(text: PrivateKeyFixtures.publicKey)
        #expect(key.verify(signature: signature, message: []))
        #expect(!key.verify(signature: signature, message: [0]))
    }

    @Test(
        "A key that is short, of another kind, encrypted, public, cut, or none at all is refused and not shown",
        arguments: [
            PrivateKeyFixtures.shortKey, PrivateKeyFixtures.ellipticKey, PrivateKeyFixtures.encryptedKey, PrivateKeyFixtures.publicKey,
            String(PrivateKeyFixtures.pkcs8.dropLast(8)), PrivateKeyFixtures.pkcs8 + "AAAA", "", "AAAA", "not a key",
        ])
    func refused(text: String) {
        let error = #expect(throws: CryptographyError.self) { try RSAPrivateKey(text: text) }
        #expect(error?.code == .invalidKey && (text.utf8.count < 16 || error?.description.contains(text) == false))
    }

    @Test("A key never prints")
    func silent() throws {
        let key = try RSAPrivateKey(text: PrivateKeyFixtures.pkcs8)
        #expect("\(key) \(String(reflecting: key))" == "(an RSA private key) (an RSA private key)")
        #expect(Mirror(reflecting: key).children.isEmpty)
    }
}
