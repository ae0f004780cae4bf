/// One recorded notice with what the daemon is configured with, what its books hold, and what its clock shows.
package struct NoticeCase: Sendable {
    package let name: String
    /// The scheme, which is also the name of the account: `stripe`, `standard-webhooks`.
    package let gateway: String
    let config: JSON
    /// nil when the case goes on with the books as the case before it left them.
    let books: CaseBooks?
    package let notice: RawNotice
    package let now: Int64
    /// The case after which this one comes.
    package let after: String?

    /// The schemes that can be judged.
    package static let schemes = CaseScheme.known

    /// Reads one case, or a list of them. Throws `malformedCase` with the name or number of the case.
    package static func read(_ bytes: [UInt8]) throws(PaymentError) -> [NoticeCase] {
        let content: JSON
        do throws(JSONReader.Failure) {
            content = try JSONReader.read(bytes)
        } catch {
            throw PaymentError(.malformedCase, "the case is not JSON: \(error.message)", location: "byte \(error.offset)")
        }
        var cases: [NoticeCase] = []
        for (index, entry) in (content.list ?? [content]).enumerated() { cases.append(try NoticeCase(entry, number: index + 1)) }
        return cases
    }

    /// Judges the cases in their order, as the daemon would, with books in memory.
    ///
    /// A case starts from the books that it describes, and goes on from those that `after` left, if it names a case
    /// before it. Cases that describe no books share them with the case before.
    package static func judge(_ cases: [NoticeCase]) -> [CaseResult] {
        var results: [CaseResult] = []
        var left: [[UInt8]: CaseBooks] = [:]
        var last = CaseBooks()
        for entry in cases {
            var books = entry.after.flatMap { left[Array($0.utf8)] }.map { entry.books.map($0.adding) ?? $0 } ?? entry.books ?? last
            let missing = entry.after.map { left[Array($0.utf8)] == nil } ?? false
            results.append(entry.judge(&books, note: missing ? "the case that it follows was not given" : nil))
            left[Array(entry.name.utf8)] = books
            last = books
        }
        return results
    }

    private func judge(_ books: inout CaseBooks, note: String?) -> CaseResult {
        switch CaseScheme.verdict(of: self) {
        case .accepted(let fact, let reply):
            if gateway == "paypal", !books.admits(Transmission(payPal: notice)) {
                let refusal = PayPalNotices.reused
                return CaseResult(
                    name: name, category: refusal.category, reason: refusal.reason, reply: PayPalNotices.failure, note: note)
            }
            let decision = books.book(fact, account: gateway)
            return CaseResult(name: name, fact: fact, decision: decision, reply: reply, note: note)
        case .rejected(let category, let reason, let reply):
            return CaseResult(name: name, category: category, reason: reason, reply: reply, note: note)
        }
    }
}
