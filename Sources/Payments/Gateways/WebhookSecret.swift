package import Cryptography

/// One secret that a gateway signs its notices with, checked when it is taken: a blank, short or placeholder one
/// would let anybody sign.
package struct WebhookSecret: Sendable {
    package let key: SecretKey

    /// What the text of a secret means as a key.
    package enum Form: Sendable {
        /// The text itself, prefix and all: Stripe.
        case text
        /// The base64 after an optional `whsec_`, 24 to 64 bytes: Standard Webhooks.
        case base64
    }

    /// Throws `notConfigured`, never with the text, when it cannot be a secret.
    package init(_ text: String, form: Form) throws(PaymentError) {
        guard !text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }), !PlaceholderText.matches(text) else {
            throw PaymentError(
                .notConfigured, "the webhook secret is empty, a placeholder, or has blanks in it",
                hint: "copy it from the gateway's console")
        }
        let bare = text.utf8.starts(with: "whsec_".utf8) ? String(text.dropFirst(6)) : text
        switch form {
        case .text:
            guard text.utf8.count >= 16, bare.utf8.count >= 8 else {
                throw PaymentError(.notConfigured, "the webhook secret is too short to be one", hint: "copy it from the gateway's console")
            }
            key = SecretKey(Array(text.utf8))
        case .base64:
            guard let bytes = Base64.decode(bare, padding: .optional), (24...64).contains(bytes.count), Set(bytes).count >= 8 else {
                throw PaymentError(
                    .notConfigured, "the webhook secret is not the base64 of 24 to 64 random bytes, with or without whsec_ before it",
                    hint: "make one with: openssl rand -base64 32")
            }
            key = SecretKey(bytes)
        }
    }

    /// A key that we derived ourselves.
    init(derived key: SecretKey) {
        self.key = key
    }

    /// All of a rolling list. Throws when it is empty, or one of them cannot be a secret: a bad one in the list is
    /// a door as wide as a bad one alone.
    package static func list(_ texts: [String], form: Form) throws(PaymentError) -> [WebhookSecret] {
        guard !texts.isEmpty else {
            throw PaymentError(.notConfigured, "there is no webhook secret", hint: "name one under webhook_secrets")
        }
        var secrets: [WebhookSecret] = []
        for text in texts { secrets.append(try WebhookSecret(text, form: form)) }
        return secrets
    }
}
