import Foundation

/// A form as a browser without scripts sees it: where it goes and what it sends.
struct PageForm {
    /// The address in `action`.
    let action: String
    /// Names and values in the order of the page: hidden fields, chosen radio buttons, inputs with a value.
    let fields: [(name: String, value: String)]
    /// The named buttons one could press.
    let buttons: [(name: String, value: String)]

    /// All forms of a page.
    static func all(in html: String) -> [PageForm] {
        html.components(separatedBy: "<form").dropFirst().compactMap { piece in
            guard let end = piece.range(of: "</form>") else { return nil }
            return PageForm(piece[..<end.lowerBound])
        }
    }

    private init?(_ source: Substring) {
        let tags = source.split(separator: "<")
        guard let opening = tags.first, let action = Self.attribute("action", of: opening) else { return nil }
        self.action = action
        var fields: [(name: String, value: String)] = []
        var buttons: [(name: String, value: String)] = []
        for tag in tags.dropFirst() {
            guard let name = Self.attribute("name", of: tag) else { continue }
            let value = Self.attribute("value", of: tag) ?? ""
            if tag.hasPrefix("button") {
                buttons.append((name, value))
            } else if tag.hasPrefix("input") {
                let isChoice = ["radio", "checkbox"].contains(Self.attribute("type", of: tag) ?? "")
                if !isChoice || Self.head(of: tag).contains("checked") { fields.append((name, value)) }
            }
        }
        self.fields = fields
        self.buttons = buttons
    }

    /// The form's body (`application/x-www-form-urlencoded`) with some fields filled in and one button pressed.
    func body(filling values: [String: String] = [:], pressing button: (name: String, value: String)? = nil) -> [UInt8] {
        var pairs = fields.map { ($0.name, values[$0.name] ?? $0.value) }
        if let button { pairs.append((button.name, button.value)) }
        return Array(pairs.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&").utf8)
    }

    /// The value sent under a name.
    func value(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    private static func head(of tag: Substring) -> Substring {
        tag.prefix { $0 != ">" }
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        let head = head(of: tag)
        guard let start = head.range(of: " \(name)=\"") ?? head.range(of: "\n\(name)=\"") else { return nil }
        let value = head[start.upperBound...].prefix { $0 != "\"" }
        return value.replacingOccurrences(of: "&quot;", with: "\"").replacingOccurrences(of: "&#39;", with: "'")
            .replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&amp;", with: "&")
    }

    private static func encoded(_ text: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        return text.utf8.map { plain.contains($0) ? String(UnicodeScalar($0)) : "%" + String($0, radix: 16, uppercase: true).leftPadded }
            .joined()
    }
}

extension String {
    /// Two hexadecimal digits.
    fileprivate var leftPadded: String { count < 2 ? "0" + self : self }
}
