internal import Catalog
internal import Fulfilment

extension Installation {
    /// Payouts on one page of `Command.payouts`.
    package static let payoutPage = 1000

    /// The commands on payouts.
    func payouts(_ command: Command) async throws -> Answer {
        switch command {
        case .runPayouts(let minimum, let rehearsal):
            let run = try await engine.runPayouts(minimum: try minimum.map { try money($0) }, isRehearsal: rehearsal)
            return .payoutRun(PayoutRunAnswer(run: run.run, payouts: run.payouts.map { PayoutAnswer($0) }))
        case .settlePayouts(let ids, let name, let reference):
            let state = try state(name)
            var settled: [PayoutAnswer] = []
            for id in ids { settled.append(PayoutAnswer(try await engine.settlePayout(id, as: state, reference: reference))) }
            return .payouts(settled)
        case .payouts(let name, let run, let after, let addresses):
            let state = try name.map { try self.state($0) }
            if addresses {
                let found = try await engine.payoutAddresses(state: state, run: run, after: after, limit: Self.payoutPage)
                return .payouts(found.map { PayoutAnswer($0.payout, address: $0.address) })
            }
            let found = try await engine.payouts(state: state, run: run, after: after, limit: Self.payoutPage)
            return .payouts(found.map { PayoutAnswer($0) })
        default: return .done
        }
    }

    private func state(_ name: String) throws(OperationError) -> Payout.State {
        guard let state = Payout.State(rawValue: name) else {
            let known = Payout.State.allCases.map(\.rawValue).joined(separator: ", ")
            throw OperationError(.invalid, "“\(name)” is not a state of a payout", hint: "the states are \(known)")
        }
        return state
    }
}
