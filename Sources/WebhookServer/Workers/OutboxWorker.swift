import Fulfilment
import Logging
import ServiceLifecycle
import Synchronization
import Templates
import Transport

/// Sends what the books say is to be sent: mails, and promoters' pages. Several at once, each under a lease of its own.
///
/// Nothing is sent inside a transaction, and an item is done only after the mail server has taken it: a crash in between repeats a
/// mail with the same Message-ID and bytes. Promoters' pages take no place of the mails: one at a time is made. It looks
/// when the bell rings and every second besides.
struct OutboxWorker: Service {
    let engine: Engine
    let bell: Bell
    let delivery: Delivery
    let counters: ServerCounters
    let logger: Logger
    /// How many mails are under way at once.
    let width: Int

    func run() async throws {
        let (stop, stopping) = (Stop(), bell)
        try await withGracefulShutdownHandler {
            try await work(until: stop)
        } onGracefulShutdown: {
            stop.set()
            stopping.ring()
        }
    }

    /// Ends when told to stop, after what is under way has ended.
    private func work(until stop: Stop) async throws {
        let (underWay, pages) = (UnderWay(), UnderWay())
        await withDiscardingTaskGroup { group in
            while !stop.isSet, !Task.isCancelled {
                let free = width - underWay.count
                // Small leases cost a commit each, so wait until half the places are free.
                guard free * 2 >= width else {
                    await bell.wait(atMost: .seconds(1))
                    continue
                }
                let items = await lease(free)
                var early: [OutboxItem] = []
                for item in items {
                    if item.kind == .promoterPage, pages.count > 0 {
                        early.append(item)
                        continue
                    }
                    let place = item.kind == .promoterPage ? pages : underWay
                    place.begin()
                    group.addTask {
                        await handle(item)
                        place.end()
                        bell.ring()
                    }
                }
                await putBack(early)
                if items.count < free { await bell.wait(atMost: .seconds(1)) }
            }
        }
    }

    private func lease(_ limit: Int) async -> [OutboxItem] {
        do {
            return try await engine.lease(limit: limit)
        } catch {
            logger.error("the outbox cannot be read", metadata: ["code": "\(error.code.rawValue)"])
            try? await Task.sleep(for: .seconds(1))
            return []
        }
    }

    private func putBack(_ items: [OutboxItem]) async {
        guard !items.isEmpty else { return }
        do {
            try await engine.putBack(items)
        } catch {
            // The leases end by themselves.
            logger.error("the outbox cannot be written", metadata: ["code": "\(error.code.rawValue)"])
        }
    }

    /// One try of one item, and what became of it in the books.
    private func handle(_ item: OutboxItem) async {
        let outcome = await delivery.attempt(item)
        counters.mails.add(item.kind.rawValue, outcome.word)
        let fields: Logger.Metadata = ["item": "\(item.kind.rawValue)", "order": "\(item.subject)", "attempt": "\(item.attempt)"]
        do {
            switch outcome {
            case .sent:
                try await engine.done(item)
                logger.info("sent", metadata: fields)
            case .later(let reason):
                try await engine.failed(item, reason: reason)
                logger.warning("not sent, to be tried again", metadata: fields.merging(["reason": "\(reason)"]) { $1 })
            case .never(let reason):
                try await engine.dead(item, reason: reason)
                logger.error("given up", metadata: fields.merging(["reason": "\(reason)"]) { $1 })
            }
        } catch {
            // The lease ends by itself, and the item is tried again.
            logger.error("the outbox cannot be written", metadata: ["code": "\(error.code.rawValue)"])
        }
    }
}

/// How many items are under way.
private final class UnderWay: Sendable {
    private let number = Atomic<Int>(0)
    var count: Int { number.load(ordering: .acquiring) }
    func begin() { number.add(1, ordering: .acquiringAndReleasing) }
    func end() { number.subtract(1, ordering: .acquiringAndReleasing) }
}

/// A wish to stop, once.
private final class Stop: Sendable {
    private let flag = Atomic<Bool>(false)
    var isSet: Bool { flag.load(ordering: .acquiring) }
    func set() { flag.store(true, ordering: .releasing) }
}
