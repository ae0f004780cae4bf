internal import Fulfilment

/// A promoter as the merchant sees them.
package struct PromoterAnswer: Sendable, Hashable, Codable {
    package var id: String
    /// What stands in their links.
    package var token: String
    /// The id of the promoter above; `null` in JSON when there is none.
    package var parent: String?
    package var pendingMinor: Int64
    package var availableMinor: Int64
    package var paidMinor: Int64
    package var currency: String
    /// Unix seconds.
    package var createdAt: Int64
    package var active: Bool

    init(_ summary: PromoterSummary) {
        id = summary.id
        token = summary.token
        parent = summary.parent
        pendingMinor = summary.pendingMinor
        availableMinor = summary.availableMinor
        paidMinor = summary.paidMinor
        currency = summary.currency
        createdAt = summary.createdAt
        active = summary.active
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(token, forKey: .token)
        try container.encode(parent, forKey: .parent)
        try container.encode(pendingMinor, forKey: .pendingMinor)
        try container.encode(availableMinor, forKey: .availableMinor)
        try container.encode(paidMinor, forKey: .paidMinor)
        try container.encode(currency, forKey: .currency)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(active, forKey: .active)
    }
}

/// The link of a promoter's own page: whoever has it sees the earnings.
package struct LinkAnswer: Sendable, Hashable, Codable {
    package var id: String
    package var link: String
}

extension LinkAnswer: CustomStringConvertible, CustomReflectable {
    package var description: String { "(the link of \(id))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
