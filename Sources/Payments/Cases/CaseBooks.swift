/// Orders, payments and booked facts in memory: as much of the books as judging a notice needs.
struct CaseBooks: Sendable {
    private var orders: [OrderContext] = []
    /// Which order a transaction paid.
    private var payments: [(transaction: String, order: String)] = []
    private var booked: Set<[UInt8]> = []
    /// The body that each of PayPal's transmissions came with, by its digest.
    private var transmissions: [[UInt8]: [UInt8]] = [:]

    init() {}

    /// Reads `context`: `orders` by id, `payments` by transaction. Throws `malformedCase`.
    init(_ context: JSON, name: String) throws(PaymentError) {
        if case .object(let members) = context["orders"] ?? .null {
            for member in members {
                guard let amount = member.value["amountMinor"]?.integer, let currency = member.value["currency"]?.text,
                    let gateway = member.value["gateway"]?.text
                else {
                    throw PaymentError(.malformedCase, "an order of “context” lacks amountMinor, currency or gateway", location: name)
                }
                orders.append(.init(id: member.name, amountMinor: amount, currency: currency, gateway: gateway))
            }
        }
        if case .object(let members) = context["payments"] ?? .null {
            for member in members {
                guard let order = member.value.text else {
                    throw PaymentError(.malformedCase, "a payment of “context” names no order", location: name)
                }
                payments.append((member.name, order))
            }
        }
    }

    /// These books, with the orders and payments of `other` that they do not have yet.
    func adding(_ other: CaseBooks) -> CaseBooks {
        var sum = self
        for order in other.orders where sum.order(order.id) == nil { sum.orders.append(order) }
        for payment in other.payments where sum.orderPaid(by: payment.transaction) == nil { sum.payments.append(payment) }
        return sum
    }

    /// Decides, and books what was decided.
    mutating func book(_ fact: Fact, account: String) -> Decision {
        let owner = fact.gatewayTransactionID.flatMap(orderPaid)
        let order = (fact.orderID ?? owner).flatMap(order)
        let repeated = !booked.insert(Array(fact.inboxKey.utf8)).inserted
        let decision = decide(fact, account: account, order: order, transactionOrder: owner, repeated: repeated)
        guard decision.applies, let order else { return decision }
        if decision.deliver, let transaction = fact.gatewayTransactionID, owner == nil { payments.append((transaction, order.id)) }
        orders = orders.map { entry in
            guard entry.id.utf8.elementsEqual(order.id.utf8) else { return entry }
            return OrderContext(
                id: entry.id, amountMinor: entry.amountMinor, currency: entry.currency, gateway: entry.gateway,
                paid: entry.paid || decision.deliver, transaction: decision.deliver ? fact.gatewayTransactionID : entry.transaction,
                refundedMinor: decision.refundedMinor ?? entry.refundedMinor)
        }
        return decision
    }

    /// Whether the transmission is new, or came with this very body before; remembers it.
    mutating func admits(_ transmission: Transmission) -> Bool {
        if let digest = transmissions[transmission.id] { return digest == transmission.bodyDigest }
        transmissions[transmission.id] = transmission.bodyDigest
        return true
    }

    private func order(_ id: String) -> OrderContext? {
        orders.first { $0.id.utf8.elementsEqual(id.utf8) }
    }

    private func orderPaid(by transaction: String) -> String? {
        payments.first { $0.transaction.utf8.elementsEqual(transaction.utf8) }?.order
    }
}
