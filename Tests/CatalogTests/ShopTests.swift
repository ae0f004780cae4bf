import Testing

@testable import Catalog

@Suite("shop.yaml")
struct ShopTests {
    @Test("Every key is read")
    func everything() throws {
        let shop = try load([
            "shop.yaml": """
            name: Lantern Keys
            url: https://shop.example/
            languages: [en, zh-CN]
            currency: CNY
            webhook:
              url: https://pay.shop.example
              listen: "[::1]:9000"
              database: postgres://db.example/keys
              trusted_proxies: [10.0.0.0/8, "::1"]
            secrets: {master_key_file: /etc/keys/master.key}
            mail: {from: "Lantern Keys <keys@shop.example>", smtp: "smtps://user@mail.example:465", password_file: secrets/smtp}
            gateways:
              test: {kind: sandbox}
              card: {kind: stripe, secret_key: STRIPE_SECRET_KEY, webhook_secrets: [STRIPE_WEBHOOK_SECRET], test_mode: true, note: "true"}
            promoters: {levels: ["10%", "5%"], hold_days: 14, minimum_payout: "50.00", binding: "window:30d", pages: full}
            stock: {hold_minutes: 20, low: 3}
            limits: {open_holds_per_address: 0, open_holds_per_mail: 1, checkouts_per_minute: 2}
            theme: night
            """
        ]).shop
        #expect(shop.name == "Lantern Keys" && shop.url == "https://shop.example" && shop.defaultLanguage == "en")
        #expect(
            shop.webhook
                == WebhookSettings(
                    url: "https://pay.shop.example", host: "::1", port: 9000, database: "postgres://db.example/keys",
                    trustedProxies: ["10.0.0.0/8", "::1"]))
        #expect(shop.masterKeyFile == "/etc/keys/master.key" && shop.theme == "night" && shop.siteFolder == "site")
        #expect(shop.mail?.smtp == "smtps://user@mail.example:465" && shop.mail?.passwordFile == "secrets/smtp")
        #expect(shop.gateways.map(\.name) == ["test", "card"] && shop.gateways.map(\.kind) == ["sandbox", "stripe"])
        let card = try #require(shop.gateways.last)
        #expect(
            card.settings["webhook_secrets"] == .list(["STRIPE_WEBHOOK_SECRET"])
                && card.settings["secret_key"] == .text("STRIPE_SECRET_KEY"))
        #expect(card.settings["test_mode"] == .bool(true) && card.settings["note"] == .text("true") && card.settings["kind"] == nil)
        #expect(shop.promoters.levels.map(\.basisPoints) == [1000, 500] && shop.promoters.binding == .window(days: 30))
        #expect(shop.promoters.minimumPayout.minor == 5000 && shop.promoters.pages == .full && shop.promoters.holdDays == 14)
        #expect(shop.stock == StockPolicy(holdMinutes: 20, low: 3))
        #expect(shop.limits == CheckoutLimits(openHoldsPerAddress: 0, openHoldsPerMail: 1, checkoutsPerMinute: 2))
    }

    @Test("A gateway's mistakes can be said at their place")
    func gatewayDiagnostic() throws {
        let shop = try load(["shop.yaml": plainShop + "gateways:\n  card: {kind: strip}\n"]).shop
        let account = try #require(shop.gateways.first)
        #expect(
            account.diagnostic("unknown kind", setting: "kind", hint: "did you mean “stripe”?").description == """
                shop.yaml:7:16: error: unknown kind
                    card: {kind: strip}
                                 ^
                  hint: did you mean “stripe”?
                """)
    }

    @Test(
        "A secret that was pasted into the file is never shown",
        arguments: [
            "secret_key: sk_live_51HabcdefSECRET", "webhook_secrets: [whsec_SECRETSECRET]", "api_token: abcdefabcdef0123SECRET",
            "password: \"p w SECRET\"",
            "merchant_key: 0123SECRET", "secret_key: |\n      -----BEGIN PRIVATE KEY-----\n      SECRET", "note: sk_live_SECRET",
        ])
    func secrets(_ setting: String) throws {
        let text = try #require(complaint(["shop.yaml": plainShop + "gateways:\n  card:\n    kind: stripe\n    \(setting)\n"]))
        #expect(text.contains("a secret must not stand in this file"))
        #expect(!text.contains("SECRET\n") && !text.contains("SECRET\"") && !text.contains("SECRET]") && !text.contains("SECRETSECRET"))
    }

    @Test(
        "Passwords in addresses are never shown",
        arguments: [
            "mail: {from: a@b.example, smtp: \"smtp://u:hunter2@h:25\"}", "webhook: {database: \"postgresql://u:hunter2@h/x?a=b\"}",
        ])
    func passwords(_ line: String) throws {
        let text = try #require(complaint(["shop.yaml": plainShop + line + "\n"]))
        #expect(text.contains("a password must not stand in this file") && !text.contains("hunter2"))
    }

    @Test("Without the section nobody is promised a commission")
    func noPromoters() throws {
        let shop = try load(["shop.yaml": "name: L\nurl: https://l.example\ncurrency: JPY\n"]).shop
        #expect(shop.promoters.levels.isEmpty && shop.promoters.pages == .none && shop.languages == ["en"])
    }
}
