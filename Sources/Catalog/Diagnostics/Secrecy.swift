/// Recognises secrets that were pasted where only their name belongs, and hides them.
enum Secrecy {
    /// How the secrets of well-known services begin.
    private static let beginnings = ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", "-----BEGIN"]

    /// Whether `value` begins like a secret itself.
    static func looksSecret(_ value: String) -> Bool {
        beginnings.contains { value.utf8.starts(with: $0.utf8) }
    }

    /// `line` with every word that looks like a secret replaced by as many dots, so that carets stay in place.
    static func masked(_ line: String) -> String {
        guard beginnings.contains(where: { line.contains($0) }) else { return line }
        var out = ""
        var rest = Substring(line)
        while let first = rest.first {
            if beginnings.contains(where: { rest.hasPrefix($0) }) {
                let word = rest.prefix { !$0.isWhitespace && !"\"',]}".contains($0) }
                out += String(repeating: "•", count: word.count)
                rest = rest.dropFirst(word.count)
            } else {
                out.append(first)
                rest = rest.dropFirst()
            }
        }
        return out
    }
}
