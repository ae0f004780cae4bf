import Payments

/// So many mutations from one seed, and what the judges made of them.
struct MutationRun {
    /// Notices with a signed byte changed. None of them may be accepted.
    private(set) var judged = 0
    /// Changed notices of which no signed byte was changed, whatever the judge said.
    private(set) var unsigned = 0
    /// Those of them that were accepted, with the same meaning: how many, by gateway and mutation.
    private(set) var harmless: [String: Int] = [:]
    /// What was accepted and must not be.
    private(set) var forgeries: [String] = []

    /// Goes through notices and mutations in turn, so that every pair of them gets the same share.
    init(count: Int, seed: UInt64, over subjects: [Authentic]) {
        var random = Seeded(state: seed)
        let mutations = Mutation.allCases
        let views = subjects.map { SignedView($0.notice, $0.scheme, original: $0.notice) }
        var turn = 0
        while judged < count {
            let subject = subjects[turn % subjects.count]
            let mutation = mutations[turn / subjects.count % mutations.count]
            guard let notice = mutation.applied(to: subject, among: subjects, &random) else {
                turn += 1
                continue
            }
            let isSigned = SignedView(notice, subject.scheme, original: subject.notice) == views[turn % subjects.count]
            if isSigned { unsigned += 1 } else { judged += 1 }
            turn += 1
            guard let fact = subject.fact(of: notice) else { continue }
            if isSigned, means(fact, notice, subject) {
                harmless["\(subject.name.prefix { $0 != " " }): \(mutation.rawValue)", default: 0] += 1
            } else {
                let content = notice.query ?? String(decoding: notice.body, as: UTF8.self)
                forgeries.append("\(subject.name): \(mutation.rawValue): \(fact) \(notice.method) \(notice.headers) \(content)")
            }
        }
    }

    /// The same as the authentic notice, or nothing at all, as of a form that a browser brought.
    private func means(_ fact: Fact, _ notice: RawNotice, _ subject: Authentic) -> Bool {
        fact == subject.fact || (fact.kind == .ignored && notice.method != subject.notice.method)
    }

    /// The listing that goes with the claim, sorted.
    var summary: String {
        let rows = harmless.sorted { $0.key < $1.key }.map { "  \($0.value) × \($0.key)" }
        return
            (["\(judged) notices with a signed byte changed and \(unsigned) others: \(forgeries.count) forgeries accepted"]
            + (rows.isEmpty ? [] : ["accepted, no signed byte being changed, with the same meaning:"] + rows)
            + forgeries.prefix(5).map { "FORGERY \($0)" }).joined(separator: "\n")
    }
}
