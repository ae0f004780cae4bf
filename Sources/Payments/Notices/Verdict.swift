/// What a gateway is told about its notice.
package struct NoticeReply: Sendable, Equatable {
    package let status: Int
    package let headers: [Header]
    package let body: String

    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(status: Int, headers: [Header] = [], body: String = "") {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why a notice is refused: a category, and a stable word for the log and the metrics.
package struct Refusal: Error, Sendable, Equatable {
    package enum Category: String, Sendable, CaseIterable {
        case signature, replay, format, identity, policy, config
    }

    package let category: Category
    package let reason: String

    package init(_ category: Category, _ reason: String) {
        self.category = category
        self.reason = reason
    }
}

/// What came of looking at a notice. It says nothing about our orders; `decide` does.
package enum Verdict: Sendable, Equatable {
    /// Authentic, fresh, well-formed and addressed to us. `success` is sent after the books were committed.
    case accepted(Fact, success: NoticeReply)
    /// Answered with `reply`, changes nothing.
    case rejected(category: Refusal.Category, reason: String, reply: NoticeReply)
}
