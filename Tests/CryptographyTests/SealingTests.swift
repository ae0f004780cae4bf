import Cryptography
import Testing

struct SealingTests {
    private struct Known {
        let key, nonce, plain, aad, sealed: String
    }

    /// The GCM specification's test cases 13, 14 and 16 (256-bit keys); the tag ends the sealed text.
    private let known = [
        Known(
            key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12), plain: "", aad: "",
            sealed: "530f8afbc74536b9a963b4f1c4cb738b"),
        Known(
            key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12), plain: String(repeating: "00", count: 16),
            aad: "",
            sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        Known(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", nonce: "cafebabefacedbaddecaf888",
            plain:
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
            aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            sealed:
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ]

    @Test("AES-256-GCM seals and opens the known texts")
    func knownAnswers() throws {
        for known in known {
            let key = SecretKey(try #require(Hex.decode(known.key)))
            let nonce = try #require(Hex.decode(known.nonce))
            let plain = try #require(Hex.decode(known.plain))
            let aad = try #require(Hex.decode(known.aad))
            let sealed = try AESGCM.seal(key: key, nonce: nonce, plaintext: plain, aad: aad)
            #expect(Hex.encode(sealed) == known.sealed)
            #expect(try AESGCM.open(key: key, nonce: nonce, sealed: sealed, aad: aad) == plain)
        }
    }

    @Test("A box opens at its place alone, and not after any one of its bytes was changed")
    func tampering() throws {
        let key = try SecretKey.random()
        let box = try SealedBox.seal(Array("ABCD-EFGH".utf8), key: key, aad: Array("main/sku/1".utf8))
        #expect(try box.open(key: key, aad: Array("main/sku/1".utf8)) == Array("ABCD-EFGH".utf8))
        #expect(throws: CryptographyError.self) { try box.open(key: key, aad: Array("main/sku/2".utf8)) }
        #expect(throws: CryptographyError.self) { try box.open(key: try SecretKey.random(), aad: Array("main/sku/1".utf8)) }
        for index in box.bytes.indices {
            var bytes = box.bytes
            bytes[index] ^= 0x40
            #expect(throws: CryptographyError.self) { try SealedBox(bytes: bytes).open(key: key, aad: Array("main/sku/1".utf8)) }
        }
        for length in 0..<box.bytes.count {
            #expect(throws: CryptographyError.self) {
                try SealedBox(bytes: Array(box.bytes.prefix(length))).open(key: key, aad: Array("main/sku/1".utf8))
            }
        }
    }

    @Test("The text form comes back, an empty text too, and no two boxes of one text are alike")
    func textForm() throws {
        let key = try SecretKey.random()
        for plain in [[], Array("键".utf8), [UInt8](repeating: 7, count: 70_000)] {
            let box = try SealedBox.seal(plain, key: key, aad: [])
            #expect(box.text.hasPrefix("kf1."))
            #expect(try SealedBox(text: box.text).open(key: key, aad: []) == plain)
            #expect(try SealedBox.seal(plain, key: key, aad: []) != box)
        }
        for text in ["", "kf1.", "kf2.AAAA", "KF1.AAAA", "kf1.!"] { #expect(throws: CryptographyError.self) { try SealedBox(text: text) } }
    }

    @Test("Keys and nonces of another length are refused")
    func sizes() {
        #expect(throws: CryptographyError.self) {
            try AESGCM.seal(key: SecretKey([1]), nonce: [UInt8](repeating: 0, count: 12), plaintext: [], aad: [])
        }
        #expect(throws: CryptographyError.self) {
            try AESGCM.seal(key: SecretKey([UInt8](repeating: 1, count: 32)), nonce: [], plaintext: [], aad: [])
        }
    }

    @Test("A secret does not print itself")
    func silence() throws {
        let key = SecretKey(Array("hunter2-hunter2-hunter2-hunter2!".utf8))
        var dumped = ""
        dump(key, to: &dumped)
        let token = try LinkToken()
        dump(token, to: &dumped)
        let texts = dumped + "\(key) \(token) \(String(reflecting: key)) \(String(reflecting: token))"
        #expect(!texts.contains("hunter2"))
        #expect(!texts.contains(token.text))
    }
}
