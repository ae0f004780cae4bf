package import Catalog

/// What a gateway needs to open a checkout for one order.
package struct CheckoutIntent: Sendable {
    /// Our order id, `[A-Za-z0-9_]{6,32}`.
    package let order: String
    package let amount: Money
    /// What the buyer reads on the gateway's page.
    package let description: String
    /// A tag of BCP 47.
    package let language: String
    package let buyerMail: String?
    /// The promoter's token, for the gateway to carry along; the order's own counts.
    package let affiliate: String?
    /// Where the buyer's browser is (IPv4 or IPv6), for the gateways that want to know; nil when we do not.
    package let clientAddress: String?
    /// Where the gateway sends the browser afterwards. Going there proves nothing.
    package let returnURL: String
    /// Where the gateway sends its notices, for those that are told with each checkout.
    package let notifyURL: String
    /// When the order was made and when its hold ends, unix seconds.
    package let createdAt: Int64
    package let expiresAt: Int64

    package init(
        order: String, amount: Money, description: String, language: String, buyerMail: String? = nil, affiliate: String? = nil,
        clientAddress: String? = nil, returnURL: String, notifyURL: String, createdAt: Int64, expiresAt: Int64
    ) {
        self.order = order
        self.amount = amount
        self.description = description
        self.language = language
        self.buyerMail = buyerMail
        self.affiliate = affiliate
        self.clientAddress = clientAddress
        self.returnURL = returnURL
        self.notifyURL = notifyURL
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// An open checkout: how the buyer gets there, and what the gateway calls it.
package struct CheckoutSession: Sendable, Equatable {
    package enum Way: Sendable, Equatable {
        /// The browser goes to this address.
        case redirect(String)
        /// The buyer scans this text.
        case qr(String)
    }

    package let way: Way
    /// The gateway's own id, needed to `query`; nil when it gives none.
    package let gatewayReference: String?

    package init(way: Way, gatewayReference: String?) {
        self.way = way
        self.gatewayReference = gatewayReference
    }
}

/// A checkout to ask about.
package struct PaymentReference: Sendable, Equatable {
    package let order: String
    package let gatewayReference: String?

    package init(order: String, gatewayReference: String?) {
        self.order = order
        self.gatewayReference = gatewayReference
    }
}

/// Money to send back.
package struct RefundRequest: Sendable {
    package let order: String
    /// The transaction that paid.
    package let transaction: String
    package let amount: Money
    /// Names this refund: the same key refunds once. `[A-Za-z0-9_-]{1,64}`.
    package let key: String

    package init(order: String, transaction: String, amount: Money, key: String) {
        self.order = order
        self.transaction = transaction
        self.amount = amount
        self.key = key
    }
}

/// What the gateway said to a refund.
package struct RefundReceipt: Sendable, Equatable {
    /// The gateway's id of the refund.
    package let reference: String?
    /// Whether it is done; else a notice follows.
    package let done: Bool

    package init(reference: String?, done: Bool) {
        self.reference = reference
        self.done = done
    }
}
