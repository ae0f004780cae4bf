import Catalog
import Fulfilment
import Logging
import ServiceLifecycle

/// Does what time alone brings about: holds run out, commissions mature, products come on sale.
struct Ticker: Service {
    let engine: Engine
    let clock: Clock
    let counters: ServerCounters
    let bell: Bell
    let reload: @Sendable (_ reason: String) async -> Void
    let logger: Logger

    /// Seconds between two looks.
    private static let period: Duration = .seconds(2)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            var reported: [[String]: Int] = [:]
            var round = 0
            while !Task.isCancelled {
                await tick(&reported, round)
                round += 1
                try await Task.sleep(for: Self.period)
            }
        }
    }

    private func tick(_ reported: inout [[String]: Int], _ round: Int) async {
        // Each by itself: what fails does not stop the others.
        do {
            // Ended holds may fill owed orders, whose mails are then due.
            if try await engine.expireHolds() > 0 { bell.ring() }
        } catch {
            failed("holds", error)
        }
        if round.isMultiple(of: 15) {
            do {
                try await engine.mature()
            } catch {
                failed("commissions", error)
            }
        }
        do {
            try await recordRejections(&reported)
        } catch {
            failed("refusals", error)
        }
        if let change = engine.catalogue.nextChange, change <= clock.now() { await reload("a product's day has come") }
    }

    private func failed(_ work: String, _ error: FulfilmentError) {
        logger.error("periodic work failed", metadata: ["work": "\(work)", "code": "\(error.code.rawValue)"])
    }

    /// Refused notices are written down here and not where they arrive: a flood of forged ones costs one row a round for each
    /// account and reason, and no commit each.
    private func recordRejections(_ reported: inout [[String]: Int]) async throws(FulfilmentError) {
        for (labels, count) in counters.rejections.all where labels.count == 3 && reported[labels] != count {
            let new = count - reported[labels, default: 0]
            try await engine.recordRejection(account: labels[0], category: labels[1], reason: labels[2], count: new)
            reported[labels] = count
        }
    }
}
