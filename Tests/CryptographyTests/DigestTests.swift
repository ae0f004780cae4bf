import Cryptography
import Testing

struct DigestTests {
    @Test("SHA-256 and MD5 give the digests of their standards")
    func digests() {
        #expect(Hex.encode(Digest.sha256(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Hex.encode(Digest.sha256([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Hex.encode(Digest.md5(Array("abc".utf8))) == "900150983cd24fb0d6963f7d28e17f72")
    }

    @Test(
        "HMAC-SHA256 gives the codes of RFC 4231",
        arguments: [
            (String(repeating: "0b", count: 20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            ("4a656665", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            (
                String(repeating: "aa", count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func hmacSHA256(key: String, message: String, code: String) throws {
        let key = try #require(Hex.decode(key))
        #expect(Hex.encode(Digest.hmacSHA256(key: key, Array(message.utf8))) == code)
        #expect(Hex.encode(Digest.hmacSHA256(key: SecretKey(key), Array(message.utf8))) == code)
    }

    @Test("HMAC-SHA512 gives the code of RFC 4231, case 1")
    func hmacSHA512() {
        let code =
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
        #expect(Hex.encode(Digest.hmacSHA512(key: [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8))) == code)
    }

    @Test("An empty key is a key of its own, not the key of the call before")
    func emptyKey() {
        let fresh = Digest.hmacSHA256(key: [], [])
        _ = Digest.hmacSHA256(key: [1, 2, 3], [4])
        #expect(Digest.hmacSHA256(key: [], []) == fresh)
        #expect(Hex.encode(fresh) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test(
        "HKDF gives the keys of RFC 5869",
        arguments: [
            (
                "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
            ),
            ("", "", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
        ])
    func hkdf(salt: String, info: String, key: String) throws {
        let derived = try KeyDerivation.hkdfSHA256(
            input: [UInt8](repeating: 0x0B, count: 22), salt: try #require(Hex.decode(salt)), info: try #require(Hex.decode(info)),
            length: 42)
        #expect(Hex.encode(derived) == key)
    }

    @Test("Nothing is derived from nothing, nor more than 255 blocks", arguments: [(0, 32), (32, 0), (32, -1), (32, 8161)])
    func hkdfRefusals(input: Int, length: Int) {
        #expect(throws: CryptographyError.self) {
            try KeyDerivation.hkdfSHA256(input: [UInt8](repeating: 1, count: input), salt: [], info: [], length: length)
        }
    }

    @Test("Only equal texts of equal length are equal, and an absent code proves nothing")
    func comparison() {
        #expect(constantTimeEquals([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2]))
        #expect(!constantTimeEquals([], []))
    }
}
