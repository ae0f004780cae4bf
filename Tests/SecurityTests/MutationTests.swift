import Foundation
import Payments
import Testing

/// The suite's share of the million mutations that `make mutations` judges. KEYFRONT_MUTATIONS says how many, KEYFRONT_SEED which.
struct MutationTests {
    @Test("Of all mutated notices of every kind of gateway none is accepted but those that change no signed byte")
    func mutations() async throws {
        let environment = ProcessInfo.processInfo.environment
        let count = try #require(Int(environment["KEYFRONT_MUTATIONS"] ?? "20000"))
        let seed = try #require(UInt64(environment["KEYFRONT_SEED"] ?? "20261121"))
        let subjects = try await Authentic.all()
        #expect(Set(subjects.map { $0.name.prefix { $0 != " " } }).count == 13)
        let run = MutationRun(count: count, seed: seed, over: subjects)
        #expect(run.judged == count && count > 0)
        #expect(run.forgeries.isEmpty, "seed \(seed)\n\(run.summary)")
        // Where nothing signed is changed the notice is the same notice: were none accepted, the run would prove nothing.
        #expect(run.harmless.values.reduce(0, +) > count / 100)
    }

    @Test("The run would notice: a judge that believes anything is caught at once")
    func control() async throws {
        let all = try await Authentic.all()
        let subject = try #require(all.first)
        let fact = subject.fact
        let credulous = try Authentic(subject.name, subject.scheme, subject.notice) { _ in .accepted(fact, success: StripeNotices.success) }
        let run = MutationRun(count: 500, seed: 1, over: [credulous])
        #expect(run.forgeries.count == 500)
    }
}
