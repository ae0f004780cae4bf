import COpenSSL

/// A certificate with those that should lead from it to an authority, as a peer hands them out in one PEM text.
package struct X509Chain: Sendable {
    /// The first of the text: whose key it is all about.
    package let leaf: X509Certificate
    /// The others. They help to find a way, and are trusted for nothing: a root among them is one more text of the peer's.
    let others: [X509Certificate]

    /// Reads PEM, at most 16 certificates. Throws `malformed` for anything else.
    package init(pem text: String) throws(CryptographyError) {
        let certificates = try X509Certificate.list(pem: text)
        guard let leaf = certificates.first else { throw CryptographyError(.malformed, "there is no certificate") }
        self.leaf = leaf
        others = Array(certificates.dropFirst())
    }

    /// Whether the chain leads to one of `anchors`, every certificate of it being valid at `now` (unix seconds), allowed
    /// to sign the next, and signed with nothing weaker than 112 bits: no SHA-1, no RSA below 2,048 bits (RFC 5280 §6).
    /// Revocation is not looked up.
    package func isTrusted(by anchors: TrustAnchors, at now: Int64) -> Bool {
        defer { ERR_clear_error() }
        guard let context = X509_STORE_CTX_new() else { return false }
        defer { X509_STORE_CTX_free(context) }
        guard let stack = keyfront_x509_stack_new() else { return false }
        defer { keyfront_x509_stack_free(stack) }
        for certificate in others {
            // The stack frees what is in it, so each gets a reference of its own.
            guard X509_up_ref(certificate.pointer) == 1 else { return false }
            guard keyfront_x509_stack_push(stack, certificate.pointer) > 0 else {
                X509_free(certificate.pointer)
                return false
            }
        }
        guard X509_STORE_CTX_init(context, anchors.store, leaf.pointer, stack) == 1,
            let parameters = X509_STORE_CTX_get0_param(context)
        else { return false }
        X509_VERIFY_PARAM_set_time(parameters, time_t(now))
        X509_VERIFY_PARAM_set_depth(parameters, 8)
        X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        return X509_verify_cert(context) == 1
    }
}
