import Payments

extension Authentic {
    /// Notices of the merchants of record and of the coin gateways: two of each. What a coin gateway is asked beside is left out here,
    /// so that the signature alone stands in the way.
    static func others() throws -> [Authentic] {
        try paddle() + lemonsqueezy() + btcpay() + nowpayments() + tokenpay() + epusdt()
    }

    private static func pair(
        _ kind: String, _ scheme: SignedView.Scheme, _ judge: some NoticeScheme, second name: String, _ notice: RawNotice
    ) throws -> [Authentic] {
        try [("\(kind) paid", GatewaySigner.known(kind)), ("\(kind) \(name)", notice)].map { name, notice in
            try Authentic(name, scheme, notice) { judge.judge($0, now: Signer.now) }
        }
    }

    private static func secrets(_ text: String) throws -> [WebhookSecret] {
        try WebhookSecret.list([text], form: .text)
    }

    private static func paddle() throws -> [Authentic] {
        let refund =
            #"{"event_id":"evt_2","event_type":"adjustment.updated","occurred_at":"2027-01-15T07:59:58Z","data":{"id":"adj_1","#
            + #""action":"refund","type":"partial","transaction_id":"txn_01kfknown","status":"approved","currency_code":"USD","#
            + #""totals":{"subtotal":"500","tax":"100","total":"600"}}}"#
        return try pair(
            "paddle", .paddle, PaddleNotices(secrets: secrets(GatewaySecrets.paddle)), second: "refunded",
            GatewaySigner.notice("paddle", refund))
    }

    private static func lemonsqueezy() throws -> [Authentic] {
        let refund = GatewaySigner.changed(
            KnownGateways.lemonBody,
            [
                ("order_created", "order_refunded"), (#""status":"paid""#, #""status":"partial_refund""#),
                (#""refunded_amount":0"#, #""refunded_amount":600"#),
            ])
        let judge = LemonSqueezyNotices(secrets: try secrets(GatewaySecrets.lemon), store: "4711", testMode: false)
        return try pair("lemonsqueezy", .lemonsqueezy, judge, second: "refunded", GatewaySigner.notice("lemonsqueezy", refund))
    }

    private static func btcpay() throws -> [Authentic] {
        let expired = GatewaySigner.changed(KnownGateways.btcpayBody, [("InvoiceSettled", "InvoiceExpired"), ("InvKnown1", "InvKnown2")])
        let judge = BTCPayNotices(secrets: try secrets(GatewaySecrets.btcpay), store: "StoreKeyfront1")
        return try pair("btcpay", .btcpay, judge, second: "expired", GatewaySigner.notice("btcpay", expired))
    }

    private static func nowpayments() throws -> [Authentic] {
        let refunded = GatewaySigner.changed(KnownGateways.nowBody, [("finished", "refunded"), ("5077125051", "5077125052")])
        let judge = NOWPaymentsNotices(secrets: try secrets(GatewaySecrets.now))
        return try pair("nowpayments", .nowpayments, judge, second: "refunded", GatewaySigner.notice("nowpayments", refunded))
    }

    private static func tokenpay() throws -> [Authentic] {
        let judge = TokenPayNotices(tokens: try secrets(GatewaySecrets.token), currency: "CNY")
        return try pair(
            "tokenpay", .tokenpay, judge, second: "expired", GatewaySigner.signed("tokenpay", (#""Status":1"#, #""Status":2"#)))
    }

    private static func epusdt() throws -> [Authentic] {
        let judge = EpusdtNotices(tokens: try secrets(GatewaySecrets.epusdt), currency: "CNY")
        return try pair(
            "epusdt", .epusdt, judge, second: "waiting",
            GatewaySigner.signed("epusdt", (#""status":2"#, #""status":1"#), ("208648961728", "208648961729")))
    }
}
