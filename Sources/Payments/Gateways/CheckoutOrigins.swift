package import Catalog

/// The origins that a buy form may end up at, for the page's `form-action`: browsers hold redirects after a form
/// to it as well. Needs no secret, so pages can be built on a machine that has none.
package enum CheckoutOrigins {
    /// By account name. An account whose settings are not right has none: `GatewaySet` says why.
    package static func origins(of accounts: [GatewayAccount], webhookURL: String) -> [(account: String, origins: [String])] {
        accounts.map { ($0.name, origins(of: $0, webhookURL: webhookURL)) }
    }

    /// All of them, each once, sorted by their bytes.
    package static func all(of accounts: [GatewayAccount], webhookURL: String) -> [String] {
        let every = accounts.flatMap { origins(of: $0, webhookURL: webhookURL) }
        return Set(every).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What the merchant adds: a custom domain, a cashier elsewhere.
    private static func named(_ account: GatewayAccount) -> [String] {
        (account.settings["checkout_origins"]?.list ?? []).compactMap { WebAddress($0)?.origin }
    }

    /// The origins of the addresses that these settings hold.
    private static func addresses(_ account: GatewayAccount, _ names: [String]) -> [String] {
        names.compactMap { account.settings[$0]?.text.flatMap(WebAddress.init)?.origin }
    }

    private static func origins(of account: GatewayAccount, webhookURL: String) -> [String] {
        switch GatewayKind(rawValue: account.kind) {
        case .none: []
        case .sandbox: [WebAddress(webhookURL)].compactMap { $0?.origin }
        case .standard: [account.settings["checkout_url"]?.text.flatMap(CheckoutTemplate.init)?.origin].compactMap(\.self)
        case .stripe:
            // A test's stand-in for the interface sends browsers to itself.
            ["https://checkout.stripe.com"] + named(account)
                + [account.settings["api"]?.text].compactMap { $0.flatMap(WebAddress.init)?.origin }
        case .alipay: AlipayAddress(account).origins + named(account)
        case .epay, .btcpay, .tokenpay, .epusdt: addresses(account, ["base_url"]) + named(account)
        case .paddle: addresses(account, ["checkout_url"]) + named(account)
        case .lemonsqueezy: addresses(account, ["store_url", "api"]) + named(account)
        case .nowpayments:
            [account.settings["test_mode"]?.bool == true ? "https://sandbox.nowpayments.io" : "https://nowpayments.io"]
                + addresses(account, ["api"]) + named(account)
        case .wechat:
            // A QR code stands on a page of ours; only a phone's browser goes on to WeChat's.
            // A browser that is WeChat itself goes on to say who the buyer is, where the account can ask.
            (account.settings["app_secret"] == nil && account.settings["app_secret_file"] == nil
                ? [] : [account.settings["api"]?.text.flatMap(WebAddress.init)?.origin ?? "https://open.weixin.qq.com"])
                + (account.settings["scene"]?.text == "h5"
                    ? ["https://wx.tenpay.com"] + [account.settings["api"]?.text].compactMap { $0.flatMap(WebAddress.init)?.origin } : [])
        case .paypal:
            [account.settings["test_mode"]?.bool == true ? "https://www.sandbox.paypal.com" : "https://www.paypal.com"]
                + [account.settings["api"]?.text].compactMap { $0.flatMap(WebAddress.init)?.origin }
        }
    }
}
