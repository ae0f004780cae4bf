import Testing

@testable import Transport

@Suite("Mail addresses")
struct MailAddressTests {
    @Test(
        "Plain addresses are taken as they are",
        arguments: [
            "a@b.example", "first.last+tag@mail.shop.example", "o'neil@b.example", "x_y-z@xn--fiq228c.example", "A@B.Example",
            "1@1a.co", "!#$%&'*+-/=?^_`{|}~@b.example",
        ])
    func accepted(_ text: String) throws {
        let address = try MailAddress(parsing: text)
        #expect(address.text.lowercased() == text.lowercased())
        #expect(address.normalised == text.lowercased())
    }

    @Test("The domain is lower-case, the part before the @ keeps its case, the look-up form is wholly lower-case")
    func cases() throws {
        let address = try MailAddress(parsing: "Jo.Doe@Mail.EXAMPLE")
        #expect(address.text == "Jo.Doe@mail.example")
        #expect(address.normalised == "jo.doe@mail.example")
    }

    @Test(
        "Anything that could be a second command, header or recipient is refused",
        arguments: [
            "", "@", "a", "a@", "@b.example", "a@b", "a@@b.example", "a@b.example,c@d.example", "a b@c.example", "a@b example",
            "a@b.example\r\nRCPT TO:<c@d.example>", "a@b.example\n", "\ra@b.example", "a\u{0}@b.example", "<a@b.example>", "a@b.example>",
            "\"a b\"@c.example", "\"a\"@c.example", "a@[127.0.0.1]", "a@127.0.0.1", "a@-b.example", "a@b-.example", "a@b..example",
            "a@.example", "a@b.example.", ".a@b.example", "a.@b.example", "a..b@c.example", "é@b.example", "e\u{301}@b.example",
            "a@bücher.example", "a@ｂ.example", "a;b@c.example", "a:b@c.example", "a\\b@c.example", "(c)a@b.example", "a@b_c.example",
            "a\t@b.example", "a@b.example a", "a\u{2028}@b.example",
        ])
    func refused(_ text: String) {
        #expect(throws: TransportError.self) { try MailAddress(parsing: text) }
    }

    @Test("Lengths are bounded: 64 before the @, 63 a label, 254 in all")
    func lengths() throws {
        let label = String(repeating: "a", count: 63)
        _ = try MailAddress(parsing: String(repeating: "x", count: 64) + "@b.example")
        #expect(throws: TransportError.self) { try MailAddress(parsing: String(repeating: "x", count: 65) + "@b.example") }
        _ = try MailAddress(parsing: "x@\(label).example")
        #expect(throws: TransportError.self) { try MailAddress(parsing: "x@\(label)a.example") }
        let long = "x@\(label).\(label).\(label).\(String(repeating: "b", count: 60))"
        #expect(long.utf8.count == 254)
        _ = try MailAddress(parsing: long)
        #expect(throws: TransportError.self) { try MailAddress(parsing: "x" + long) }
    }

    @Test("An address does not show itself when it is interpolated, dumped or refused")
    func masked() throws {
        let address = try MailAddress(parsing: "secret.person@b.example")
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!"\(address) \(String(reflecting: address)) \(dumped)".contains("secret"))
        let error = #expect(throws: TransportError.self) { try MailAddress(parsing: "secret person@b.example") }
        #expect(error?.description.contains("secret") == false)
    }

    @Test("A sender may have a name, quoted or not")
    func mailboxes() throws {
        #expect(try Mailbox(parsing: "Lantern Keys <keys@shop.example>").name == "Lantern Keys")
        #expect(try Mailbox(parsing: "\"Lantern, Keys\" <keys@shop.example>").name == "Lantern, Keys")
        #expect(try Mailbox(parsing: "灯笼密钥 <keys@shop.example>").name == "灯笼密钥")
        #expect(try Mailbox(parsing: "keys@shop.example").name.isEmpty)
        #expect(throws: TransportError.self) { try Mailbox(parsing: "A\r\nBcc: x@y.example <keys@shop.example>") }
        #expect(throws: TransportError.self) { try Mailbox(parsing: "A <keys@shop.example") }
        #expect(throws: TransportError.self) { try Mailbox(parsing: "A <>") }
    }
}
