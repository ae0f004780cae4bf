import Testing

@testable import Transport

@Suite("Mail messages")
struct MailMessageTests {
    static func message(
        subject: String = "Your key", messageID: String = "item-1@shop.example", headers: [HTTPField] = []
    ) throws -> MailMessage {
        try MailMessage(
            from: Mailbox(parsing: "Lantern Keys <keys@shop.example>"), to: MailAddress(parsing: "buyer@mail.example"),
            subject: subject, text: "Key: ABC\n", html: "<p>Key: ABC</p>\n", messageID: messageID, date: 1_795_264_205, language: "en",
            headers: headers)
    }

    @Test("The bytes follow from the content alone")
    func bytes() throws {
        let text = try String(decoding: Self.message().bytes, as: UTF8.self)
        #expect(
            text == """
                Date: Sat, 21 Nov 2026 12:30:05 +0000\r
                From: Lantern Keys <keys@shop.example>\r
                To: buyer@mail.example\r
                Subject: Your key\r
                Message-ID: <item-1@shop.example>\r
                MIME-Version: 1.0\r
                Auto-Submitted: auto-generated\r
                Content-Language: en\r
                Content-Type: multipart/alternative; boundary="=_908d0f23a69afc08"\r
                \r
                --=_908d0f23a69afc08\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: base64\r
                \r
                S2V5OiBBQkMNCg==\r
                --=_908d0f23a69afc08\r
                Content-Type: text/html; charset=utf-8\r
                Content-Transfer-Encoding: base64\r
                \r
                PHA+S2V5OiBBQkM8L3A+DQo=\r
                --=_908d0f23a69afc08--\r

                """)
    }

    @Test(
        "A subject that could end its line is refused",
        arguments: ["a\r\nBcc: x@y.example", "a\nb", "a\rb", "a\u{0}b", "a\u{85}b", "a\u{2028}b", "a\u{7F}b", "a\r\n b"])
    func subjects(_ subject: String) {
        #expect(throws: TransportError.self) { try Self.message(subject: subject) }
    }

    @Test(
        "An identifier that is not one is refused",
        arguments: ["", "a", "a@", "a@b>\r\nX: y", "a b@c", "<a@b>", "a@b@c", String(repeating: "a", count: 250) + "@b"])
    func identifiers(_ identifier: String) {
        #expect(throws: TransportError.self) { try Self.message(messageID: identifier) }
    }

    @Test("A header may be added, but none that ends its line or stands in for one of ours")
    func headers() throws {
        let text = try String(decoding: Self.message(headers: [HTTPField("List-Id", "orders")]).bytes, as: UTF8.self)
        #expect(text.contains("\r\nList-Id: orders\r\n"))
        for field in [
            HTTPField("Bcc", "a@b.example"), HTTPField("TO", "a@b.example"), HTTPField("X", "a\r\nY: z"), HTTPField("X\r\nY", "z"),
            HTTPField("X Y", "z"), HTTPField("", "z"), HTTPField("X", "é"),
        ] {
            #expect(throws: TransportError.self) { try Self.message(headers: [field]) }
        }
    }

    @Test("Long and foreign subjects become encoded words of at most 75 characters, none of which cuts a character")
    func encodedWords() throws {
        let subject = String(repeating: "您的密钥🔑", count: 12)
        let header = HeaderText.unstructured(subject)
        for line in header.split(separator: "\r\n ") {
            #expect(line.utf8.count <= 75)
            #expect(line.hasPrefix("=?utf-8?B?") && line.hasSuffix("?="))
        }
        #expect(HeaderText.unstructured("=?utf-8?B?eA==?=").hasPrefix("=?utf-8?B?PT"))
    }

    @Test(
        "Dates are those of the calendar",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 +0000"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 +0000"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 +0000"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000"), (-5, "Thu, 01 Jan 1970 00:00:00 +0000"),
        ] as [(Int64, String)])
    func dates(_ seconds: Int64, _ text: String) {
        #expect(MailDate.text(seconds) == text)
    }
}
