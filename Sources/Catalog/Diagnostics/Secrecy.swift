import Glibc

/// Recognises secrets that were pasted where only their name belongs, and hides them.
enum Secrecy {
    /// How the secrets of well-known services begin.
    private static let beginnings = ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", "-----BEGIN"]

    /// Whether `value` begins like a well-known secret itself.
    static func looksSecret(_ value: String) -> Bool {
        beginnings.contains { value.utf8.starts(with: $0.utf8) }
    }

    /// Whether `value` can be the name of an environment variable and does not look like random letters.
    static func isVariableName(_ value: String) -> Bool {
        guard let first = value.utf8.first, !isDigit(first), value.utf8.count <= 128, !looksSecret(value) else { return false }
        var lower = false
        var digits = false
        var underscores = false
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): lower = true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits = true
            case UInt8(ascii: "_"): underscores = true
            default: return false
            }
        }
        return !(lower && digits && !underscores && value.utf8.count >= 16)
    }

    /// `line` with dots for every word that looks like a secret, as many as it has characters: carets stay in place.
    static func masked(_ line: String) -> String {
        guard mayHoldSecret(line) else { return line }
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

    private static func mayHoldSecret(_ line: String) -> Bool {
        line.withCString { line in beginnings.contains { strstr(line, $0) != nil } }
    }

    /// `line` with dots for every occurrence of `secret`; all of it when the secret spans lines or was escaped.
    static func masked(_ line: String, hiding secret: String) -> String {
        guard !secret.isEmpty, line.contains(secret) else { return String(line.map { $0.isWhitespace ? $0 : "•" }) }
        var out = ""
        var rest = Substring(line)
        while let first = rest.first {
            if rest.hasPrefix(secret) {
                out += String(repeating: "•", count: secret.count)
                rest = rest.dropFirst(secret.count)
            } else {
                out.append(first)
                rest = rest.dropFirst()
            }
        }
        return out
    }
}
