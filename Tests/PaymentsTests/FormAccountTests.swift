import Catalog
import Cryptography
import Foundation
import Payments
import Testing

/// The settings of Alipay and EPay accounts in `shop.yaml`.
struct FormAccountTests {
    private func problems(
        _ kind: String, _ settings: [String: GatewayAccount.Setting], _ environment: [String: String] = FormSigner.environment,
        folder: String = "/nowhere"
    ) -> String {
        do {
            _ = try FormSigner.set([FormSigner.account("a", kind, settings)], environment: environment, folder: folder)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("Good settings make an account, and each missing one is named")
    func required() {
        #expect(problems("alipay", FormSigner.alipaySettings).isEmpty)
        #expect(problems("epay", FormSigner.epaySettings).isEmpty)
        #expect(problems("epay", FormSigner.epayRSASettings).isEmpty)
        for (kind, settings) in [
            ("alipay", FormSigner.alipaySettings), ("epay", FormSigner.epaySettings), ("epay", FormSigner.epayRSASettings),
        ] {
            for name in settings.keys where name != "version" {
                #expect(problems(kind, settings.filter { $0.key != name }).contains("needs “\(name)”"), "\(kind) \(name)")
            }
        }
    }

    @Test("An RSA key that is none, the wrong half, or another's is refused without being shown")
    func keys() throws {
        for bad in ["", " ", "x", "changeme", RSAKeys.merchantPublic, String(RSAKeys.merchantPrivate.dropLast(4))] {
            let text = problems("alipay", FormSigner.alipaySettings, FormSigner.environment.merging(["MERCHANT_KEY": bad]) { $1 })
            #expect(text.contains("“app_private_key”"), "\(bad.prefix(20))")
            #expect(bad.utf8.count < 20 || !text.contains(bad.prefix(20)))
        }
        for bad in ["", "x", RSAKeys.merchantPrivate] {
            let environment = FormSigner.environment.merging(["GATEWAY_KEY": bad]) { $1 }
            #expect(problems("alipay", FormSigner.alipaySettings, environment).contains("“alipay_public_key”"))
            #expect(problems("epay", FormSigner.epayRSASettings, environment).contains("“platform_public_key”"))
        }
        let two = FormSigner.alipaySettings.merging(["app_private_key": .list(["MERCHANT_KEY", "MERCHANT_KEY"])]) { $1 }
        #expect(problems("alipay", two).contains("“app_private_key” holds more than one key"))
    }

    @Test("Keys may be in files: PEM over many lines, several public ones after each other, bare base64 in lines")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func lines(_ text: String) -> String {
            stride(from: 0, to: text.count, by: 64).map { String(text.dropFirst($0).prefix(64)) }.joined(separator: "\n")
        }
        func pem(_ text: String, _ label: String) -> String { "-----BEGIN \(label)-----\n\(lines(text))\n-----END \(label)-----\n" }
        let both = pem(RSAKeys.merchantPublic, "PUBLIC KEY") + pem(RSAKeys.gatewayPublic, "PUBLIC KEY")
        try PrivateFile.create(folder + "/app.pem", Array(pem(RSAKeys.merchantPrivate, "PRIVATE KEY").utf8))
        try PrivateFile.create(folder + "/bare", Array(lines(RSAKeys.merchantPrivate).utf8))
        try PrivateFile.create(folder + "/gateway.pem", Array(both.utf8))
        for file in ["app.pem", "bare"] {
            let settings: [String: GatewayAccount.Setting] = [
                "app_id": .text(FormSigner.appID), "seller_id": .text(FormSigner.sellerID), "app_private_key_file": .text(file),
                "alipay_public_key_file": .text("gateway.pem"),
            ]
            let set = try FormSigner.set([FormSigner.account("a", "alipay", settings)], environment: [:], folder: folder)
            #expect(set.gateway(named: "a")?.judge(FormSigner.post(FormSigner.alipayForm()), now: Signer.now).fact?.kind == .paid)
        }
    }

    @Test(
        "An EPay key that is blank, short or a placeholder is refused",
        arguments: ["", " ", "key", "12345678", "changeme", "aaaaaaaaaaaaaaaa", "your_secret_key_here"])
    func weak(key: String) {
        #expect(!problems("epay", FormSigner.epaySettings, ["EPAY_KEY": key]).isEmpty)
    }

    @Test("Keys of the other generation, odd words, addresses and ids are refused")
    func odd() {
        for (kind, base, more, message) in [
            ("epay", FormSigner.epaySettings, ["platform_public_key": .text("GATEWAY_KEY")], "“platform_public_key” is not for version v1"),
            ("epay", FormSigner.epayRSASettings, ["key": .text("EPAY_KEY")], "“key” is not for version v2"),
            ("epay", FormSigner.epaySettings, ["version": .text("2")], "“version” is none of v1, v2\n  hint: did you mean “v2”?"),
            ("epay", FormSigner.epaySettings, ["base_url": .text("http://pay.example/")], "“base_url” is not an https address"),
            (
                "epay", FormSigner.epaySettings, ["base_url": .text("https://pay.example/?a=1")],
                "“base_url” is more than the address of a site"
            ),
            ("epay", FormSigner.epaySettings, ["pid": .text("10 01")], "“pid” is not an id"),
            ("epay", FormSigner.epaySettings, ["checkout_origins": .list(["pay.example"])], "“checkout_origins” holds something"),
            ("alipay", FormSigner.alipaySettings, ["page": .text("mobile")], "“page” is none of computer, phone"),
            ("alipay", FormSigner.alipaySettings, ["app_id": .text("your_app_id_placeholder")], "“app_id” is not an id"),
            ("alipay", FormSigner.alipaySettings, ["test_mode": .text("yes")], "“test_mode” is neither true nor false"),
            ("alipay", FormSigner.alipaySettings, ["api": .text("http://openapi.alipay.com/")], "“api” is not an https address"),
        ] as [(String, [String: GatewayAccount.Setting], [String: GatewayAccount.Setting], String)] {
            #expect(problems(kind, base.merging(more) { $1 }).contains(message), "\(message)")
        }
    }

    @Test("A buy form may end up where Alipay and the site send it on to")
    func origins() {
        let url = "https://shop.example"
        func all(_ kind: String, _ settings: [String: GatewayAccount.Setting]) -> [String] {
            CheckoutOrigins.all(of: [FormSigner.account("a", kind, settings)], webhookURL: url)
        }
        #expect(
            all("alipay", FormSigner.alipaySettings) == [
                "https://excashier.alipay.com", "https://mclient.alipay.com", "https://openapi.alipay.com",
                "https://unitradeadapter.alipay.com",
            ])
        #expect(all("alipay", ["test_mode": .bool(true)]).contains("https://openapi-sandbox.dl.alipaydev.com"))
        #expect(all("alipay", ["api": .text("http://127.0.0.1:9/gateway.do")]) == ["http://127.0.0.1:9"])
        #expect(
            all("epay", FormSigner.epaySettings.merging(["checkout_origins": .list(["https://cashier.example/x"])]) { $1 }) == [
                "https://cashier.example", "https://pay.example",
            ])
        #expect(all("epay", [:]).isEmpty)
    }
}
