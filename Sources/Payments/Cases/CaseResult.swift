/// What came of one case.
package struct CaseResult: Sendable, Equatable {
    package let name: String
    package let accepted: Bool
    /// nil when accepted.
    package let category: Refusal.Category?
    /// `ok` when accepted.
    package let reason: String
    /// nil when rejected.
    package let fact: Fact?
    /// nil when rejected.
    package let decision: Decision?
    package let reply: NoticeReply
    /// A remark on the case itself, for a person.
    package let note: String?

    init(name: String, fact: Fact, decision: Decision, reply: NoticeReply, note: String?) {
        self.name = name
        accepted = true
        category = nil
        reason = "ok"
        self.fact = fact
        self.decision = decision
        self.reply = reply
        self.note = note
    }

    init(name: String, category: Refusal.Category, reason: String, reply: NoticeReply, note: String?) {
        self.name = name
        accepted = false
        self.category = category
        self.reason = reason
        fact = nil
        decision = nil
        self.reply = reply
        self.note = note
    }

    /// One line of JSON: the fields of `notice verify --json`.
    package var json: String {
        JSON.object([
            "name": .text(name),
            "verdict": .text(accepted ? "accept" : "reject"),
            "category": .text(category?.rawValue),
            "reason": .text(reason),
            "kind": .text(kind),
            "orderId": .text(fact?.orderID),
            "amountMinor": fact?.amountMinor.map(JSON.integer) ?? .null,
            "currency": .text(fact?.currency),
            "gatewayTransactionId": .text(fact?.gatewayTransactionID),
            "deliver": .bool(decision?.deliver ?? false),
            "reply": .object(["status": .integer(Int64(reply.status)), "body": .text(reply.body)]),
        ]).written
    }

    /// `paid`, `refunded`, `disputed` or `ignored`: a payment that failed is nothing to act on for the outside,
    /// and the end of a dispute is still about the dispute.
    package var kind: String? {
        switch fact?.kind {
        case .none: nil
        case .paid: "paid"
        case .refunded: "refunded"
        case .disputed, .disputeClosed: "disputed"
        case .failed, .ignored: "ignored"
        }
    }

    /// For a person: a line that says it all, and a second where there is more.
    package var text: String {
        var line: String
        if let fact, let decision {
            line = "accept  \(name): \(kind ?? "ignored")"
            if let order = fact.orderID ?? decision.orderID { line += " order \(order)" }
            if let amount = fact.amountMinor { line += " \(amount) \(fact.currency ?? "?") (minor units)" }
            line += decision.deliver ? ", deliver" : ", nothing to deliver"
            if !decision.flags.isEmpty { line += " [" + decision.flags.map(\.rawValue).joined(separator: " ") + "]" }
        } else {
            line = "reject  \(name): \(category?.rawValue ?? "") \(reason)"
        }
        line += "; reply \(reply.status)" + (reply.body.isEmpty ? "" : " \(reply.body)")
        if let note { line += "\n  note: \(note)" }
        return line
    }
}
