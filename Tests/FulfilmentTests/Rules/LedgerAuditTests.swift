import Testing

@testable import Fulfilment

@Suite("The books' own audit finds every broken rule")
struct LedgerAuditTests {
    /// A sound order of 100.00 with one commission that matured.
    static var sound: [Transfer] {
        var book = OrderBookTests.book()
        book.transfers += book.adjustments(soldMinor: 10_000, frozen: false, cause: "p", at: 1)
        book.transfers += book.maturing(at: 2)
        return book.transfers
    }

    static let stored = [
        StoredBalance(promoter: "aaaaaaaa", currency: "CNY", balance: PromoterBalance(availableMinor: 1_000)),
        StoredBalance(promoter: "bbbbbbbb", currency: "CNY", balance: PromoterBalance(availableMinor: 500)),
    ]

    func rules(
        _ transfers: [Transfer], sold: Int64 = 10_000, stored: [StoredBalance] = stored,
        parents: [String: String] = ["aaaaaaaa": "bbbbbbbb"]
    ) -> Set<String> {
        var audit = LedgerAudit()
        for (order, transfers) in Dictionary(grouping: transfers, by: \.order) {
            audit.add(order: order, transfers, facts: order == "order1" ? .init(soldMinor: sold, isPaid: true) : nil)
        }
        let report = audit.report(stored: stored, parents: parents)
        return Set(report.findings.map(\.rule))
    }

    @Test("Sound books have no finding")
    func soundBooks() {
        #expect(rules(Self.sound).isEmpty)
        #expect(rules(Self.sound.reversed()).isEmpty)
    }

    @Test("A transfer of nothing, or to itself, breaks I1")
    func zero() {
        var transfers = Self.sound
        transfers[0].amountMinor = 0
        #expect(rules(transfers).contains("I1"))
        transfers = Self.sound
        transfers[0].credit = transfers[0].debit
        #expect(rules(transfers).contains("I1"))
    }

    @Test("A balance that is not its entries' sum breaks I3, and so does one that is missing")
    func folds() {
        var wrong = Self.stored
        wrong[0].balance.availableMinor += 1
        #expect(rules(Self.sound, stored: wrong) == ["I3"])
        #expect(rules(Self.sound, stored: [Self.stored[0]]) == ["I3"])
    }

    @Test("A pending transfer that resolves twice, or by more, breaks I4")
    func pending() throws {
        let post = try #require(Self.sound.first { $0.kind == .post })
        var transfers = Self.sound
        var twice = post
        twice.id = [1]
        twice.kind = .void
        twice.credit = .commission
        transfers.append(twice)
        #expect(rules(transfers).contains("I4"))
        var more = Self.sound
        more[more.count - 1].amountMinor += 1
        #expect(rules(more).contains("I4"))
    }

    @Test("A payout of more than what matured breaks I5")
    func payout() {
        var payout = Self.sound[0]
        payout.kind = .payout
        payout.order = ""
        payout.debit = .available("aaaaaaaa")
        payout.credit = .payouts
        payout.amountMinor = 1_001
        #expect(rules(Self.sound + [payout]).contains("I5"))
    }

    @Test("A sale that is not what the facts say, or commissions beyond it, break I6")
    func order() {
        #expect(rules(Self.sound, sold: 9_999) == ["I6"])
        #expect(rules(Self.sound.filter { $0.kind != .sale }).contains("I6"))
    }

    @Test("A promoter above themselves breaks I9")
    func cycle() {
        #expect(rules(Self.sound, parents: ["aaaaaaaa": "bbbbbbbb", "bbbbbbbb": "aaaaaaaa"]) == ["I9"])
        #expect(rules(Self.sound, parents: ["aaaaaaaa": "aaaaaaaa"]) == ["I9"])
    }
}
