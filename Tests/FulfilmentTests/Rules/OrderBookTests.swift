import Catalog
import Testing

@testable import Fulfilment

@Suite("The books of one order")
struct OrderBookTests {
    static func book(levels: [(String, Int64)] = [("aaaaaaaa", 1000), ("bbbbbbbb", 500)]) -> OrderBook {
        OrderBook(
            shop: "main", order: "order1", account: "bank", currency: "CNY",
            shares: levels.enumerated().compactMap { index, level in
                ExactRate(basisPoints: level.1).map { OrderBook.Share(level: Int64(index + 1), promoter: level.0, rate: $0) }
            }, transfers: [])
    }

    func balances(_ book: OrderBook) -> [String: Int64] {
        var balances: [String: Int64] = [:]
        for entry in book.transfers.flatMap(\.entries) { balances[entry.account.text, default: 0] += entry.amountMinor }
        return balances.filter { $0.value != 0 }
    }

    func adjust(_ book: inout OrderBook, sold: Int64, frozen: Bool = false, cause: String) {
        book.transfers += book.adjustments(soldMinor: sold, frozen: frozen, cause: cause, at: 1)
    }

    @Test("A sale of 100.00 earns 10.00 and 5.00, pending")
    func sale() {
        var book = Self.book()
        adjust(&book, sold: 10_000, cause: "p")
        #expect(
            balances(book) == [
                "gateway:bank": -10_000, "sales": 10_000, "commission": -1_500, "promoter:aaaaaaaa:pending": 1_000,
                "promoter:bbbbbbbb:pending": 500,
            ])
        #expect(book.adjustments(soldMinor: 10_000, frozen: false, cause: "again", at: 2).isEmpty)
        #expect(book.transfers.filter { $0.kind == .commission }.map(\.rate) == [1000, 500])
    }

    @Test("Shares are rounded down at each level")
    func rounding() {
        var book = Self.book(levels: [("aaaaaaaa", 1000), ("bbbbbbbb", 333)])
        adjust(&book, sold: 1_999, cause: "p")
        #expect(balances(book)["promoter:aaaaaaaa:pending"] == 199)
        #expect(balances(book)["promoter:bbbbbbbb:pending"] == 66)
        var tiny = Self.book()
        adjust(&tiny, sold: 9, cause: "p")
        #expect(balances(tiny) == ["gateway:bank": -9, "sales": 9])
    }

    @Test("Any sequence of partial refunds that adds up to the whole takes back the whole commission, before and after it matures")
    func partialRefunds() {
        var random = SeededRandom(seed: 3)
        for round in 0..<300 {
            let amount = Int64.random(in: 1...30_000, using: &random)
            var book = Self.book(levels: [("aaaaaaaa", Int64.random(in: 1...5000, using: &random)), ("bbbbbbbb", 777)])
            adjust(&book, sold: amount, cause: "p")
            var left = amount
            var step = 0
            while left > 0 {
                if Int.random(in: 0..<3, using: &random) == 0 { book.transfers += book.maturing(at: 5) }
                left -= Int64.random(in: 1...max(1, left), using: &random)
                step += 1
                adjust(&book, sold: left, cause: "r\(step)")
                let now = balances(book)
                #expect(-(now["commission"] ?? 0) <= left)
                #expect((now["sales"] ?? 0) == left)
            }
            #expect(balances(book).isEmpty, "round \(round)")
            let ids = book.transfers.map(\.id)
            #expect(Set(ids).count == ids.count)
        }
    }

    @Test("A refund inside the hold voids the pending commission and lets the smaller one wait; each pending resolves once")
    func refundInsideHold() {
        var book = Self.book()
        adjust(&book, sold: 10_000, cause: "p")
        adjust(&book, sold: 6_667, cause: "r")
        #expect(balances(book)["promoter:aaaaaaaa:pending"] == 666)
        #expect(balances(book)["promoter:bbbbbbbb:pending"] == 333)
        #expect(book.transfers.filter { $0.kind == .void }.map(\.amountMinor).sorted() == [500, 1_000])
        book.transfers += book.maturing(at: 9)
        #expect(balances(book)["promoter:aaaaaaaa:available"] == 666)
        #expect(book.openCommissions.isEmpty)
        let resolved = book.transfers.compactMap(\.resolves)
        #expect(Set(resolved).count == resolved.count && resolved.count == 4)
    }

    @Test("A refund after maturity claws back")
    func clawback() {
        var book = Self.book()
        adjust(&book, sold: 10_000, cause: "p")
        book.transfers += book.maturing(at: 9)
        adjust(&book, sold: 5_000, cause: "r1")
        #expect(balances(book)["promoter:aaaaaaaa:available"] == 500)
        adjust(&book, sold: 0, cause: "r2")
        #expect(balances(book).isEmpty)
        #expect(book.transfers.filter { $0.kind == .clawback }.count == 4)
    }

    @Test("A dispute freezes what was payable, a won one lets it mature again, a lost one takes all")
    func dispute() {
        var book = Self.book()
        adjust(&book, sold: 10_000, cause: "p")
        book.transfers += book.maturing(at: 9)
        adjust(&book, sold: 10_000, frozen: true, cause: "d")
        #expect(balances(book)["promoter:aaaaaaaa:pending"] == 1_000)
        #expect(balances(book)["promoter:aaaaaaaa:available"] == nil)
        var lost = book
        adjust(&book, sold: 10_000, cause: "won")
        book.transfers += book.maturing(at: 12)
        #expect(balances(book)["promoter:aaaaaaaa:available"] == 1_000)
        adjust(&lost, sold: 0, cause: "lost")
        #expect(balances(lost).isEmpty)
    }

    @Test("Ids are digests of shop, order, cause, level and kind: the same for the same, different for any other")
    func identifiers() {
        let id = Transfer.id(shop: "main", order: "o", cause: "c", level: 1, kind: .commission)
        #expect(id.count == 16)
        #expect(id == Transfer.id(shop: "main", order: "o", cause: "c", level: 1, kind: .commission))
        let others = [
            Transfer.id(shop: "main2", order: "o", cause: "c", level: 1, kind: .commission),
            Transfer.id(shop: "main", order: "oc", cause: "", level: 1, kind: .commission),
            Transfer.id(shop: "main", order: "o", cause: "c", level: 2, kind: .commission),
            Transfer.id(shop: "main", order: "o", cause: "c", level: 1, kind: .clawback),
        ]
        #expect(Set(others + [id]).count == 5)
    }

    @Test("An account's name reads back to the account")
    func accounts() {
        let all: [LedgerAccount] = [
            .gateway("a:b"), .sales, .commission, .pending("x"), .available("x"), .payouts, .fees, .costs,
        ]
        for account in all { #expect(LedgerAccount(text: account.text) == account) }
        for text in ["", "promoter", "promoter:x", "promoter:x:paid", "sales:x", "gateway"] { #expect(LedgerAccount(text: text) == nil) }
    }
}
