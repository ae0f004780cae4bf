import COpenSSL

/// The certificate authorities that a chain may end at: ours alone, whatever a peer sends along.
///
/// `@unchecked Sendable`: OpenSSL locks an `X509_STORE` itself, and none is changed after `init`.
package final class TrustAnchors: @unchecked Sendable {
    let store: OpaquePointer

    /// The authorities in a PEM text, at most 512. Throws `malformed` when there are none or one cannot be read.
    package convenience init(pem text: String) throws(CryptographyError) {
        try self.init(try X509Certificate.list(pem: text, limit: 512))
    }

    package init(_ certificates: [X509Certificate]) throws(CryptographyError) {
        guard !certificates.isEmpty else { throw CryptographyError(.malformed, "there is no authority to trust") }
        guard let store = X509_STORE_new() else { throw CryptographyError(.unavailable, "no list of authorities could be made") }
        self.store = store
        defer { ERR_clear_error() }
        for certificate in certificates where X509_STORE_add_cert(store, certificate.pointer) != 1 {
            throw CryptographyError(.malformed, "an authority could not be added")
        }
    }

    /// The authorities that this machine trusts for TLS (`ca-certificates`). On a machine without them nothing is trusted.
    package static func system() throws(CryptographyError) -> TrustAnchors {
        guard let store = X509_STORE_new() else { throw CryptographyError(.unavailable, "no list of authorities could be made") }
        defer { ERR_clear_error() }
        guard X509_STORE_set_default_paths(store) == 1 else {
            X509_STORE_free(store)
            throw CryptographyError(
                .unavailable, "the system's certificate authorities cannot be found", hint: "install the package ca-certificates")
        }
        return TrustAnchors(owning: store)
    }

    private init(owning store: OpaquePointer) {
        self.store = store
    }

    deinit { X509_STORE_free(store) }
}
