import Cryptography
import Testing

struct EncodingTests {
    @Test(
        "The vectors of RFC 4648 §10 come out both ways",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func base64(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
        let bare = encoded.filter { $0 != "=" }
        #expect(Base64.decode(bare, padding: .optional) == Array(plain.utf8))
    }

    @Test(
        "Base64 with any oddity is refused",
        arguments: [
            "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v=", "Z", "=", "====", "Zm9v\n", " Zm9v", "Zm-v", "Zm_v", "Zm9vYg==Zm9v",
            "Zg==\u{301}",
        ])
    func oddBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("Missing padding is tolerated only when all of it is missing", arguments: ["Zg=", "Zh", "Z", "Zm9v=", "Zg==="])
    func optionalPadding(text: String) {
        #expect(Base64.decode(text, padding: .optional) == nil)
    }

    @Test("Hexadecimal is read in either case, and nothing else is")
    func hex() {
        #expect(Hex.encode([0x00, 0x9F, 0xFF]) == "009fff")
        #expect(Hex.decode("009fFF") == [0x00, 0x9F, 0xFF])
        #expect(Hex.decode("") == [])
        for text in ["0", "0g", "0x", " 00", "00 ", "é"] { #expect(Hex.decode(text) == nil) }
    }

    @Test("Every length of bytes survives base 32, which has one spelling")
    func base32() throws {
        for length in 0...40 {
            let bytes = try Random.bytes(length)
            let text = Base32Crockford.encode(bytes)
            #expect(text.utf8.count == (length * 8 + 4) / 5)
            #expect(Base32Crockford.decode(text) == bytes)
        }
        #expect(Base32Crockford.encode([0xFF, 0, 0xFF]) == "zw0fy")
        for text in ["ZW0FY", "zw0fi", "zw0fl", "zw0fo", "zw0fu", "zw0fz", "z", "zw0", "zw0fy "] {
            #expect(Base32Crockford.decode(text) == nil)
        }
    }
}
