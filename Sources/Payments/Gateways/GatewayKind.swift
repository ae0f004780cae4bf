/// The kinds of gateway that `gateways.<account>.kind` may name.
package enum GatewayKind: String, Sendable, CaseIterable {
    case sandbox, stripe, standard, alipay, epay, wechat, paypal, paddle, lemonsqueezy, btcpay, nowpayments, tokenpay, epusdt

    /// What may stand beside `kind`.
    package var requirements: [GatewaySetting] {
        switch self {
        case .sandbox: []
        case .stripe:
            [
                .init("secret_key", .secret, required: true), .init("webhook_secrets", .secrets, required: true),
                .init("test_mode", .flag), .init("payment_links", .links), .init("api", .address), .init("checkout_origins", .addresses),
            ]
        case .standard: [.init("webhook_secrets", .secrets, required: true), .init("checkout_url", .address, required: true)]
        case .alipay:
            [
                .init("app_id", .text, required: true), .init("seller_id", .text, required: true),
                .init("app_private_key", .key, required: true), .init("alipay_public_key", .key, required: true),
                .init("page", .text), .init("test_mode", .flag), .init("api", .address), .init("checkout_origins", .addresses),
            ]
        case .epay:
            [
                .init("base_url", .address, required: true), .init("pid", .text, required: true), .init("version", .text),
                .init("key", .secrets), .init("merchant_private_key", .key), .init("platform_public_key", .key), .init("type", .text),
                .init("server_side", .flag), .init("checkout_origins", .addresses),
            ]
        case .wechat:
            [
                .init("mchid", .text, required: true), .init("appid", .text, required: true),
                .init("merchant_serial", .text, required: true), .init("merchant_key", .key, required: true),
                .init("api_v3_key", .secret, required: true), .init("public_key_id", .text), .init("public_key", .key),
                .init("platform_certificates", .key), .init("scene", .text),
                .init("app_secret", .secret), .init("complaints", .flag), .init("api", .address),
            ]
        case .paypal:
            [
                .init("client_id", .text, required: true), .init("client_secret", .secret, required: true),
                .init("webhook_id", .text, required: true), .init("test_mode", .flag), .init("trust_anchors", .key), .init("api", .address),
            ]
        case .paddle: PaddleGateway.requirements
        case .lemonsqueezy: LemonSqueezyGateway.requirements
        case .btcpay: BTCPayGateway.requirements
        case .nowpayments: NOWPaymentsGateway.requirements
        case .tokenpay: TokenPayGateway.requirements
        case .epusdt: EpusdtGateway.requirements
        }
    }

    /// The names of the settings, in their order; a secret may come from a file as well.
    package var settingNames: [String] {
        requirements.flatMap { $0.form.isSecret ? [$0.name, "\($0.name)_file"] : [$0.name] }
    }
}

/// One setting of a kind.
package struct GatewaySetting: Sendable, Equatable {
    package enum Form: Sendable {
        /// The name of an environment variable, or of a file (`…_file`).
        case secret
        /// Several of them: old and new while a secret is rolled. A file has one a line.
        case secrets
        /// An RSA key, named like a secret. A file holds it whole.
        case key
        case flag, address, addresses
        /// A set of keys: an address for each SKU.
        case links
        /// A word or an id, written as it is.
        case text

        /// Whether `shop.yaml` has a name in its place.
        var isSecret: Bool { self == .secret || self == .secrets || self == .key }
    }

    package let name: String
    package let form: Form
    package let required: Bool

    init(_ name: String, _ form: Form, required: Bool = false) {
        self.name = name
        self.form = form
        self.required = required
    }
}
