/// What `shop.yaml` says, checked; defaults stand where it is silent.
package struct Shop: Sendable {
    package let name: String
    /// Where `site/` is hosted: `http(s)://…`, no query, no slash at the end.
    package let url: String
    /// Tags of BCP 47, at least one; the first is the default.
    package let languages: [String]
    package let currency: Currency
    package let webhook: WebhookSettings
    /// Relative to the shop folder, or absolute.
    package let masterKeyFile: String
    /// nil when the shop sends no mail.
    package let mail: MailSettings?
    /// In the order of the file.
    package let gateways: [GatewayAccount]
    package let promoters: PromoterTerms
    package let stock: StockPolicy
    package let limits: CheckoutLimits
    /// Name of the theme: `default`, or a folder of `themes/` that lies over `templates/`.
    package let theme: String
    /// Where the site is written, relative to the shop folder.
    package let siteFolder: String

    package var defaultLanguage: String { languages.first ?? "en" }
}

/// `webhook:` where the daemon listens and is reached.
package struct WebhookSettings: Hashable, Sendable {
    /// Where buyers and gateways reach it: `http(s)://…`, no query, no slash at the end.
    package let url: String
    package let host: String
    package let port: Int
    /// `sqlite:path` (relative to the shop folder) or `postgres://…`.
    package let database: String
    /// Addresses or networks whose forwarding headers are believed.
    package let trustedProxies: [String]
}

/// `mail:` who sends, and through which server.
package struct MailSettings: Hashable, Sendable {
    /// `Name <address>` or a bare address, as written; Transport parses it strictly.
    package let from: String
    /// `smtp://host:port` or `smtps://user@host:port`; never with a password in it.
    package let smtp: String
    /// File with the password, relative to the shop folder.
    package let passwordFile: String?
    package let fromLocation: SourceLocation
}

/// `stock:` for every product.
package struct StockPolicy: Hashable, Sendable {
    /// How long an unpaid order keeps its keys; 0: it keeps none, and who pays first is served first.
    package let holdMinutes: Int
    /// Alert below this many keys; a product may say otherwise.
    package let low: Int
}

/// `limits:` against flooding; 0 means none.
package struct CheckoutLimits: Hashable, Sendable {
    package let openHoldsPerAddress: Int
    package let openHoldsPerMail: Int
    package let checkoutsPerMinute: Int
}
