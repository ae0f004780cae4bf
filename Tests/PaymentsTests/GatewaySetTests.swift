import Catalog
import Cryptography
import Foundation
import Payments
import Testing
import Transport

struct GatewaySetTests {
    private static let stripe: [String: GatewayAccount.Setting] = [
        "secret_key": .text("STRIPE_SECRET_KEY"), "webhook_secrets": .list(["STRIPE_WEBHOOK_SECRET"]),
    ]
    private static let good = [
        "STRIPE_SECRET_KEY": "sk_live_51Keyfront0123456789", "STRIPE_WEBHOOK_SECRET": Signer.stripeSecret,
        "PARTNER_WEBHOOK_SECRET": Signer.standardSecret,
    ]
    private static let partner: [String: GatewayAccount.Setting] = [
        "webhook_secrets": .list(["PARTNER_WEBHOOK_SECRET"]), "checkout_url": .text("https://pay.partner.example/{order}"),
    ]

    private func account(_ name: String, _ kind: String, _ settings: [String: GatewayAccount.Setting] = [:]) -> GatewayAccount {
        GatewayAccount(name: name, kind: kind, settings: settings, location: SourceLocation(path: "shop.yaml", line: 7, column: 3))
    }

    private func make(
        _ accounts: [GatewayAccount], _ environment: [String: String] = good, url: String = "http://127.0.0.1:8080",
        listen: String = "127.0.0.1",
        folder: String = "/nowhere",
        credentials: String? = nil, absence: GatewaySet.Absence = .refused
    ) throws -> GatewaySet {
        try GatewaySet(
            accounts: accounts, webhookURL: url, listenHost: listen,
            secrets: SecretSource(environment: environment, credentialsDirectory: credentials, folder: folder),
            sandboxKey: SecretKey([UInt8](0..<32)), http: .unreachable, absence: absence)
    }

    private func problems(
        _ accounts: [GatewayAccount], _ environment: [String: String] = good, url: String = "http://127.0.0.1:8080",
        listen: String = "127.0.0.1"
    )
        -> String
    {
        do {
            _ = try make(accounts, environment, url: url, listen: listen)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("Accounts with good secrets exist, in the order of the file, and no other name does")
    func accounts() throws {
        let set = try make([
            account("test", "sandbox"), account("card", "stripe", Self.stripe), account("partner", "standard", Self.partner),
        ])
        #expect(set.accounts.map(\.account) == ["test", "card", "partner"])
        #expect(set.accounts.map(\.kind) == [.sandbox, .stripe, .standard])
        #expect(set.gateway(named: "Card") == nil && set.gateway(named: "") == nil)
        #expect(set.sandbox(named: "test") != nil && set.sandbox(named: "card") == nil)
    }

    @Test(
        "A secret that is empty, blank, short or a placeholder is refused, and never shown",
        arguments: [
            "", " ", "\t\n", "whsec_", "whsec_...", "whsec_xxxxxxxxxxxxxxxxxxxxxxxx", "whsec_changeme_changeme_changeme", "changeme",
            "short",
            "whsec_your_webhook_secret", "<your secret here, please>", "${STRIPE_WEBHOOK_SECRET}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            " whsec_KeyfrontTestSecret0123456789", "whsec_KeyfrontTestSecret0123456789\n",
        ])
    func badSecrets(secret: String) {
        var environment = Self.good
        environment["STRIPE_WEBHOOK_SECRET"] = secret
        environment["PARTNER_WEBHOOK_SECRET"] = secret
        for absence in [GatewaySet.Absence.refused, .leftOut] {
            for account in [account("card", "stripe", Self.stripe), account("partner", "standard", Self.partner)] {
                let error = #expect(throws: Diagnostics.self) { try make([account], environment, absence: absence) }
                #expect(error?.all.count == 1)
                #expect(secret.utf8.count < 12 || secret.hasPrefix("${") || error?.description.contains(secret) == false)
            }
        }
    }

    @Test("A bad secret beside a good one is refused as well")
    func badInList() {
        let settings = Self.partner.merging(["webhook_secrets": .list(["PARTNER_WEBHOOK_SECRET", "OLD"])]) { $1 }
        var environment = Self.good
        environment["OLD"] = "whsec_"
        #expect(throws: Diagnostics.self) { try make([account("partner", "standard", settings)], environment) }
    }

    @Test("A secret that is nowhere stops the daemon, or leaves its account out where that is asked for")
    func absent() throws {
        let accounts = [account("test", "sandbox"), account("card", "stripe", Self.stripe)]
        #expect(
            problems(accounts, [:])
                == """
                shop.yaml:7:3: error: the secret STRIPE_SECRET_KEY is not set
                  hint: set the environment variable, or give systemd a credential of that name
                shop.yaml:7:3: error: the secret STRIPE_WEBHOOK_SECRET is not set
                  hint: set the environment variable, or give systemd a credential of that name
                """)
        let set = try make(accounts, [:], absence: .leftOut)
        #expect(set.accounts.map(\.account) == ["test"])
        #expect(set.gateway(named: "card") == nil)
        #expect(set.absent.map(\.message) == ["gateway “card” is left out: the secret STRIPE_SECRET_KEY is not set"])
    }

    @Test("A secret pasted into shop.yaml is refused without being shown")
    func pasted() {
        let settings = Self.stripe.merging(["webhook_secrets": .text(Signer.stripeSecret)]) { $1 }
        let text = problems([account("card", "stripe", settings)])
        #expect(text.contains("this is not the name of an environment variable"))
        #expect(!text.contains(Signer.stripeSecret))
    }

    @Test("Unknown kinds and settings are named with what was probably meant, all at once")
    func suggestions() {
        let typo = Self.stripe.merging(["webhook_secret": .text("X")]) { $1 }
        let text = problems([account("a", "stripes"), account("b", "bitcoin"), account("c", "stripe", typo), account("d", "standard", [:])])
        for line in [
            "“stripes” is not a kind of gateway\n  hint: did you mean “stripe”?",
            "“bitcoin” is not a kind of gateway\n  hint: known: sandbox, stripe, standard, alipay, epay",
            "unknown setting “webhook_secret” of a gateway of kind stripe\n  hint: did you mean “webhook_secrets”?",
            "a gateway of kind standard needs “webhook_secrets”", "a gateway of kind standard needs “checkout_url”",
        ] { #expect(text.contains(line)) }
    }

    @Test(
        "A sandbox exists on loopback alone",
        arguments: ["https://shop.example", "http://192.168.1.5:8080", "https://127.0.0.1.evil.example", "127.0.0.1"])
    func sandbox(url: String) {
        #expect(problems([account("test", "sandbox")], url: url).contains("a sandbox sells for nothing"))
    }

    @Test("A sandbox does not exist where the daemon listens to others", arguments: ["0.0.0.0", "::", "192.168.1.5", ""])
    func sandboxListener(host: String) {
        #expect(problems([account("test", "sandbox")], listen: host).contains("a sandbox sells for nothing"))
    }

    @Test("The secret key says which mode it is, and a flag that says otherwise is refused")
    func modes() throws {
        var environment = Self.good
        environment["STRIPE_SECRET_KEY"] = "sk_test_51Keyfront0123456789"
        let set = try make([account("card", "stripe", Self.stripe)], environment)
        let test = Signer.stripe(Signer.event("checkout.session.completed", Signer.session(), livemode: "false"))
        #expect(set.gateway(named: "card")?.judge(test, now: Signer.now).fact?.kind == .paid)
        let contrary = Self.stripe.merging(["test_mode": .bool(false)]) { $1 }
        #expect(problems([account("card", "stripe", contrary)], environment).contains("“test_mode” is false"))
        for key in [
            "", "pk_live_51Keyfront0123456789", "sk_live_...", "whsec_KeyfrontTestSecret0123456789", "sk_live_51Keyfront 0123456789",
        ] {
            environment["STRIPE_SECRET_KEY"] = key
            #expect(!problems([account("card", "stripe", Self.stripe)], environment).isEmpty)
        }
    }

    @Test("Secrets come from a file of one's own, a line each, or from systemd's credentials; a file that others may read is refused")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let other = "whsec_" + Base64.encode([UInt8](60..<100))
        try PrivateFile.create(folder + "/partner.secrets", Array("\(other)\n\n\(Signer.standardSecret)\n".utf8))
        try PrivateFile.create(folder + "/PARTNER_WEBHOOK_SECRET", Array("\(Signer.standardSecret)\n".utf8))
        let fromFile = Self.partner.filter { $0.key == "checkout_url" }.merging(["webhook_secrets_file": .text("partner.secrets")]) { $1 }
        let notice = Signer.standard(Signer.payload("payment.paid", Signer.paidData))
        let file = try make([account("partner", "standard", fromFile)], [:], folder: folder)
        #expect(file.gateway(named: "partner")?.judge(notice, now: Signer.now).fact != nil)
        let credential = try make([account("partner", "standard", Self.partner)], [:], credentials: folder)
        #expect(credential.gateway(named: "partner")?.judge(notice, now: Signer.now).fact != nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder + "/partner.secrets")
        #expect(throws: Diagnostics.self) { try make([account("partner", "standard", fromFile)], [:], folder: folder) }
    }

    @Test(
        "A checkout address must be https, with the order after a fixed host",
        arguments: [
            "http://pay.example/{order}", "https://pay.example/", "https://{order}.pay.example/", "https://pay.example/{order}/{name}",
            "https:///{order}",
            "https://user@pay.example/{order}", "javascript:alert({order})", "https://pay.example/{order} x", "",
        ])
    func checkoutAddress(text: String) {
        let settings = Self.partner.merging(["checkout_url": .text(text)]) { $1 }
        #expect(problems([account("partner", "standard", settings)]).contains("“checkout_url” is not an https address"))
    }

    @Test("The partner's address gets order, amount and currency")
    func standardCheckout() async throws {
        let settings = Self.partner.merging(["checkout_url": .text("https://pay.example/{order}?a={amount}&c={currency}")]) { $1 }
        let set = try make([account("partner", "standard", settings)])
        let gateway = try #require(set.gateway(named: "partner"))
        let session = try await gateway.createCheckout(.sample(minor: 1999, currency: "USD"))
        #expect(session == CheckoutSession(way: .redirect("https://pay.example/KF_TEST_01?a=19.99&c=USD"), gatewayReference: nil))
        let error = await #expect(throws: PaymentError.self) {
            try await gateway.query(PaymentReference(order: "KF_TEST_01", gatewayReference: nil))
        }
        #expect(error?.code == .unsupported)
    }

    @Test("A form may end up at the origins of its accounts, which need no secret to be known")
    func origins() {
        let test = Self.stripe.merging(["api": .text("http://127.0.0.1:9999"), "checkout_origins": .list(["https://pay.shop.example/x"])]) {
            $1
        }
        let accounts = [
            account("test", "sandbox"), account("card", "stripe", Self.stripe), account("stub", "stripe", test),
            account("partner", "standard", Self.partner),
            account("odd", "bitcoin"),
        ]
        let url = "http://127.0.0.1:8080"
        #expect(
            CheckoutOrigins.all(of: accounts, webhookURL: url) == [
                "http://127.0.0.1:8080", "http://127.0.0.1:9999", "https://checkout.stripe.com", "https://pay.partner.example",
                "https://pay.shop.example",
            ])
        #expect(CheckoutOrigins.origins(of: accounts, webhookURL: url).map(\.origins.count) == [1, 1, 3, 1, 0])
    }
}

extension CheckoutIntent {
    static func sample(minor: Int64, currency: String, affiliate: String? = nil, mail: String? = nil, expiresAt: Int64 = 1_800_000_900)
        throws -> CheckoutIntent
    {
        CheckoutIntent(
            order: "KF_TEST_01", amount: Money(minor: minor, currency: try Currency(code: currency)), description: "年度会员 C++ & more",
            language: "zh-CN", buyerMail: mail, affiliate: affiliate, returnURL: "https://shop.example/orders/abc?x=1&y=2",
            notifyURL: "https://shop.example/notify/card", createdAt: 1_800_000_000, expiresAt: expiresAt)
    }
}
