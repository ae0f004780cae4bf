import Fulfilment
import Logging
import Operations
import Payments
import ServiceLifecycle
import Synchronization

/// Asks gateways what notices may have failed to tell: what became of unpaid orders, and of refunds that were never answered.
///
/// What a gateway answers goes the way of a notice. No gateway is called inside a transaction, and only so many at once.
struct Reconciler: Service {
    let engine: Engine
    let state: ShopState
    let questions: Questions
    let counters: ServerCounters
    /// Wakes the outbox worker.
    let wake: @Sendable () -> Void
    let logger: Logger
    let clock: Clock
    /// When each account was last asked for its disputes.
    let looked = LastLook()
    /// Calls at once.
    var width = 4

    /// Between two looks when nobody asks.
    var period: Duration = .seconds(10)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await round()
                await questions.bell.wait(atMost: period)
            }
        }
    }

    /// One look at all that is due.
    func round() async {
        do throws(FulfilmentError) {
            var queries: [DueQuery] = []
            for order in questions.take() {
                if let query = try await engine.query(order: order) { queries.append(query) }
            }
            queries += try await engine.dueQueries()
            await each(queries) { await ask($0) }
            await each(try await engine.unansweredRefunds()) { await resume($0) }
            await each(state.current.gateways.accounts.filter { looked.isDue($0.account, at: clock.now()) }) { await disputes(at: $0) }
        } catch {
            logger.error("reconciliation failed", metadata: ["code": "\(error.code.rawValue)"])
        }
    }

    private func each<T: Sendable>(_ items: [T], _ body: @escaping @Sendable (T) async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, item) in items.enumerated() {
                if index >= width { await group.next() }
                group.addTask { if !Task.isCancelled { await body(item) } }
            }
        }
    }

    private func ask(_ query: DueQuery) async {
        // An account that is not configured now may be so again: the order keeps its turns.
        guard let gateway = state.current.gateways.gateway(named: query.account) else { return }
        do {
            let answer: Fact?
            do throws(PaymentError) {
                answer = try await gateway.query(PaymentReference(order: query.order, gatewayReference: query.reference))
            } catch {
                counters.queries.add(query.account, error.code.rawValue)
                if error.code == .unsupported {
                    try await engine.endQueries(order: query.order)
                } else {
                    logger.notice(
                        "a gateway did not say what became of an order",
                        metadata: ["order": "\(query.order)", "account": "\(query.account)", "code": "\(error.code.rawValue)"])
                }
                return
            }
            guard let fact = answer else {
                counters.queries.add(query.account, "open")
                return
            }
            let outcome = try await engine.apply(account: query.account, fact: fact, bodyDigest: [])
            counters.queries.add(query.account, outcome.effect.rawValue)
            if outcome.effect != .duplicate, outcome.effect != .ignored { wake() }
            logger.info(
                "answer booked",
                metadata: [
                    "order": "\(query.order)", "account": "\(query.account)", "kind": "\(fact.kind.rawValue)",
                    "effect": "\(outcome.effect.rawValue)",
                ])
        } catch {
            logger.error("an answer could not be booked", metadata: ["order": "\(query.order)"])
        }
    }

    /// Once an hour, where the merchant wants it: disputes whose notices were lost, or that come with none.
    private func disputes(at gateway: any Gateway) async {
        do {
            guard let facts = try await gateway.disputes() else { return }
            counters.queries.add(gateway.account, "disputes")
            for fact in facts {
                let outcome = try await engine.apply(account: gateway.account, fact: fact, bodyDigest: [])
                guard outcome.effect != .duplicate else { continue }
                logger.notice(
                    "a dispute was found",
                    metadata: ["account": "\(gateway.account)", "effect": "\(outcome.effect.rawValue)", "order": "\(outcome.order ?? "-")"])
            }
        } catch {
            let code = (error as? PaymentError)?.code.rawValue ?? "books"
            logger.warning("a gateway did not list its disputes", metadata: ["account": "\(gateway.account)", "code": "\(code)"])
        }
    }

    private func resume(_ refund: RefundOrder) async {
        guard let gateway = state.current.gateways.gateway(named: refund.account) else { return }
        do throws(OperationError) {
            _ = try await RefundDesk(engine: engine).carryOut(refund, at: gateway)
            logger.notice("a refund went on", metadata: ["order": "\(refund.order)"])
        } catch {
            logger.warning("a refund did not go on", metadata: ["order": "\(refund.order)", "code": "\(error.code.rawValue)"])
        }
    }
}

/// When accounts were last asked for something that is asked for once an hour.
final class LastLook: Sendable {
    private let times = Mutex<[String: Int64]>([:])

    /// Whether an hour is over, which then begins anew.
    func isDue(_ account: String, at now: Int64) -> Bool {
        times.withLock { times in
            if let last = times[account], now - last < 3600, now >= last { return false }
            times[account] = now
            return true
        }
    }
}

/// Orders to ask about out of turn, because their buyers came back: each at most once a minute, however often its page is opened.
final class Questions: Sendable {
    let bell = Bell()
    private let limiter: RateLimiter
    private let orders = Mutex<[String]>([])
    /// Beyond it a buyer waits for the order's turn.
    private static let capacity = 1000

    /// - Parameter now: milliseconds of a clock that only goes forward.
    init(now: @escaping @Sendable () -> Int64) { limiter = RateLimiter(perMinute: 1, now: now) }

    func add(_ order: String) {
        guard limiter.admits(Array(order.utf8)) else { return }
        orders.withLock { if $0.count < Self.capacity { $0.append(order) } }
        bell.ring()
    }

    func take() -> [String] {
        orders.withLock { orders in
            defer { orders = [] }
            return orders
        }
    }
}
