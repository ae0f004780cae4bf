import Testing

@testable import Fulfilment

@Suite("An order's standing is a function of the set of facts")
struct StandingTests {
    static let terms = Standing.Terms(amountMinor: 10_000, currency: "CNY", account: "bank")

    /// Every fact a gateway may tell, and some it may not.
    static let facts: [RecordedFact] = [
        fact("p1", .paid, 10_000, tx: "t1"),
        fact("p1-again", .paid, 10_000, tx: "t1"),
        fact("p2", .paid, 10_000, tx: "t2"),
        fact("low", .paid, 1, tx: "t3"),
        fact("yen", .paid, 10_000, currency: "JPY", tx: "t4"),
        fact("other", .paid, 10_000, tx: "t5", account: "till"),
        fact("r-part", .refunded, 3_000, tx: "t1", meaning: .single),
        fact("r-sum", .refunded, 5_000, tx: "t1", meaning: .cumulative),
        fact("r-full", .refunded, 10_000, tx: "t1", meaning: .single, full: true),
        fact("r-own-id", .refunded, 2_500, tx: "refund-7", meaning: .single),
        fact("d", .disputed, nil, dispute: "dp"),
        fact("d-won", .disputeWon, nil, dispute: "dp"),
        fact("d-lost", .disputeLost, nil, dispute: "dp"),
        fact("f", .failed, nil),
    ]

    static func fact(
        _ key: String, _ kind: RecordedFact.Kind, _ amount: Int64?, currency: String = "CNY", tx: String? = nil,
        account: String = "bank", meaning: RecordedFact.RefundMeaning? = nil, full: Bool = false, dispute: String? = nil
    ) -> RecordedFact {
        RecordedFact(
            account: account, dedupeKey: key, kind: kind, amountMinor: amount, currency: amount == nil ? nil : currency, transaction: tx,
            refundMeaning: meaning, fullRefund: full, dispute: dispute)
    }

    func standing(_ facts: [RecordedFact]) -> Standing { Standing(of: facts, terms: Self.terms) }
    func standing(_ keys: String...) -> Standing { standing(keys.compactMap { key in Self.facts.first { $0.dedupeKey == key } }) }

    @Test("All orders of up to six facts, with repeats anywhere, give one standing")
    func permutations() {
        var random = SeededRandom(seed: 7)
        var tried = 0
        for size in 1...6 {
            // All sets of up to three facts; of larger ones, forty chosen by the seed.
            let sets = size <= 3 ? Self.subsets(of: Self.facts.count, size: size) : (0..<40).map { _ in Self.choose(size, &random) }
            for set in sets {
                let facts = set.map { Self.facts[$0] }
                let expected = standing(facts)
                Self.permute(facts) { order in
                    tried += 1
                    if standing(order) != expected || standing(order + order.reversed()) != expected {
                        Issue.record("\(order.map(\.dedupeKey)) differs from \(facts.map(\.dedupeKey))")
                    }
                }
            }
        }
        #expect(tried > 30_000)
    }

    @Test("A payment counts only with the exact amount, the currency and the account of the order")
    func exactness() {
        #expect(standing("p1").mayDeliver)
        for key in ["low", "yen", "other"] {
            let standing = standing(key)
            #expect(!standing.isPaid && standing.needsReview && !standing.mayDeliver, "\(key)")
            #expect(OrderState.of(standing, granted: 0, quantity: 1, lapsed: false) == .review)
        }
        var foreign = Self.facts[0]
        foreign.foreignTransaction = true
        #expect(!standing([foreign]).isPaid && standing([foreign]).needsReview)
        #expect(standing("low", "p1").mayDeliver)
    }

    @Test("Cumulative refunds count by the largest, single ones add up, and never more than the payment")
    func refunds() {
        #expect(standing("p1", "r-part").netMinor == 7_000)
        #expect(standing("p1", "r-sum").netMinor == 5_000)
        #expect(standing("p1", "r-part", "r-sum").netMinor == 5_000)
        #expect(standing("p1", "r-full").netMinor == 0)
        #expect(standing("r-full", "p1") == standing("p1", "r-full"))
        #expect(standing("p1", "r-own-id").netMinor == 7_500)
        let many = (0..<9).map { Self.fact("r\($0)", .refunded, 4_000, tx: "t1", meaning: .single) }
        #expect(standing([Self.facts[0]] + many).netMinor == 0)
        #expect(OrderState.of(standing("p1", "r-full"), granted: 1, quantity: 1, lapsed: false) == .refunded)
    }

    @Test("A refund of a second payment, or of one that waits for a person, leaves the order paid")
    func refundsOfOthers() {
        var second = Self.fact("r2", .refunded, 10_000, tx: "t2", meaning: .single)
        #expect(standing([Self.facts[0], Self.facts[2], second]).netMinor == 10_000)
        #expect(standing([Self.facts[0], Self.facts[2], second]).paidTwice)
        second.transaction = "t3"
        #expect(standing([Self.facts[0], Self.facts[3], second]).netMinor == 10_000)
        // An id of its own: what waits for a person is covered first, then the order.
        second.transaction = "refund-9"
        second.amountMinor = 1
        #expect(standing([Self.facts[0], Self.facts[3], second]).netMinor == 10_000)
        second.amountMinor = 3
        #expect(standing([Self.facts[0], Self.facts[3], second]).netMinor == 9_998)
        second.amountMinor = 10_000
        second.account = "till"
        second.transaction = "t1"
        #expect(standing([Self.facts[0], second]).netMinor == 10_000)
    }

    @Test("A person's confirmation and the gateway's notice are one payment: its refund takes the sale away, in every order")
    func confirmed() {
        let confirm = Self.fact("confirm", .paid, 10_000, account: RecordedFact.operatorAccount)
        let paid = Self.facts[0]
        #expect(standing([confirm]).netMinor == 10_000 && !standing([confirm, paid]).paidTwice)
        for transaction in ["t1", "refund-7", nil] {
            for meaning in [RecordedFact.RefundMeaning.single, .cumulative] {
                let full = Self.fact("r", .refunded, 10_000, tx: transaction, meaning: meaning)
                #expect(standing([confirm, full]).netMinor == 0)
                var orders = 0
                Self.permute([confirm, paid, Self.facts[1], full]) { facts in
                    orders += 1
                    let standing = standing(facts)
                    #expect(standing.isPaid && standing.netMinor == 0 && standing.soldMinor == 0 && !standing.paidTwice)
                }
                #expect(orders == 24)
            }
        }
        // A second payment is one all the same.
        #expect(standing([confirm, paid, Self.facts[2]]).paidTwice)
        let part = Self.facts[6]
        #expect(standing([confirm, paid, part]).netMinor == 7_000)
    }

    @Test("A dispute stops delivery until it is won, and takes the sale away when it is lost")
    func disputes() {
        #expect(standing("p1", "d").dispute == .open && !standing("p1", "d").mayDeliver)
        #expect(standing("p1", "d", "d-won").mayDeliver)
        #expect(standing("p1", "d-won", "d").mayDeliver)
        #expect(standing("p1", "d", "d-lost").soldMinor == 0)
        #expect(standing("p1", "d", "d-won", "d-lost").dispute == .lost)
    }

    @Test("No number of facts overflows")
    func overflow() {
        let terms = Standing.Terms(amountMinor: Int64.max / 2, currency: "CNY", account: "bank")
        let facts = (0..<50).flatMap { n in
            [
                Self.fact("p\(n)", .paid, Int64.max / 2, tx: "t\(n)"), Self.fact("q\(n)", .paid, Int64.max, tx: "u\(n)"),
                Self.fact("r\(n)", .refunded, Int64.max, tx: "v\(n)", meaning: .single),
                Self.fact("s\(n)", .refunded, Int64.min, tx: "t\(n)", meaning: .single),
            ]
        }
        let standing = Standing(of: facts, terms: terms)
        #expect(standing.netMinor >= 0 && standing.netMinor <= terms.amountMinor)
    }

    private static func subsets(of count: Int, size: Int) -> [[Int]] {
        if size == 0 { return [[]] }
        return (0..<count).flatMap { first in
            subsets(of: count, size: size - 1).filter { $0.allSatisfy { $0 > first } }.map { [first] + $0 }
        }
    }

    private static func choose(_ size: Int, _ random: inout SeededRandom) -> [Int] {
        Array(Array(facts.indices).shuffled(using: &random).prefix(size))
    }

    private static func permute(_ items: [RecordedFact], _ body: ([RecordedFact]) -> Void) {
        func step(_ done: [RecordedFact], _ rest: [RecordedFact]) {
            if rest.isEmpty { return body(done) }
            for index in rest.indices {
                var left = rest
                let next = left.remove(at: index)
                step(done + [next], left)
            }
        }
        step([], items)
    }
}
