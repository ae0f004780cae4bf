import Payments
import Testing

struct DecisionTests {
    private let order = OrderContext(id: "KF_TEST_01", amountMinor: 1999, currency: "USD", gateway: "card")
    private let paid = OrderContext(
        id: "KF_TEST_01", amountMinor: 1999, currency: "USD", gateway: "card", paid: true, transaction: "pi_1")

    private func payment(_ amount: Int64? = 1999, _ currency: String? = "USD", transaction: String = "pi_1") -> Fact {
        Fact(.paid, dedupeKey: "evt_1", orderID: "KF_TEST_01", amountMinor: amount, currency: currency, gatewayTransactionID: transaction)
    }

    private func refund(_ amount: Int64, _ kind: Fact.RefundAmount, full: Bool? = nil) -> Fact {
        Fact(
            .refunded, dedupeKey: "evt_2", orderID: "KF_TEST_01", amountMinor: amount, currency: "USD", gatewayTransactionID: "pi_1",
            refundAmount: kind, fullRefund: full)
    }

    @Test("A payment of the order's amount, currency and account is delivered, and nobody need look at it")
    func delivered() {
        let decision = decide(payment(), account: "card", order: order)
        #expect(decision.deliver && decision.applies && !decision.needsReview)
        #expect(decision.flags.isEmpty && decision.orderID == "KF_TEST_01")
    }

    @Test(
        "Another amount or currency, none, or nothing is not delivered but looked at",
        arguments: [
            (1998, "USD", Decision.Flag.amountMismatch), (2000, "USD", .amountMismatch), (0, "USD", .amountMismatch),
            (nil, "USD", .amountMismatch),
            (1999, "JPY", .currencyMismatch), (1999, nil, .currencyMismatch), (1, "JPY", .currencyMismatch),
            (1999, "usd", .currencyMismatch),
        ] as [(Int64?, String?, Decision.Flag)])
    func mismatches(amount: Int64?, currency: String?, flag: Decision.Flag) {
        let decision = decide(payment(amount, currency), account: "card", order: order)
        #expect(!decision.deliver && !decision.applies && decision.needsReview && decision.flags == [flag])
    }

    @Test("An order of another account is not delivered, whatever else agrees")
    func otherAccount() {
        let decision = decide(payment(), account: "partner", order: order)
        #expect(!decision.deliver && decision.flags == [.gatewayMismatch] && decision.needsReview)
        #expect(!decide(refund(1999, .cumulative, full: true), account: "partner", order: paid).applies)
    }

    @Test("A payment for no order of ours is looked at; a failed one is not")
    func unknownOrder() {
        #expect(decide(payment(), account: "card", order: nil).flags == [.unknownOrder])
        #expect(decide(payment(), account: "card", order: nil).needsReview)
        let failed = decide(Fact(.failed, dedupeKey: "evt_3"), account: "card", order: nil)
        #expect(failed.flags.isEmpty && !failed.applies && !failed.needsReview)
    }

    @Test("A second payment notice changes nothing; one of another transaction says that the buyer paid twice")
    func duplicates() {
        let again = decide(payment(), account: "card", order: paid, transactionOrder: "KF_TEST_01")
        #expect(!again.deliver && again.flags == [.duplicate] && !again.needsReview)
        let twice = decide(payment(transaction: "pi_2"), account: "card", order: paid)
        #expect(!twice.deliver && twice.flags == [.duplicate, .paidTwice] && twice.needsReview)
        let repeated = decide(payment(), account: "card", order: order, repeated: true)
        #expect(!repeated.deliver && repeated.flags == [.duplicate])
    }

    @Test("A transaction that paid another order pays no second one")
    func reusedTransaction() {
        let decision = decide(payment(), account: "card", order: order, transactionOrder: "KF_OTHER_1")
        #expect(!decision.deliver && decision.flags == [.transactionReused] && decision.needsReview)
    }

    @Test("A payment that was refunded in full before it was reported is not delivered; after a partial refund it is")
    func refundFirst() {
        let gone = OrderContext(id: "KF_TEST_01", amountMinor: 1999, currency: "USD", gateway: "card", refundedMinor: 1999)
        #expect(decide(payment(), account: "card", order: gone).flags == [.refundedBefore])
        let partly = OrderContext(id: "KF_TEST_01", amountMinor: 1999, currency: "USD", gateway: "card", refundedMinor: 500)
        #expect(decide(payment(), account: "card", order: partly).deliver)
    }

    @Test("Cumulative refunds replace, single ones add up, and neither passes the order's amount")
    func refunds() {
        let partly = OrderContext(
            id: "KF_TEST_01", amountMinor: 1999, currency: "USD", gateway: "card", paid: true, transaction: "pi_1", refundedMinor: 500)
        let cumulative = decide(refund(700, .cumulative, full: false), account: "card", order: partly)
        #expect(
            cumulative.applies && cumulative.refundedMinor == 700 && cumulative.fullRefund == false && cumulative.flags == [.partialRefund])
        let late = decide(refund(300, .cumulative, full: false), account: "card", order: partly)
        #expect(late.refundedMinor == 500)
        let single = decide(refund(700, .perRefund), account: "card", order: partly)
        #expect(single.refundedMinor == 1200 && single.fullRefund == false)
        let rest = decide(refund(1499, .perRefund), account: "card", order: partly)
        #expect(rest.refundedMinor == 1999 && rest.fullRefund == true && rest.flags.isEmpty)
        let more = decide(refund(1500, .perRefund), account: "card", order: partly)
        #expect(more.refundedMinor == 1999 && more.flags == [.excessRefund] && more.needsReview)
        #expect(decide(refund(.max, .perRefund), account: "card", order: partly).refundedMinor == 1999)
    }

    @Test("A refund in another currency changes nothing")
    func refundCurrency() {
        var fact = refund(1999, .cumulative, full: true)
        fact.currency = "JPY"
        let decision = decide(fact, account: "card", order: paid)
        #expect(!decision.applies && decision.refundedMinor == nil && decision.needsReview)
    }

    @Test("An order is found by its transaction when the notice names none")
    func resolved() {
        let dispute = Fact(.disputed, dedupeKey: "evt_4", amountMinor: 1999, currency: "USD", gatewayTransactionID: "pi_1")
        let decision = decide(dispute, account: "card", order: paid, transactionOrder: "KF_TEST_01")
        #expect(decision.applies && decision.orderID == "KF_TEST_01" && !decision.deliver && decision.needsReview)
    }

    @Test("What is ignored never applies, but its remarks reach a person")
    func ignored() {
        let failedRefund = Fact(.ignored, dedupeKey: "evt_5", remarks: [.refundFailed])
        let decision = decide(failedRefund, account: "card", order: nil)
        #expect(!decision.applies && decision.flags == [.refundFailed] && decision.needsReview)
    }
}
