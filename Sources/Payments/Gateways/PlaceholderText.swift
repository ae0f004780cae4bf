/// Recognises texts that stand where a secret should: they come from examples and are known to everybody.
enum PlaceholderText {
    /// Whether a text cannot be a secret: blank, one character again and again, or an example's stand-in. Short common
    /// words count only for secrets that keep forgers out; a key that merely opens an account is its gateway's to judge.
    static func matches(_ text: String, alsoWords: Bool = true) -> Bool {
        let lower = text.lowercased()
        var body = lower
        for prefix in ["whsec_", "sk_live_", "sk_test_", "rk_live_", "rk_test_"] where lower.hasPrefix(prefix) {
            body = String(lower.dropFirst(prefix.utf8.count))
        }
        let letters = body.utf8.filter { Field.isWord($0) }
        let bare = String(decoding: letters, as: UTF8.self)
        if Set(letters).count < 2 || (alsoWords && words.contains(bare)) { return true }
        if lower.hasPrefix("<") || lower.hasPrefix("${") || lower.hasPrefix("{{") { return true }
        return fragments.contains { bare.contains($0) }
    }

    private static let words: Set<String> = [
        "secret", "mysecret", "yoursecret", "webhooksecret", "yourwebhooksecret", "webhookid", "password", "test", "todo", "none", "null",
        "example", "dummy", "undefined", "foobar", "abc", "123", "1234", "12345", "123456", "12345678", "123456789", "1234567890",
    ]
    private static let fragments = [
        "changeme", "changethis", "placeholder", "replaceme", "replacethis", "yoursecret", "insertyour", "xxxxxx",
        // The token in epusdt's own documents.
        "epusdtpassword",
    ]
}
