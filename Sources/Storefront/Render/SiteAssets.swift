import Catalog
import Templates

/// The parts of a page's head that are the same on every page.
struct SiteAssets: Sendable {
    /// `{url, integrity}` of the style sheet.
    let css: Value
    let scripts: Value
    /// The favicon's URL, or an empty text.
    let icon: String
    /// The content security policy (CSP Level 3) that the page carries in a `meta` element.
    let policy: String

    init(_ assets: ThemeAssets, shop: Shop, paymentOrigins: [String]) {
        func value(_ asset: Asset) -> Value { .record([Name.url: .text(asset.url), Name.integrity: .text(asset.integrity)]) }
        css = assets["style.css"].map(value) ?? .record([Name.url: "", Name.integrity: ""])
        scripts = .list(["referral.js", "search.js"].compactMap { assets[$0] }.map(value))
        icon = (assets["favicon.svg"] ?? assets["favicon.ico"])?.url ?? ""
        policy = Self.policy(webhook: shop.webhook.url, paymentOrigins: paymentOrigins)
    }

    /// Everything is forbidden but our own files; forms go to the daemon, and on to where it sends
    /// buyers to pay (browsers apply `form-action` to the redirect as well).
    static func policy(webhook: String, paymentOrigins: [String]) -> String {
        let daemon = originOf(webhook).map { [$0] } ?? []
        let pay = Set(paymentOrigins.compactMap(originOf)).subtracting(daemon).sorted()
        return [
            "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "media-src 'self'", "font-src 'self'", "script-src 'self'",
            "connect-src " + (["'self'"] + daemon).joined(separator: " "),
            "form-action " + (["'self'"] + daemon + pay).joined(separator: " "),
            "base-uri 'none'",
        ].joined(separator: "; ")
    }
}
