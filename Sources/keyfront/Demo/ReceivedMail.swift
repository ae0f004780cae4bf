import Foundation

/// A mail as the demo's server received it, opened: RFC 5322 headers, RFC 2046 parts, RFC 2047 words.
struct ReceivedMail: Sendable {
    /// The envelope's recipient.
    let recipient: String
    /// The decoded subject.
    let subject: String
    /// The Message-ID with its angle brackets.
    let messageID: String
    /// The text part, decoded.
    let text: String
    /// The HTML part, decoded.
    let html: String

    /// Opens a message with LF line ends.
    init(recipient: String, data: [UInt8]) {
        self.recipient = recipient
        let message = MailPart(String(decoding: data, as: UTF8.self))
        subject = Self.decodeWords(message.header("subject"))
        messageID = message.header("message-id")
        let parts = message.parts
        text = parts.first { $0.type.hasPrefix("text/plain") }?.decoded ?? ""
        html = parts.first { $0.type.hasPrefix("text/html") }?.decoded ?? ""
    }

    /// Joins the encoded words of a header (`=?utf-8?B?…?=`), the white space between two of them dropped.
    private static func decodeWords(_ header: String) -> String {
        var bytes: [UInt8] = []
        var lastWasEncoded = false
        for word in header.split(separator: " ") {
            let fields = word.split(separator: "?", omittingEmptySubsequences: false)
            if fields.count == 5, fields[0] == "=", fields[2].lowercased() == "b", let data = Data(base64Encoded: String(fields[3])) {
                if !lastWasEncoded, !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
                bytes.append(contentsOf: data)
                lastWasEncoded = true
            } else {
                if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
                bytes.append(contentsOf: word.utf8)
                lastWasEncoded = false
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// One MIME part: its headers and its body, still encoded.
private struct MailPart {
    private var headers: [(name: String, value: String)] = []
    private let body: Substring

    init(_ source: String) {
        let end = source.range(of: "\n\n")
        body = end.map { source[$0.upperBound...] } ?? ""
        for line in source[..<(end?.lowerBound ?? source.endIndex)].split(separator: "\n") {
            if line.first == " " || line.first == "\t", !headers.isEmpty {
                headers[headers.count - 1].value += " " + line.drop { $0 == " " || $0 == "\t" }
            } else if let colon = line.firstIndex(of: ":") {
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                headers.append((line[..<colon].lowercased(), String(value)))
            }
        }
    }

    func header(_ name: String) -> String {
        headers.first { $0.name == name }?.value ?? ""
    }

    var type: String { header("content-type").lowercased() }

    /// The part itself, or, for a multipart, those between its boundaries.
    var parts: [MailPart] {
        let value = header("content-type")
        guard type.hasPrefix("multipart/"), let mark = value.range(of: "boundary=") else { return [self] }
        let boundary = value[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        return body.components(separatedBy: "--" + boundary).dropFirst()
            .filter { !$0.hasPrefix("--") }
            .flatMap { MailPart(String($0.drop { $0 == "\n" })).parts }
    }

    var decoded: String {
        guard header("content-transfer-encoding").lowercased() == "base64" else { return String(body) }
        let compact = body.filter { !$0.isWhitespace }
        return Data(base64Encoded: compact).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
