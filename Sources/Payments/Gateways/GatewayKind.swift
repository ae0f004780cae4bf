/// The kinds of gateway that `gateways.<account>.kind` may name.
package enum GatewayKind: String, Sendable, CaseIterable {
    case sandbox, stripe, standard

    /// What may stand beside `kind`.
    package var requirements: [GatewaySetting] {
        switch self {
        case .sandbox: []
        case .stripe:
            [
                .init("secret_key", .secret, required: true), .init("webhook_secrets", .secrets, required: true),
                .init("test_mode", .flag), .init("api", .address), .init("checkout_origins", .addresses),
            ]
        case .standard: [.init("webhook_secrets", .secrets, required: true), .init("checkout_url", .address, required: true)]
        }
    }

    /// The names of the settings, in their order; a secret may come from a file as well.
    package var settingNames: [String] {
        requirements.flatMap { $0.form == .secret || $0.form == .secrets ? [$0.name, "\($0.name)_file"] : [$0.name] }
    }
}

/// One setting of a kind.
package struct GatewaySetting: Sendable, Equatable {
    package enum Form: Sendable {
        /// The name of an environment variable, or of a file (`…_file`).
        case secret
        /// Several of them: old and new while a secret is rolled. A file has one a line.
        case secrets
        case flag, address, addresses
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
