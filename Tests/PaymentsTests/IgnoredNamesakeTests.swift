import Testing

@testable import Payments

@Suite("Notices that share a name")
struct IgnoredNamesakeTests {
    @Test("An ignored notice and a payment of the same name are two facts, each told once")
    func books() throws {
        let context = try JSONReader.read(Array(#"{"orders":{"KF_TEST_01":{"amountMinor":6800,"currency":"CNY","gateway":"epay"}}}"#.utf8))
        var books = try CaseBooks(context, name: "n")
        let fact = Fact(
            .paid, dedupeKey: "2027", orderID: "KF_TEST_01", amountMinor: 6800, currency: "CNY", gatewayTransactionID: "2027")
        var waiting = fact
        waiting.kind = .ignored
        #expect(fact.inboxKey == "2027" && waiting.inboxKey == "ignored|2027")
        #expect(books.book(waiting, account: "epay").flags.isEmpty)
        #expect(books.book(fact, account: "epay").deliver)
        #expect(books.book(fact, account: "epay").flags.contains(.duplicate))
        #expect(books.book(waiting, account: "epay").flags == [.duplicate])
    }
}
