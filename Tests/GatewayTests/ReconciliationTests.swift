import Foundation
import Fulfilment
import Logging
import Operations
import ServiceLifecycle
import Storefront
import Synchronization
import TestSupport
import Testing
import WebhookServer

@Suite("What gateways are asked, and when: the daemon with a clock that the test sets")
struct ReconciliationTests {
    @Test("After 1, 5, 15 and 60 minutes, then every hour until a day after the order expired, and never in between")
    func times() async throws {
        let desk = try await ClockedShop()
        let order = try await desk.shop.order(gateway: "gate")
        let due: [Int64] = [60, 300, 900] + (1...24).map { $0 * 3_600 }
        var before: Int64 = 0
        for (asked, time) in due.enumerated() {
            for early in [before + 1, time - 1] {
                desk.clock.set(desk.start + early)
                try await desk.rounds()
                #expect(try await desk.questions() == asked, "\(early) seconds after the order")
            }
            desk.clock.set(desk.start + time)
            try await desk.rounds { try await desk.questions() > asked }
            #expect(try await desk.questions() == asked + 1, "\(time) seconds after the order")
            before = time
        }
        // Its time to pay was 15 minutes; a day later nobody asks any more.
        for late in [90_000, 100_000, 1_000_000] as [Int64] {
            desk.clock.set(desk.start + late)
            try await desk.rounds()
        }
        #expect(try await desk.questions() == due.count)
        #expect(try await desk.state(order) == "expired")
        try await desk.close()
    }

    @Test("Paid after it expired, and told by nobody: found at the next question, it takes a new key, or is owed one")
    func late() async throws {
        let desk = try await ClockedShop(keys: 2)
        let late = try await desk.shop.order(email: "a@example.com", gateway: "gate")
        let later = try await desk.shop.order(email: "b@example.com", gateway: "gate")
        desk.clock.set(desk.start + 1_000)
        try await desk.rounds { try await desk.state(later) == "expired" }
        let other = try await desk.shop.order(email: "c@example.com")
        _ = try await desk.installation.engine.confirm(order: other.order, reason: "cash")
        for order in [late, later] { try await desk.gateway.perform("pay", ["order": order.order, "times": 0]) }
        desk.clock.set(desk.start + 3_599)
        try await desk.rounds()
        #expect(try await desk.state(late) == "expired")

        desk.clock.set(desk.start + 3_600)
        try await desk.rounds { ![try await desk.state(late), try await desk.state(later)].contains("expired") }
        #expect(try await [desk.state(late), desk.state(later)].sorted() == ["fulfilled", "owed"])
        let keys = try await desk.shop.importKeysInProcess(desk.installation, ["LATE-KEY-0001"])
        #expect(keys == 1)
        #expect(try await [desk.state(late), desk.state(later)] == ["fulfilled", "fulfilled"])
        let questions = try await desk.questions()
        desk.clock.set(desk.start + 7_200)
        try await desk.rounds()
        #expect(try await desk.questions() == questions, "what is paid is asked about no more")
        try await desk.close()
    }
}

extension TestShop {
    fileprivate func importKeysInProcess(_ installation: Installation, _ lines: [String]) async throws -> Int {
        guard case .imported(let report) = try await installation.run(.importKeys(KeyImport(sku: "lantern", lines: lines))) else {
            return 0
        }
        return report.fulfilled
    }
}

/// A shop at Stripe's simulator with the daemon in the test's own process: all its services, its server and its books, on a clock that
/// stands still until it is set.
private final class ClockedShop {
    let gateway: Simulator
    let shop: TestShop
    let clock: SetClock
    let start: Int64
    let installation: Installation
    private let group: ServiceGroup
    private let running: Task<Void, any Error>

    init(keys: Int = 3) async throws {
        gateway = try await Simulator(.stripe)
        shop = try await TestShop(gateways: ["gate: \(gateway.greeting.account)"], secrets: gateway.greeting.secrets)
        _ = try await shop.importKeys(keys)
        start = Int64(Date().timeIntervalSince1970)
        let clock = SetClock(start)
        self.clock = clock
        let environment = gateway.greeting.secrets.merging(["PARTNER_WEBHOOK_SECRET": TestShop.partnerSecret]) { $1 }
        installation = try await Installation.open(folder: shop.path, environment: environment, clock: Clock { clock.now })
        let (ready, isReady) = AsyncStream<Int>.makeStream()
        let logger = Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }
        let folder = shop.path
        let daemon = try await Daemon.make(
            installation,
            storefront: Daemon.Storefront(
                load: {
                    let site = try Site.load(
                        folder: folder, baseThemes: [Program.root.appendingPathComponent("templates").path],
                        now: Int64(Date().timeIntervalSince1970))
                    return (site.catalogue, Face(editions: [], files: [], style: nil, icon: nil))
                }, publish: { _ in }),
            host: "127.0.0.1", port: shop.ports.webhook, pace: .milliseconds(10), logger: logger
        ) { isReady.yield($0) }
        group = daemon.group(logger: logger)
        running = Task { [group] in
            defer { isReady.finish() }
            try await group.run()
        }
        for await _ in ready { return }
        try await running.value
    }

    /// How often the gateway was asked about a session.
    func questions() async throws -> Int {
        try await gateway.calls().count { $0.call.hasPrefix("GET /v1/checkout/sessions/") }
    }

    /// Lets the daemon look around several times.
    func rounds() async throws { try await Task.sleep(for: .milliseconds(60)) }

    /// Lets it look around until something comes true.
    func rounds(_ isSo: () async throws -> Bool) async throws {
        for _ in 0..<1_000 {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it did not come true within ten seconds")
    }

    /// By the books: whoever opens the order's page has the gateway asked at once.
    func state(_ order: TestShop.Placed) async throws -> String {
        try await installation.engine.summary(order: order.order).state.rawValue
    }

    func close() async throws {
        let wrong = try await gateway.calls().filter { !$0.problem.isEmpty }
        #expect(wrong == [])
        #expect(try await installation.engine.verifyLedger().findings.isEmpty)
        await group.triggerGracefulShutdown()
        try await running.value
        await installation.close()
    }
}

/// A clock that stands still.
private final class SetClock: Sendable {
    private let time: Mutex<Int64>
    init(_ now: Int64) { time = Mutex(now) }
    var now: Int64 { time.withLock { $0 } }
    func set(_ now: Int64) { time.withLock { $0 = now } }
}
