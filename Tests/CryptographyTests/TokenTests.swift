import Cryptography
import Testing

struct TokenTests {
    private let keyring: Keyring

    init() throws {
        keyring = Keyring(master: try MasterKey(keys: [[UInt8](0..<32)]))
    }

    @Test("A referral token has 16 characters, begins with its promoter, and is recognised")
    func referral() throws {
        let token = try #require(ReferralToken(promoterID: "0123abcd", keyring: keyring))
        #expect(token.text.utf8.count == 16)
        #expect(token.text.hasPrefix("0123abcd"))
        #expect(ReferralToken.verify(token.text, keyring: keyring) == "0123abcd")
    }

    @Test("A token with any one character changed, in upper case, cut, or of another shop is nobody's")
    func tampered() throws {
        let token = try #require(ReferralToken(promoterID: "zzzz0000", keyring: keyring)).text
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        for index in token.indices {
            for character in alphabet where character != token[index] {
                var changed = token
                changed.replaceSubrange(index...index, with: String(character))
                #expect(ReferralToken.verify(changed, keyring: keyring) == nil)
            }
        }
        let stranger = Keyring(master: try MasterKey(keys: [[UInt8](50..<82)]))
        #expect(ReferralToken.verify(token, keyring: stranger) == nil)
        for text in [token.uppercased(), String(token.dropLast()), token + "0", "", "é" + token.dropFirst(2), token + "\u{301}"] {
            #expect(ReferralToken.verify(text, keyring: keyring) == nil)
        }
    }

    @Test("What is not an id gets no token", arguments: ["", "short", "ABCDEFGH", "0123456i", "012345678", "01234567\u{301}"])
    func badIDs(id: String) {
        #expect(ReferralToken(promoterID: id, keyring: keyring) == nil)
    }

    @Test("Promoter ids and link tokens come from the source that is given")
    func sources() throws {
        let fixed = RandomSource { [UInt8](repeating: 0xFF, count: $0) }
        #expect(try ReferralToken.newPromoterID(fixed) == "zzzzzzzz")
        #expect(try LinkToken(fixed).text == String(repeating: "z", count: 32))
        #expect(try LinkToken().text != LinkToken().text)
    }

    @Test("A link token is stored as its digest, and only its own form is looked up")
    func link() throws {
        let token = try LinkToken()
        #expect(token.text.utf8.count == 32)
        #expect(token.stored == Digest.sha256(Array(token.text.utf8)))
        #expect(LinkToken(presented: token.text)?.stored == token.stored)
        for text in ["", token.text.uppercased() + "x", token.text + "0", String(token.text.dropLast()), "' OR 1=1 --"] {
            #expect(LinkToken(presented: text) == nil)
        }
    }

    @Test("Changing, dropping or moving a record changes the end of the chain")
    func chain() {
        func end(_ records: [String]) -> [UInt8] {
            records.reduce(HashChain.origin) { HashChain.next(previous: $0, record: Array($1.utf8)) }
        }
        let whole = end(["a", "b", "c"])
        #expect(whole.count == 32)
        #expect(whole == end(["a", "b", "c"]))
        for other in [["a", "b"], ["a", "c", "b"], ["a", "b", "d"], ["ab", "c"], ["b", "c"], ["", "a", "b", "c"]] {
            #expect(end(other) != whole)
        }
        #expect(Hex.encode(end(["a"])) == "b55e9706ef9ecde17788816106bfa62d3220c3c2a3fadb8fc5ed8c2ebb54df6c")
    }
}
