import Cryptography
import Testing

struct SignatureTests {
    private let message = Array(RSAFixtures.message.utf8)

    @Test("A signature made elsewhere is accepted, from a PEM key and from its bare base64")
    func rsa() throws {
        let pem = "-----BEGIN PUBLIC KEY-----\n\(RSAFixtures.publicKey)\n-----END PUBLIC KEY-----\n"
        let signature = try #require(Base64.decode(RSAFixtures.signature))
        for text in [RSAFixtures.publicKey, pem] {
            #expect(try RSAPublicKey(text: text).verify(signature: signature, message: message))
        }
    }

    @Test("Another padding, another hash, another message and a cut signature are refused")
    func rsaRefusals() throws {
        let key = try RSAPublicKey(text: RSAFixtures.publicKey)
        let good = try #require(Base64.decode(RSAFixtures.signature))
        for text in [RSAFixtures.pssSignature, RSAFixtures.sha1Signature] {
            #expect(!key.verify(signature: try #require(Base64.decode(text)), message: message))
        }
        #expect(!key.verify(signature: good, message: message + [0]))
        #expect(!key.verify(signature: Array(good.dropLast()), message: message))
        #expect(!key.verify(signature: good + [0], message: message))
        #expect(!key.verify(signature: [], message: message))
    }

    @Test(
        "A key that is short, of another kind, or no key at all is refused",
        arguments: [RSAFixtures.shortKey, RSAFixtures.ellipticKey, "", "AAAA", "not a key", RSAFixtures.publicKey + "AAAA"])
    func badKeys(text: String) {
        #expect(throws: CryptographyError.self) { try RSAPublicKey(text: text) }
    }

    @Test(
        "Ed25519 gives the signatures of RFC 8032 §7.1",
        arguments: [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
            (
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ])
    func ed25519(seed: String, publicKey: String, message: String, signature: String) throws {
        let key = try Ed25519.PrivateKey(seed: SecretKey(try #require(Hex.decode(seed))))
        let bytes = try #require(Hex.decode(message))
        #expect(Hex.encode(key.publicKey.bytes) == publicKey)
        #expect(Hex.encode(try key.sign(bytes)) == signature)
        let given = try #require(Hex.decode(signature))
        #expect(key.publicKey.verify(signature: given, message: bytes))
        #expect(!key.publicKey.verify(signature: given, message: bytes + [1]))
        #expect(!key.publicKey.verify(signature: Array(given.dropLast()), message: bytes))
        var changed = given
        changed[5] ^= 1
        #expect(!key.publicKey.verify(signature: changed, message: bytes))
    }

    @Test("A seed or a public key of another length is refused")
    func lengths() {
        #expect(throws: CryptographyError.self) { try Ed25519.PrivateKey(seed: SecretKey([1, 2, 3])) }
        #expect(throws: CryptographyError.self) { try Ed25519.PublicKey(bytes: []) }
    }
}
