import Payments
import Synchronization

/// Opens checkouts at gateways: tries again when there is no answer, gives up at a deadline, and lets an account rest that is down.
/// A gateway knows a repeated intent by the order's id, so trying again opens one checkout.
struct CheckoutOpener: Sendable {
    let breaker: CircuitBreaker
    /// Seconds for all tries together.
    var deadline = 15
    /// Milliseconds between the tries.
    var pauses = [200, 1000]
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    /// - Throws: `PaymentError`: what the last try said, or `unreachable` at the deadline and while the account rests.
    func open(_ intent: CheckoutIntent, at gateway: any Gateway) async throws(PaymentError) -> CheckoutSession {
        let account = gateway.account
        guard breaker.admits(account) else {
            throw PaymentError(.unreachable, "the gateway did not answer just now, and is left alone", location: "gateways.\(account)")
        }
        do throws(PaymentError) {
            let session = try await within { () async throws(PaymentError) in try await attempts(intent, gateway) }
            breaker.succeeded(account)
            return session
        } catch {
            if error.code == .unreachable { _ = breaker.failed(account) } else { breaker.succeeded(account) }
            throw error
        }
    }

    private func attempts(_ intent: CheckoutIntent, _ gateway: any Gateway) async throws(PaymentError) -> CheckoutSession {
        for pause in pauses {
            do throws(PaymentError) {
                return try await gateway.createCheckout(intent)
            } catch {
                guard error.code == .unreachable else { throw error }
                try? await sleep(.milliseconds(pause))
                if Task.isCancelled { throw error }
            }
        }
        return try await gateway.createCheckout(intent)
    }

    /// Whichever is first: the answer or the deadline. A call that is late goes on by itself and is listened to no more.
    private func within(
        _ body: @escaping @Sendable () async throws(PaymentError) -> CheckoutSession
    ) async throws(PaymentError) -> CheckoutSession {
        let race = Race()
        let work = Task {
            do throws(PaymentError) {
                race.finish(.success(try await body()))
            } catch {
                race.finish(.failure(error))
            }
        }
        let timer = Task {
            try? await sleep(.seconds(deadline))
            if !Task.isCancelled { race.finish(.failure(PaymentError(.unreachable, "the gateway did not answer in time"))) }
        }
        defer {
            work.cancel()
            timer.cancel()
        }
        return try await withCheckedContinuation { race.wait($0) }.get()
    }
}

/// The first of several results.
private final class Race: Sendable {
    typealias Outcome = Result<CheckoutSession, PaymentError>

    private struct State {
        var outcome: Outcome?
        var waiter: CheckedContinuation<Outcome, Never>?
    }

    private let state = Mutex(State())

    func finish(_ outcome: Outcome) {
        let waiter = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
            guard state.outcome == nil else { return nil }
            state.outcome = outcome
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: outcome)
    }

    /// One waits.
    func wait(_ waiter: CheckedContinuation<Outcome, Never>) {
        let outcome = state.withLock { state -> Outcome? in
            if state.outcome == nil { state.waiter = waiter }
            return state.outcome
        }
        if let outcome { waiter.resume(returning: outcome) }
    }
}
