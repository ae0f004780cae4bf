import Catalog
import Testing

@testable import Fulfilment

@Suite("Whose promotion an order is")
struct AttributionTests {
    let candidate = Attribution.Candidate(id: "cccccccc", person: [3], ancestors: ["dddddddd"])

    func buyer(_ id: String? = nil, parent: String? = nil, boundAt: Int64? = nil) -> Attribution.Buyer {
        Attribution.Buyer(id: id, person: [9], parent: parent, boundAt: boundAt)
    }

    func decide(_ binding: PromoterTerms.Binding, _ buyer: Attribution.Buyer, now: Int64 = 100) -> Attribution {
        Attribution.decide(binding: binding, buyer: buyer, candidate: candidate, now: now)
    }

    @Test("A new buyer is bound to the promoter of the token")
    func new() {
        #expect(decide(.permanent, buyer()) == Attribution(direct: "cccccccc", binds: true, refusal: nil))
        #expect(
            Attribution.decide(binding: .permanent, buyer: buyer(), candidate: nil, now: 0)
                == Attribution(direct: nil, binds: false, refusal: nil))
    }

    @Test("A permanent binding outlasts any other token")
    func permanent() {
        #expect(decide(.permanent, buyer("bbbbbbbb", parent: "aaaaaaaa", boundAt: 0), now: .max).direct == "aaaaaaaa")
    }

    @Test("With first and last, each order's own token counts, and the first one makes the buyer's place in the tree")
    func each() {
        for binding in [PromoterTerms.Binding.first, .last] {
            #expect(
                decide(binding, buyer("bbbbbbbb", parent: "aaaaaaaa", boundAt: 0))
                    == Attribution(direct: "cccccccc", binds: false, refusal: nil))
            #expect(decide(binding, buyer("bbbbbbbb")).binds)
        }
    }

    @Test("A window's binding ends after its days")
    func window() {
        let bound = buyer("bbbbbbbb", parent: "aaaaaaaa", boundAt: 1_000)
        #expect(decide(.window(days: 2), bound, now: 1_000 + 2 * 86_400).direct == "aaaaaaaa")
        #expect(
            decide(.window(days: 2), bound, now: 1_001 + 2 * 86_400) == Attribution(direct: "cccccccc", binds: true, refusal: nil))
    }

    @Test("Nobody earns from themselves, by id or by another spelling of the address, and nobody comes to stand above themselves")
    func refusals() {
        #expect(decide(.permanent, buyer("cccccccc")).refusal == .selfReferral)
        let same = Attribution.Buyer(id: nil, person: [3], parent: nil, boundAt: nil)
        #expect(decide(.permanent, same) == Attribution(direct: nil, binds: false, refusal: .selfReferral))
        #expect(decide(.permanent, buyer("dddddddd")) == Attribution(direct: nil, binds: false, refusal: .cycle))
    }
}
