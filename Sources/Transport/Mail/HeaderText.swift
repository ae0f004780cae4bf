import Foundation

/// Text in a mail header: what may stand there as it is, and RFC 2047 encoded words for everything else.
enum HeaderText {
    /// No control characters, and none of Unicode's own line separators: such text cannot end a header line.
    static func isOneLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{2028}" && $0 != "\u{2029}" }
    }

    /// Unstructured text (a subject).
    static func unstructured(_ text: String) -> String {
        let isPlain = text.utf8.count <= 60 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !containsEncodedWordStart(text)
        return isPlain && text.utf8.first != 0x20 && text.utf8.last != 0x20 ? text : encodedWords(text)
    }

    /// A phrase (the name in front of an address): plain words of letters, digits and spaces, or encoded words.
    static func phrase(_ text: String) -> String {
        let isPlain =
            text.utf8.count <= 60 && text.utf8.allSatisfy { MailAddress.isAlphanumeric($0) || $0 == 0x20 || $0 == UInt8(ascii: "-") }
        return isPlain ? text : encodedWords(text)
    }

    /// Base64 encoded words of at most 75 characters on lines of their own. No character is cut in two (RFC 2047 §5).
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var chunk: [UInt8] = []
        func flush() {
            words.append("=?utf-8?B?\(Data(chunk).base64EncodedString())?=")
            chunk = []
        }
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 39 bytes are 52 characters of base64, 64 with the frame, 73 behind "Subject: ".
            if chunk.count + bytes.count > 39 { flush() }
            chunk += bytes
        }
        if !chunk.isEmpty { flush() }
        return words.joined(separator: "\r\n ")
    }

    private static func containsEncodedWordStart(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "=") && $1 == UInt8(ascii: "?") }
    }
}
