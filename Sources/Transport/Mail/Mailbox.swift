/// Who a mail is from: an address with the name that a reader sees.
package struct Mailbox: Sendable, Hashable {
    /// Any text of one line, or empty.
    package let name: String
    package let address: MailAddress

    package init(name: String = "", address: MailAddress) throws(TransportError) {
        guard HeaderText.isOneLine(name) else { throw TransportError(.address, "the name before a mail address is not one line of text") }
        self.name = name
        self.address = address
    }

    /// Reads `Name <a@b.example>`, `"Name" <a@b.example>` or `a@b.example`.
    ///
    /// Throws `.address` when the address is not one, or the name is not one line.
    package init(parsing text: String) throws(TransportError) {
        let scalars = Array(text.unicodeScalars)
        guard scalars.last == ">", let open = scalars.lastIndex(of: "<") else {
            try self.init(address: MailAddress(parsing: text))
            return
        }
        let inner = String(String.UnicodeScalarView(scalars[(open + 1)..<(scalars.count - 1)]))
        var name = scalars[..<open]
        while name.last == " " { name.removeLast() }
        while name.first == " " { name.removeFirst() }
        if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
        try self.init(name: String(String.UnicodeScalarView(name)), address: MailAddress(parsing: inner))
    }

    /// The header's text: the name as an encoded word unless it is plain words.
    var headerText: String {
        guard !name.isEmpty else { return address.text }
        return "\(HeaderText.phrase(name)) <\(address.text)>"
    }
}
