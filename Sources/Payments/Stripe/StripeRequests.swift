import Catalog

/// What we send to Stripe, as form pairs.
enum StripeRequests {
    /// A Checkout Session. The order id goes along three times, because metadata of a session does not reach charges,
    /// and refunds name the charge.
    ///
    /// Stripe lets a session run for 30 minutes to 24 hours; a shorter hold is stretched to an hour after the order was
    /// made, which is the same each time it is asked for, as the idempotency key demands. A payment after the
    /// hold ended is delivered all the same, or owed.
    ///
    /// Throws `refused` for an amount that Stripe would read as another one.
    static func checkout(_ intent: CheckoutIntent) throws(PaymentError) -> [(String, String)] {
        try checkAmount(intent.amount)
        let expiry = min(max(intent.expiresAt, intent.createdAt + 3_600), intent.createdAt + 86_100)
        var pairs = [
            ("mode", "payment"),
            ("client_reference_id", intent.order),
            ("success_url", intent.returnURL),
            ("cancel_url", intent.returnURL),
            ("metadata[order_id]", intent.order),
            ("payment_intent_data[metadata][order_id]", intent.order),
            ("line_items[0][quantity]", "1"),
            ("line_items[0][price_data][currency]", intent.amount.currency.code.lowercased()),
            ("line_items[0][price_data][unit_amount]", String(intent.amount.minor)),
            ("line_items[0][price_data][product_data][name]", shortened(intent.description)),
            ("expires_at", String(expiry)),
            ("locale", locale(intent.language)),
        ]
        if let affiliate = intent.affiliate {
            pairs.append(("metadata[affiliate]", affiliate))
            pairs.append(("payment_intent_data[metadata][affiliate]", affiliate))
        }
        if let mail = intent.buyerMail { pairs.append(("customer_email", mail)) }
        return pairs
    }

    /// Throws `refused` for an amount that Stripe would read as another one.
    static func refund(_ request: RefundRequest) throws(PaymentError) -> [(String, String)] {
        try checkAmount(request.amount)
        return [
            ("payment_intent", request.transaction),
            ("amount", String(request.amount.minor)),
            ("metadata[order_id]", request.order),
        ]
    }

    /// Our minor units and Stripe's smallest unit are one, but for three currencies that Stripe counts otherwise than
    /// ISO 4217; and of three decimals the last must be 0 (docs.stripe.com/currencies).
    private static func checkAmount(_ amount: Money) throws(PaymentError) {
        guard amount.minor > 0 else { throw PaymentError(.refused, "an amount of nothing cannot be paid or refunded") }
        guard !["ISK", "UGX", "MGA"].contains(amount.currency.code) else {
            throw PaymentError(
                .refused, "Stripe counts \(amount.currency.code) in another unit than ours",
                hint: "sell in another currency over this account")
        }
        guard amount.currency.exponent < 3 || amount.minor.isMultiple(of: 10) else {
            throw PaymentError(.refused, "Stripe takes \(amount.currency.code) with a last decimal of 0 only")
        }
    }

    /// The languages of Stripe's pages that we know by name; others are left to the browser.
    private static func locale(_ language: String) -> String {
        switch language {
        case "zh-TW", "zh-HK", "en", "de", "es", "fr", "it", "ja", "ko", "pt", "ru": language
        case _ where language.utf8.starts(with: "zh".utf8): "zh"
        default: "auto"
        }
    }

    /// At most 250 bytes, cut between characters.
    private static func shortened(_ text: String) -> String {
        var short = text
        while short.utf8.count > 250 { short.removeLast() }
        return short.isEmpty ? "-" : short
    }
}
