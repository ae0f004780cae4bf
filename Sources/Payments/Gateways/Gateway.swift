/// One configured account at a payment service. It exists only with good secrets: an account without them has no
/// value of this type, no route, and no place on a buy form.
///
/// Judging is synchronous and pure, so the daemon can do it on any thread and a recorded case gives the same answer.
/// What a scheme must fetch first (PayPal's certificates) it fetches in `prepare`.
package protocol Gateway: Sendable {
    /// The name of the account in `shop.yaml`, part of `/notify/<account>`.
    var account: String { get }
    static var kind: GatewayKind { get }
    /// The method of the notify route: `POST`, or `GET` for EPay.
    var noticeMethod: String { get }
    /// Every method that the notify route takes: `noticeMethod` first.
    var noticeMethods: [String] { get }

    /// Fetches what judging this notice needs and keeps it for `judge`. Most schemes need nothing.
    /// Throws `unreachable`: the gateway should then get a 5xx and repeat.
    func prepare(for notice: RawNotice) async throws(PaymentError)

    /// Whether the notice is authentic, fresh, well-formed and addressed to us, and what it says. `now`: unix seconds.
    func judge(_ notice: RawNotice, now: Int64) -> Verdict

    /// Opens a checkout at the gateway. The same intent twice gives the same checkout.
    /// Throws `unreachable` (try again), `refused`, or `malformedAnswer`.
    func createCheckout(_ intent: CheckoutIntent) async throws(PaymentError) -> CheckoutSession

    /// Asks what became of a checkout; the answer goes the same way as a notice's fact. nil when it is still open.
    /// Throws `unsupported` when the gateway cannot be asked, else as `createCheckout`.
    func query(_ payment: PaymentReference) async throws(PaymentError) -> Fact?

    /// Sends money back. The same key twice refunds once; the gateway's notice books it.
    /// Throws `unsupported` when the gateway has no such call, else as `createCheckout`.
    func refund(_ request: RefundRequest) async throws(PaymentError) -> RefundReceipt

    /// Asks for the disputes of the last weeks, where notices of them may be missing; each goes the way of a notice's fact. nil when the
    /// gateway is not to be asked. Throws as `createCheckout`.
    func disputes() async throws(PaymentError) -> [Fact]?
}

extension Gateway {
    package var kind: GatewayKind { Self.kind }
    package var noticeMethods: [String] { [noticeMethod] }
    package func prepare(for notice: RawNotice) async throws(PaymentError) {}
    package func disputes() async throws(PaymentError) -> [Fact]? { nil }

    func unsupported(_ call: String) -> PaymentError {
        PaymentError(.unsupported, "a gateway of kind \(Self.kind.rawValue) cannot \(call)", location: "gateways.\(account)")
    }
}
