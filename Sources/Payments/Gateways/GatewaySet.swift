package import Catalog
package import Cryptography
package import Transport

/// Every account that may take payments: all of them with good secrets, or there is no set.
package struct GatewaySet: Sendable {
    /// What becomes of an account whose secrets are nowhere to be found (a blank or placeholder one is always refused).
    package enum Absence: Sendable {
        /// A mistake: the daemon does not start.
        case refused
        /// The account does not exist: no route, no button. For the demonstration and for checks.
        case leftOut
    }

    /// In the order of `shop.yaml`.
    package let accounts: [any Gateway]
    /// One warning for each account that was left out.
    package let absent: [Diagnostic]

    /// Makes every account. Throws all mistakes of all accounts at once, none with a secret in it.
    ///
    /// - Parameters:
    ///   - webhookURL: where gateways and buyers reach the daemon.
    ///   - listenHost: the host that the daemon listens on. A sandbox exists only if both are loopback.
    ///   - secrets: where the named secrets are.
    ///   - sandboxKey: what the sandbox derives its signing keys from: the keyring's sub-key `sandbox`.
    ///   - now: the clock that calls to gateways are stamped with, unix seconds.
    package init(
        accounts: [GatewayAccount], webhookURL: String, listenHost: String, secrets: SecretSource, sandboxKey: SecretKey, http: HTTPClient,
        absence: Absence = .refused, now: @escaping @Sendable () -> Int64 = SystemClock.now
    ) throws(Diagnostics) {
        var made: [any Gateway] = []
        var mistakes: [Diagnostic] = []
        var absent: [Diagnostic] = []
        for account in accounts {
            guard let kind = GatewayKind(rawValue: account.kind) else {
                let hint = Suggestion.hint(for: account.kind, among: GatewayKind.allCases.map(\.rawValue))
                mistakes.append(account.diagnostic("“\(account.kind)” is not a kind of gateway", setting: "kind", hint: hint))
                continue
            }
            var settings = AccountSettings(account, kind: kind, source: secrets)
            let gateway: (any Gateway)? =
                switch kind {
                case .sandbox: SandboxGateway(&settings, webhookURL: webhookURL, listenHost: listenHost, key: sandboxKey)
                case .stripe: StripeGateway(&settings, http: http)
                case .standard: StandardGateway(&settings)
                case .alipay: AlipayGateway(&settings, http: http, now: now)
                case .epay: EPayGateway(&settings, http: http, now: now)
                case .wechat: WeChatGateway(&settings, webhookURL: webhookURL, http: http, now: now)
                case .paypal: PayPalGateway(&settings, http: http, now: now)
                case .paddle: PaddleGateway(&settings, http: http)
                case .lemonsqueezy: LemonSqueezyGateway(&settings, http: http)
                case .btcpay: BTCPayGateway(&settings, http: http)
                case .nowpayments: NOWPaymentsGateway(&settings, http: http)
                case .tokenpay: TokenPayGateway(&settings, http: http)
                case .epusdt: EpusdtGateway(&settings, http: http)
                }
            mistakes += settings.mistakes
            switch absence {
            case .refused: mistakes += settings.missing
            case .leftOut:
                absent += settings.missing.prefix(1).map {
                    Diagnostic(.warning, at: $0.location, "gateway “\(account.name)” is left out: \($0.message)", hint: $0.hint)
                }
            }
            if let gateway, settings.mistakes.isEmpty, settings.missing.isEmpty { made.append(gateway) }
        }
        guard mistakes.isEmpty else { throw Diagnostics(mistakes) }
        self.accounts = made
        self.absent = absent
    }

    /// The account of that name; nil when there is none, also when it was left out.
    package func gateway(named name: String) -> (any Gateway)? {
        accounts.first { $0.account.utf8.elementsEqual(name.utf8) }
    }

    /// The sandbox of that name; nil for anything else.
    package func sandbox(named name: String) -> SandboxGateway? {
        gateway(named: name) as? SandboxGateway
    }
}
