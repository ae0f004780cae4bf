import Catalog

/// What we send to WeChat Pay, as JSON in a fixed order.
package enum WeChatRequests {
    /// How the buyer gets to the payment.
    package enum Scene: Sendable, Equatable {
        /// A QR code that the buyer scans with WeChat.
        case native
        /// A page in a phone's browser that opens WeChat; it wants the buyer's address.
        case h5(clientAddress: String)
        /// A page inside WeChat; it wants the buyer's id there.
        case jsapi(openID: String)

        var path: String {
            switch self {
            case .native: "/v3/pay/transactions/native"
            case .h5: "/v3/pay/transactions/h5"
            case .jsapi: "/v3/pay/transactions/jsapi"
            }
        }
    }

    /// One order. The same intent gives the same bytes.
    /// Throws `refused` for another currency than yuan, nothing, or a notify address with a query, which WeChat forbids.
    package static func checkout(
        _ intent: CheckoutIntent, scene: Scene, mchid: String, appid: String
    ) throws(PaymentError) -> JSON {
        try checkYuan(intent.amount)
        guard !intent.notifyURL.utf8.contains(UInt8(ascii: "?")), intent.notifyURL.utf8.count <= 255 else {
            throw PaymentError(.refused, "WeChat Pay takes a notify address without a query, of 255 bytes at most")
        }
        var members: [(String, JSON)] = [
            ("appid", .text(appid)), ("mchid", .text(mchid)), ("description", .text(Title.shortened(intent.description, to: 127))),
            ("out_trade_no", .text(intent.order)), ("notify_url", .text(intent.notifyURL)),
        ]
        if let attach = intent.affiliate, attach.utf8.count <= 128 { members.append(("attach", .text(attach))) }
        members.append(("time_expire", .text(Moment.text(intent.expiresAt))))
        members.append(("amount", .object(["total": .integer(intent.amount.minor), "currency": .text("CNY")])))
        switch scene {
        case .native: break
        case .h5(let address):
            members.append(
                ("scene_info", .object(["payer_client_ip": .text(address), "h5_info": .object(["type": .text("Wap")])])))
        case .jsapi(let openID): members.append(("payer", .object(["openid": .text(openID)])))
        }
        return .object(members.map { JSON.Member(name: $0.0, value: $0.1) })
    }

    /// A refund of a payment whose whole was `total` fen.
    /// Throws `refused` for another currency than yuan, or nothing.
    package static func refund(_ request: RefundRequest, total: Int64, notifyURL: String) throws(PaymentError) -> JSON {
        try checkYuan(request.amount)
        return .object([
            "transaction_id": .text(request.transaction), "out_refund_no": .text(request.key), "notify_url": .text(notifyURL),
            "amount": .object(["refund": .integer(request.amount.minor), "total": .integer(total), "currency": .text("CNY")]),
        ])
    }

    private static func checkYuan(_ amount: Money) throws(PaymentError) {
        guard amount.currency.code == "CNY", amount.minor > 0 else {
            throw PaymentError(
                .refused, "WeChat Pay takes an amount of yuan (CNY) above nothing", hint: "sell in CNY over this account")
        }
    }
}
