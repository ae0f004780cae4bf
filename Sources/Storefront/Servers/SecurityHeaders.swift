/// The response headers that go with the pages, for whichever server or host sends them.
///
/// The content security policy is the page's own with `frame-ancestors`, which browsers do not take from a `meta` element
/// (CSP Level 3, 3.3). Strict transport security is for the shop's host alone: a shop does not speak for its neighbours.
struct SecurityHeaders: Sendable {
    /// In the order in which they are written.
    let all: [(name: String, value: String)]
    /// For files whose name says their content.
    static let immutable = "public, max-age=31536000, immutable"
    /// For everything else: kept, and asked for again each time.
    static let revalidated = "no-cache"

    /// - Parameters:
    ///   - policy: the pages' content security policy.
    ///   - isSecure: whether the shop's URL is https; else browsers must not be told to insist on it.
    init(policy: String, isSecure: Bool) {
        var all = [("Content-Security-Policy", policy + "; frame-ancestors 'none'")]
        if isSecure { all.append(("Strict-Transport-Security", "max-age=31536000")) }
        all += [
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ]
        self.all = all
    }
}
