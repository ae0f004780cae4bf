internal import Catalog

/// What the first payment of an order means to promoters: whom the buyer is bound to, who earns, and that the buyer
/// may now share links too. Inside the transaction that saw the payment.
struct Enrolment {
    let books: Books
    let now: Int64

    /// Binds the buyer, makes them a promoter, and fixes who earns from the order.
    /// - Parameter new: made beforehand; used if the buyer is no promoter yet.
    func enrol(_ order: OrderRecord, _ new: NewPromoter?) throws -> [OrderBook.Share] {
        // The rates that were agreed, whatever the shop pays today.
        guard !order.rates.isEmpty else { return [] }
        var own = try books.promoters.lock(buyer: order.buyer)
        var lineage = try order.promoter.flatMap { try books.promoters.lineage($0) }
        var attribution = try attribute(order, own, lineage)
        if own == nil, try !welcome(order, new, parent: attribution.binds ? attribution.direct : nil),
            let made = try books.promoters.lock(buyer: order.buyer)
        {
            // Another order of this buyer was paid at the same time, and came first.
            own = made
            attribution = try attribute(order, own, lineage)
        }
        if let own, attribution.binds, let parent = attribution.direct {
            // Two who bind to each other at the same time: the second to look sees the first.
            if try books.promoters.lockPath(from: parent).contains(own.id) {
                attribution = Attribution(direct: nil, binds: false, refusal: .cycle)
            } else {
                try books.promoters.bind(own.id, to: parent, at: now)
            }
        }
        if let refusal = attribution.refusal {
            try books.audit.add(.referral, subject: order.id, detail: refusal.rawValue, actor: "buyer", at: now)
        }
        guard let direct = attribution.direct else { return [] }
        if lineage?.members.first?.id != direct { lineage = try books.promoters.lineage(direct) }
        return shares(lineage, of: order, buyer: own?.id)
    }

    private func attribute(_ order: OrderRecord, _ own: PromoterRecord?, _ lineage: Lineage?) throws -> Attribution {
        Attribution.decide(
            binding: books.engine.catalogue.shop.promoters.binding,
            buyer: Attribution.Buyer(id: own?.id, person: order.person, parent: own?.parent, boundAt: own?.boundAt),
            candidate: try candidate(lineage, of: order, known: own != nil), now: now)
    }

    private func candidate(_ lineage: Lineage?, of order: OrderRecord, known: Bool) throws -> Attribution.Candidate? {
        guard let lineage, let first = lineage.members.first, first.active else { return nil }
        // Nobody can stand below a buyer who is no promoter yet.
        let ancestors = known ? try books.promoters.ancestors(of: first.id) : []
        return Attribution.Candidate(id: first.id, person: first.person, ancestors: ancestors)
    }

    /// An inactive promoter earns nothing, nor does the buyer under any address; the levels above keep their own.
    private func shares(_ lineage: Lineage?, of order: OrderRecord, buyer: String?) -> [OrderBook.Share] {
        guard let lineage else { return [] }
        return zip(lineage.members, order.rates).enumerated().compactMap { index, pair in
            let (member, rate) = pair
            guard member.active, member.id != buyer, member.person != order.person, rate.basisPoints > 0 else { return nil }
            return OrderBook.Share(level: Int64(index + 1), promoter: member.id, rate: rate)
        }
    }

    /// Makes the buyer a promoter; false if they are one by now.
    private func welcome(_ order: OrderRecord, _ new: NewPromoter?, parent: String?) throws -> Bool {
        let new = try new ?? books.engine.newPromoter()
        let inserted = try books.promoters.insert(
            new, buyer: order.buyer, person: order.person, address: order.address, language: order.language, parent: parent, at: now)
        if inserted { try books.outbox.add("page-\(new.id)", .promoterPage, subject: new.id, at: now) }
        return inserted
    }
}
