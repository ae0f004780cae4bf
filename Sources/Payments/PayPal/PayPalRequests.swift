import Catalog

/// What we send to PayPal (Orders v2, Payments v2), as JSON in a fixed order.
enum PayPalRequests {
    /// One order with one unit: ours in `custom_id`, which comes back in events, and in `invoice_id`, which PayPal lets pay only
    /// once. Throws `refused` for an amount that PayPal does not take.
    static func order(_ intent: CheckoutIntent) throws(PaymentError) -> JSON {
        let unit = JSON.object([
            "custom_id": .text(intent.order), "invoice_id": .text(intent.order),
            "description": .text(Title.shortened(intent.description, to: 127)), "amount": try PayPalAmount.json(intent.amount),
        ])
        let page = JSON.object([
            "user_action": .text("PAY_NOW"), "shipping_preference": .text("NO_SHIPPING"), "locale": .text(locale(intent.language)),
            "return_url": .text(intent.returnURL), "cancel_url": .text(intent.returnURL),
        ])
        return .object([
            "intent": .text("CAPTURE"), "purchase_units": .list([unit]),
            "payment_source": .object(["paypal": .object(["experience_context": page])]),
        ])
    }

    /// Throws `refused` for an amount that PayPal does not take.
    static func refund(_ request: RefundRequest) throws(PaymentError) -> JSON {
        .object(["amount": try PayPalAmount.json(request.amount), "custom_id": .text(request.order)])
    }

    /// The languages of PayPal's pages that we know by name; English otherwise.
    private static func locale(_ language: String) -> String {
        switch language {
        case "zh-TW", "zh-HK": language
        case _ where language.utf8.starts(with: "zh".utf8): "zh-CN"
        case "de": "de-DE"
        case "es": "es-ES"
        case "fr": "fr-FR"
        case "ja": "ja-JP"
        default: "en-US"
        }
    }
}
