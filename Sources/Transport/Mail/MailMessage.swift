import Foundation

/// One mail, with all that decides its bytes: equal messages have equal bytes, so a repeated mail is a copy and not a second one.
package struct MailMessage: Sendable {
    package let from: Mailbox
    package let to: MailAddress
    /// One line of any text.
    package let subject: String
    package let text: String
    /// Nil for a mail of plain text alone.
    package let html: String?
    /// `id@domain`, without angle brackets.
    package let messageID: String
    /// Unix seconds.
    package let date: Int64
    /// BCP 47 tag of both parts.
    package let language: String?
    /// More headers, after ours: printable ASCII, none of ours repeated.
    package let headers: [HTTPField]

    /// Throws `.message` when a subject, an identifier, a language or a header could end its line or be taken for another.
    package init(
        from: Mailbox, to: MailAddress, subject: String, text: String, html: String?, messageID: String, date: Int64,
        language: String? = nil, headers: [HTTPField] = []
    ) throws(TransportError) {
        guard HeaderText.isOneLine(subject) else { throw TransportError(.message, "the subject of a mail is not one line of text") }
        let parts = Array(messageID.utf8).split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, messageID.utf8.count <= 250, parts.allSatisfy(MailAddress.isDotAtom) else {
            throw TransportError(.message, "a Message-ID is not of the form id@domain")
        }
        guard language?.utf8.allSatisfy({ MailAddress.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }) ?? true else {
            throw TransportError(.message, "the language of a mail is not a language tag")
        }
        for field in headers {
            let name = String(decoding: asciiLowercased(field.name), as: UTF8.self)
            guard HTTPGrammar.isToken(field.name), HTTPGrammar.isFieldValue(field.value), field.value.utf8.count <= 900,
                !Self.reserved.contains(name)
            else {
                throw TransportError(.message, "the mail header “\(HTTPGrammar.printable(field.name))” is not one that may be added")
            }
        }
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.messageID = messageID
        self.date = date
        self.language = language
        self.headers = headers
    }

    /// The message as RFC 5322 and MIME have it: lines end in CR LF, and all of it is ASCII of short lines.
    package var bytes: [UInt8] {
        var lines = [
            "Date: \(MailDate.text(date))",
            "From: \(from.headerText)",
            "To: \(to.text)",
            "Subject: \(HeaderText.unstructured(subject))",
            "Message-ID: <\(messageID)>",
            "MIME-Version: 1.0",
            // RFC 3834: nobody's holiday notice answers it.
            "Auto-Submitted: auto-generated",
        ]
        if let language { lines.append("Content-Language: \(language)") }
        lines += headers.map { "\($0.name): \($0.value)" }
        if let html {
            let boundary = boundary
            lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""]
            lines += ["--\(boundary)"] + Self.part("text/plain", text)
            lines += ["--\(boundary)"] + Self.part("text/html", html)
            lines += ["--\(boundary)--", ""]
        } else {
            lines += Self.part("text/plain", text) + [""]
        }
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private static let reserved: Set<String> = [
        "date", "from", "to", "cc", "bcc", "sender", "subject", "message-id", "mime-version", "auto-submitted", "content-language",
        "content-type", "content-transfer-encoding", "return-path", "received",
    ]

    /// Stands in no part: a base64 line never holds "=_" (RFC 2046 §5.1.1 asks for no more than that).
    private var boundary: String {
        // FNV-1a, 64 bits: a name, not a secret.
        let digest = messageID.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "=_\(String(digest, radix: 16))"
    }

    /// A part's headers and its body in base64: no line of a body can look like SMTP's end of data, a boundary or a header.
    private static func part(_ type: String, _ body: String) -> [String] {
        let encoded = Data(canonical(body)).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        return ["Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", "", encoded]
    }

    /// Every line end as CR LF, the canonical form of text that base64 is applied to (RFC 2045 §6.8).
    private static func canonical(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 64)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 0x0A, previous != 0x0D { result.append(0x0D) }
            result.append(byte)
            previous = byte
        }
        return result
    }
}
