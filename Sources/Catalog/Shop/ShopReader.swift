/// `shop.yaml` → ``Shop``.
struct ShopReader {
    static let path = "shop.yaml"
    private static let keys = [
        "name", "url", "languages", "currency", "webhook", "secrets", "mail", "gateways", "promoters", "stock", "limits", "theme",
    ]
    let report: Report

    /// - Returns: nil when the currency or a language is missing or wrong, without which no content can be read. A shop with
    ///   other mistakes (the report says which) has blanks in it and only serves to read its content.
    func read(_ node: YAMLNode) -> Shop? {
        guard let fields = Fields(node, known: Self.keys, report: report) else { return nil }
        let name = fields.text("name", required: true, hint: "what buyers call the shop")
        let url = address("url", fields, required: true, hint: "where site/ is hosted, e.g. https://shop.example")
        let languages = languages(fields)
        let currency = fields.value("currency", required: true, hint: "e.g. CNY, USD or EUR") { code throws(CatalogError) in
            try Currency(code: code)
        }
        let secrets = fields.fields("secrets", known: ["master_key_file"])
        let stock = fields.fields("stock", known: ["hold_minutes", "low"])
        let limits = fields.fields("limits", known: ["open_holds_per_address", "open_holds_per_mail", "checkouts_per_minute"])
        let webhook = webhook(fields)
        let mail = mail(fields)
        let gateways = GatewayReader(report: report).read(fields)
        let promoters = currency.map { PromoterReader(report: report, currency: $0).read(fields) }
        let theme = fields.text("theme") ?? "default"
        guard let currency, let promoters, let languages else { return nil }
        return Shop(
            name: name ?? "", url: url ?? "", languages: languages, currency: currency, webhook: webhook,
            masterKeyFile: secrets?.text("master_key_file") ?? "secrets/master.key", mail: mail, gateways: gateways, promoters: promoters,
            stock: StockPolicy(
                holdMinutes: stock?.integer("hold_minutes", 0...10_080) ?? 15, low: stock?.integer("low", 0...1_000_000) ?? 10),
            limits: CheckoutLimits(
                openHoldsPerAddress: limits?.integer("open_holds_per_address", 0...1_000_000) ?? 20,
                openHoldsPerMail: limits?.integer("open_holds_per_mail", 0...1_000_000) ?? 5,
                checkoutsPerMinute: limits?.integer("checkouts_per_minute", 0...1_000_000) ?? 60),
            theme: theme, siteFolder: "site")
    }

    /// nil when one was refused.
    private func languages(_ fields: Fields) -> [String]? {
        guard fields.has("languages") else { return ["en"] }
        var languages: [String] = []
        var refused = false
        for tag in fields.texts("languages", single: true) {
            do {
                try Language.check(tag.text)
            } catch {
                report.error(tag.mark, error)
                refused = true
                continue
            }
            if languages.contains(tag.text) {
                report.error(tag.mark, "“\(tag.text)” stands here twice")
            } else {
                languages.append(tag.text)
            }
        }
        if languages.isEmpty { report.error(fields.keyMark("languages"), "“languages” is empty", hint: "write e.g. [en, zh-CN]") }
        return refused || languages.isEmpty ? nil : languages
    }

    private func address(_ key: String, _ fields: Fields, required: Bool = false, hint: String? = nil) -> String? {
        let url = fields.value(key, required: required, hint: hint) { text throws(CatalogError) in try WebURL.base(text) }
        if let url, WebURL.isUnprotected(url), let place = fields[key]?.mark {
            report.warning(report.location(place), "http:// is not protected on its way", hint: "use https:// but on your own machine")
        }
        return url
    }

    private func webhook(_ fields: Fields) -> WebhookSettings {
        let webhook = fields.fields("webhook", known: ["url", "listen", "database", "trusted_proxies"])
        let url = webhook.flatMap { address("url", $0) } ?? "http://127.0.0.1:8080"
        var listen = HostPort("127.0.0.1:8080", defaultPort: nil)
        if let text = webhook?.scalar("listen") {
            listen = HostPort(text.text, defaultPort: nil)
            if listen == nil { report.error(text.mark, "“\(text.text)” is not a host and a port", hint: "write e.g. 127.0.0.1:8080") }
        }
        let proxies = webhook?.texts("trusted_proxies", single: true) ?? []
        for proxy in proxies where !Self.isNetwork(proxy.text) {
            report.error(proxy.mark, "“\(proxy.text)” is not an address or network", hint: "write e.g. 10.0.0.1 or 10.0.0.0/8")
        }
        return WebhookSettings(
            url: url, host: listen?.host ?? "127.0.0.1", port: listen?.port ?? 8080, database: database(webhook),
            trustedProxies: proxies.map(\.text))
    }

    private func database(_ webhook: Fields?) -> String {
        let standard = "sqlite:data/keyfront.db"
        guard let text = webhook?.scalar("database") else { return standard }
        if let password = WebURL.password(in: text.text) {
            report.error(
                text.mark, hiding: password, "a password must not stand in this file", hint: "put the whole address into KEYFRONT_DATABASE")
            return standard
        }
        let known = ["sqlite:", "postgres://", "postgresql://"]
        if !known.contains(where: { text.text.hasPrefix($0) && text.text.count > $0.count }) {
            report.error(text.mark, "this is not an address of a database", hint: "write sqlite:data/keyfront.db or postgres://host/name")
        }
        return text.text
    }

    private func mail(_ fields: Fields) -> MailSettings? {
        guard let mail = fields.fields("mail", known: ["from", "smtp", "password_file"]) else { return nil }
        let from = mail.scalar("from", required: true, hint: "e.g. \"Lantern Keys <keys@shop.example>\"")
        if let from, !from.text.contains("@") || from.text.utf8.contains(where: { $0 < 0x20 }) {
            report.error(from.mark, "“\(from.text)” is not a mail address", hint: "write e.g. \"Lantern Keys <keys@shop.example>\"")
        }
        let smtp = mail.scalar("smtp", required: true, hint: "e.g. smtps://user@mail.example:465")
        if let smtp {
            if let password = WebURL.password(in: smtp.text) {
                report.error(
                    smtp.mark, hiding: password, "a password must not stand in this file",
                    hint: "set KEYFRONT_SMTP_PASSWORD, or name a file in “password_file”")
            } else {
                do { _ = try WebURL.smtp(smtp.text) } catch { report.error(smtp.mark, error) }
            }
        }
        guard let from, let smtp else { return nil }
        return MailSettings(
            from: from.text, smtp: smtp.text, passwordFile: mail.text("password_file"), fromLocation: report.location(from.mark))
    }

    /// An IPv4 or IPv6 address, `/bits` may follow; the daemon parses it for good.
    private static func isNetwork(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = parts.first, parts.count <= 2, address.contains(".") || address.contains(":") else { return false }
        let isAddress = address.utf8.allSatisfy { isDigit($0) || ($0 | 0x20) &- 0x61 < 6 || $0 == 0x3A || $0 == 0x2E }
        guard parts.count == 2 else { return isAddress }
        return isAddress && (Int(parts[1]).map { (0...(address.contains(":") ? 128 : 32)).contains($0) } ?? false)
    }
}
