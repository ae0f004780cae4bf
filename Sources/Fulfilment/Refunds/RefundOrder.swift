package import Catalog

/// Money to send back through the gateway that took it: written down before the gateway is asked, so that a crash between
/// the two is resumed under the same name.
package struct RefundOrder: Sendable, Hashable {
    package enum State: String, Sendable, Hashable {
        /// Written down; whether the gateway has heard of it is not known.
        case asked
        /// The gateway took it and will tell when the money has moved.
        case waiting
        /// The money has moved, and it is booked.
        case done
        /// The gateway said no.
        case refused
    }

    package var order: String
    /// The name its caller gave it.
    package var key: String
    /// The gateway account.
    package var account: String
    /// The payment it gives back: the gateway's id.
    package var transaction: String
    package var amount: Money
    /// Names it at the gateway: `[a-f0-9]{32}`. Another after each refusal, because a gateway may repeat its answer to a name.
    package var gatewayKey: String
    package var attempt: Int64
    /// What had gone back of the order before it, minor units.
    package var beforeMinor: Int64
    package var state: State
}

/// What a refund that a person asks for needs next.
package enum RefundStep: Sendable {
    /// Ask the gateway, then `settleRefund` or `refuseRefund`.
    case ask(RefundOrder)
    /// It was asked for before, and the gateway took it: nothing to do.
    case known(OrderSummary)
    /// No gateway took the payment, a person said that it came: the refund is a person's as well, `recordRefund`.
    case byHand
}
