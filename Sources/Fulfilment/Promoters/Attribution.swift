package import Catalog

/// Whose promotion an order is, decided when it is paid.
///
/// A pure function. A buyer who is bound stays bound as the shop's terms say; a token given at checkout counts for
/// buyers who are not. Nobody earns from their own order, and nobody comes to stand above themselves (I9).
package struct Attribution: Sendable, Hashable {
    /// A promoter as far as attribution asks.
    package struct Candidate: Sendable, Hashable {
        package var id: String
        /// Keyed digest of the folded address: the same for one person's spellings of it.
        package var person: [UInt8]
        /// Everybody above, nearest first.
        package var ancestors: [String]

        package init(id: String, person: [UInt8], ancestors: [String]) {
            self.id = id
            self.person = person
            self.ancestors = ancestors
        }
    }

    /// The buyer, if they are a promoter already (every buyer becomes one with the first paid order).
    package struct Buyer: Sendable, Hashable {
        package var id: String?
        package var person: [UInt8]
        package var parent: String?
        /// Unix seconds; nil if not bound.
        package var boundAt: Int64?

        package init(id: String?, person: [UInt8], parent: String?, boundAt: Int64?) {
            self.id = id
            self.person = person
            self.parent = parent
            self.boundAt = boundAt
        }
    }

    package enum Refusal: String, Sendable, Hashable {
        /// The token is the buyer's own.
        case selfReferral = "self_referral"
        /// The buyer stands above the promoter.
        case cycle
    }

    /// Who earns level 1; nil: nobody.
    package var direct: String?
    /// The buyer's parent is to become `direct`.
    package var binds: Bool
    /// Why the token's promoter was passed over, if that is worth a note.
    package var refusal: Refusal?

    /// - Parameters:
    ///   - binding: the shop's terms.
    ///   - candidate: the promoter of the token given at checkout.
    ///   - now: unix seconds.
    package static func decide(binding: PromoterTerms.Binding, buyer: Buyer, candidate: Candidate?, now: Int64) -> Attribution {
        if let parent = buyer.parent, holds(binding, boundAt: buyer.boundAt, now: now) {
            return Attribution(direct: parent, binds: false, refusal: nil)
        }
        guard let candidate else { return Attribution(direct: nil, binds: false, refusal: nil) }
        if candidate.id == buyer.id || candidate.person == buyer.person {
            return Attribution(direct: nil, binds: false, refusal: .selfReferral)
        }
        if let own = buyer.id, candidate.ancestors.contains(own) {
            return Attribution(direct: nil, binds: false, refusal: .cycle)
        }
        let rebinds: Bool
        switch binding {
        case .permanent, .window: rebinds = true
        case .first, .last: rebinds = buyer.parent == nil
        }
        return Attribution(direct: candidate.id, binds: rebinds, refusal: nil)
    }

    /// Whether a binding made at `boundAt` decides alone.
    private static func holds(_ binding: PromoterTerms.Binding, boundAt: Int64?, now: Int64) -> Bool {
        switch binding {
        case .permanent: true
        case .first, .last: false
        case .window(let days): boundAt.map { now - $0 <= Int64(days) * 86_400 } ?? false
        }
    }
}
