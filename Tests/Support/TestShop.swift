package import Foundation
import Synchronization
import Testing
package import Transport

/// A small shop in a folder of its own, with ports of its own, run by the real programs.
package final class TestShop {
    package let folder: TemporaryFolder
    package let ports: Ports
    /// The secret of the account `partner`, as the gateway knows it.
    package static let partnerSecret = "whsec_HTwDoqnSCEXqfJ5HXVbh1dJOCwnDs+QTkachfPy1Kuo="
    private var daemon: Process?
    /// Asks the daemon.
    package let client = HTTPClient.live(threads: 4)
    private let environment: [String: String]
    private let kept = SuiteLogs()

    /// The loopback ports of one shop, free at the moment they are chosen. They lie below those that the system hands out by
    /// itself, so that no connection and no other test's server gets one in between.
    package struct Ports {
        package let site = Ports.free()
        package let webhook = Ports.free()
        package let mail: Int

        package init(mail: Int?) {
            self.mail = mail ?? Ports.free()
        }

        private static let taken = Mutex<Set<Int>>([])

        private static func free() -> Int {
            while true {
                let port = Int.random(in: 10_000..<32_000)
                if taken.withLock({ $0.insert(port).inserted }), isFree(port) { return port }
            }
        }

        private static func isFree(_ port: Int) -> Bool {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = UInt16(port).bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            return withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        }
    }

    package var webhookURL: String { "http://127.0.0.1:\(ports.webhook)" }
    package var siteURL: String { "http://127.0.0.1:\(ports.site)" }

    /// Lays out the shop: `keyfront init`, then this shop's own `shop.yaml` and one product beside the default theme.
    ///
    /// - Parameters:
    ///   - holdMinutes: how long an unpaid order keeps its key; 0: orders keep none.
    ///   - gateways: the lines below `gateways:` for other accounts than `test` and `partner`.
    ///   - secrets: the environment variables that those lines name.
    package init(
        holdMinutes: Int = 15, mails: MailServer? = nil, gateways: [String] = [], secrets: [String: String] = [:]
    ) async throws {
        environment = ["PARTNER_WEBHOOK_SECRET": Self.partnerSecret].merging(secrets) { _, new in new }
        kept.forbid("secret", environment.values.flatMap { $0.split(separator: "\n").map(String.init) }.filter { !$0.hasPrefix("-----") })
        folder = try TemporaryFolder()
        ports = Ports(mail: mails?.port)
        let made = try await Program.keyfront("init", "\(folder.path)/shop", environment: ["KEYFRONT_SHARE": Program.root.path])
        try #require(made.status == 0, "\(made.errors)")
        kept.forbid(
            "master key", try String(contentsOfFile: "\(path)/secrets/master.key", encoding: .utf8).split(separator: "\n").map(String.init))
        try FileManager.default.removeItem(atPath: "\(path)/content")
        try write("shop.yaml", Self.configuration(ports, holdMinutes: holdMinutes, gateways: gateways))
        try write("content/products/lantern.md", Self.product)
    }

    /// The shop's folder.
    package var path: String { "\(folder.path)/shop" }

    /// Writes one file of the shop.
    package func write(_ name: String, _ text: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Runs `keyfront` in the shop.
    package func keyfront(_ arguments: String..., input: String = "") async throws -> Program.Ending {
        try await keyfront(arguments, input: input)
    }

    package func keyfront(_ arguments: [String], input: String = "") async throws -> Program.Ending {
        try await Program.run(
            Program.folder.appendingPathComponent("keyfront").path, arguments + ["--shop", path], input: input, environment: environment)
    }

    /// Puts `count` keys named `prefix-0001…` in stock.
    package func importKeys(_ count: Int, prefix: String = "KEY") async throws -> [String] {
        let keys = (1...count).map { "\(prefix)-\(String(10_000 + $0).dropFirst())-\(UUID().uuidString.prefix(8))" }
        let ending = try await keyfront("stock", "import", "lantern", "-", "--json", input: keys.joined(separator: "\n") + "\n")
        try #require(ending.status == 0, "\(ending.errors)")
        kept.forbid("key", keys)
        return keys
    }

    /// What the books say of a promoter, who is added when unknown.
    package func promoter(_ address: String) async throws -> Promoter {
        let ending = try await keyfront("promoter", "add", address, "--json")
        try #require(ending.status == 0, "\(ending.errors)")
        let shown = try await keyfront("promoter", "show", address, "--json")
        try #require(shown.status == 0, "\(shown.errors)")
        let promoter = try shown.json(Promoter.self)
        kept.forbid("promoter's token", [promoter.token])
        kept.forbid("address", [address])
        return promoter
    }

    package struct Promoter: Decodable {
        package let id: String
        package let token: String
        package let pendingMinor: Int64
    }

    // MARK: The daemon

    /// Starts the daemon and waits until it is ready.
    package func start() async throws {
        let process = Process()
        process.executableURL = Program.folder.appendingPathComponent("keyfront-webhook")
        process.arguments = ["--shop", path]
        process.environment = ProcessInfo.processInfo.environment.merging(["KEYFRONT_LOG_LEVEL": "trace"]) { _, new in new }
            .merging(environment) { _, new in new }
        let log = URL(fileURLWithPath: logPath)
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        daemon = process
        for _ in 0..<400 {
            if let answer = try? await client.request(method: "GET", url: "\(webhookURL)/health/ready"), answer.status == 200 { return }
            try #require(process.isRunning, "the daemon ended: \(self.log)")
            try await Task.sleep(for: .milliseconds(25))
        }
        Issue.record("the daemon was not ready within 10 seconds: \(self.log)")
    }

    /// Ends the daemon with a signal and waits for its end; gives its exit status.
    @discardableResult
    package func end(_ signal: Int32 = SIGTERM) async throws -> Int32 {
        guard let daemon else { return 0 }
        self.daemon = nil
        kill(daemon.processIdentifier, signal)
        while daemon.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        return daemon.terminationStatus
    }

    /// Everything the daemon has logged, at its finest level.
    package var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }
    private var logPath: String { kept.log ?? "\(folder.path)/daemon.log" }

    /// The database, its log files and the daemon's log: everything a thief of the disk would look through.
    package func files() throws -> [(name: String, content: Data)] {
        let data = try FileManager.default.contentsOfDirectory(atPath: "\(path)/data").map { "\(path)/data/\($0)" }
        return (data + [logPath]).sorted().compactMap { name in
            FileManager.default.contents(atPath: name).map { (name, $0) }
        }
    }

    deinit {
        if let daemon, daemon.isRunning { kill(daemon.processIdentifier, SIGKILL) }
    }

    /// Shows the site at its own URL, as a static host would.
    package func serve() async throws -> Process {
        let process = Process()
        process.executableURL = Program.folder.appendingPathComponent("keyfront")
        process.arguments = ["serve", "--shop", path, "--port", "\(ports.site)"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<400 {
            if let answer = try? await client.request(method: "GET", url: "\(siteURL)/"), answer.status == 200 { return process }
            try await Task.sleep(for: .milliseconds(25))
        }
        process.terminate()
        throw CocoaError(.fileReadUnknown, userInfo: [NSURLErrorKey: siteURL])
    }

    // MARK: HTTP

    package func get(_ path: String, accept: String = "application/json") async throws -> HTTPResponse {
        try await client.request(method: "GET", url: webhookURL + path, headers: [HTTPField("accept", accept)])
    }

    /// Orders one lantern and leaves it unpaid.
    package func order(email: String = "buyer@example.com", gateway: String = "partner", ref: String? = nil, language: String = "en")
        async throws
        -> Placed
    {
        let request = Request(sku: "lantern", quantity: 1, email: email, gateway: gateway, ref: ref, language: language)
        let body = try JSONEncoder().encode(request)
        let answer = try await client.request(
            method: "POST", url: "\(webhookURL)/checkout",
            headers: [HTTPField("content-type", "application/json"), HTTPField("accept", "application/json")], body: [UInt8](body))
        try #require(answer.status == 201, "\(String(decoding: answer.body, as: UTF8.self))")
        let placed = try JSONDecoder().decode(Placed.self, from: Data(answer.body))
        kept.forbid("order link", [placed.token])
        kept.forbid("address", [email])
        kept.forbid("pay page", placed.pay.values.map { $0.split(separator: "?").last.map(String.init) ?? $0 })
        return placed
    }

    /// What the order page says, as JSON.
    package func state(of order: Placed) async throws -> OrderState {
        let answer = try await get("/orders/\(order.token)")
        try #require(answer.status == 200)
        return try JSONDecoder().decode(OrderState.self, from: Data(answer.body))
    }

    /// Has the partner's gateway send paid notices; gives the answers' statuses.
    package func pay(_ orders: [Placed], times: Int = 1, concurrency: Int = 16) async throws -> [Answer] {
        try await Self.send(notices(orders, times: times, concurrency: concurrency))
    }

    /// The paid notices of some orders, ready to be sent while the test does something else.
    package func notices(_ orders: [Placed], times: Int = 1, concurrency: Int = 16) -> Job {
        let notices = orders.map { order in
            Notice(
                id: "msg_\(order.order)", order: order.order, amountMinor: order.amountMinor, currency: order.currency,
                transaction: "txn_\(order.order)", times: times)
        }
        return Job(url: "\(webhookURL)/notify/partner", secret: Self.partnerSecret, concurrency: concurrency, notices: notices)
    }

    package static func send(_ job: Job) async throws -> [Answer] {
        let input = String(decoding: try JSONEncoder().encode(job), as: UTF8.self)
        let ending = try await Program.peer("notices", input: input)
        try #require(ending.status == 0, "\(ending.errors)")
        return try ending.json([Answer].self)
    }

    /// Returns as soon as one of the orders in the middle is paid: a burst is under way then.
    package func waitUntilSomeArePaid(of orders: [Placed]) async throws {
        for _ in 0..<2_000 {
            if try await state(of: orders[orders.count / 4]).state == "fulfilled" { return }
            try await Task.sleep(for: .milliseconds(2))
        }
        Issue.record("nothing was paid within 4 seconds: \(log)")
    }

    private struct Request: Encodable {
        let sku: String
        let quantity: Int
        let email: String
        let gateway: String
        let ref: String?
        let language: String
    }

    package struct Placed: Decodable, Sendable {
        package let order: String
        package let token: String
        package let amountMinor: Int64
        package let currency: String
        /// Where the buyer pays: an address, or a text to scan.
        package let pay: [String: String]
    }

    package struct OrderState: Decodable {
        package struct Line: Decodable { let keys: [String] }
        package let state: String
        package let lines: [Line]
        package var keys: [String] { lines.flatMap(\.keys) }
    }

    package struct Answer: Decodable, Sendable {
        package let order: String
        package let status: Int
    }

    package struct Notice: Encodable, Sendable {
        package let id: String
        package let order: String
        package let amountMinor: Int64
        package let currency: String
        package let transaction: String
        package let times: Int
    }

    package struct Job: Encodable, Sendable {
        package let url: String
        package let secret: String
        package let concurrency: Int
        package let notices: [Notice]
    }

    // MARK: Its files

    private static func configuration(_ ports: Ports, holdMinutes: Int, gateways: [String]) -> String {
        """
        name: Test Shop
        url: http://127.0.0.1:\(ports.site)
        languages: [en, zh-CN]
        currency: CNY
        webhook:
          url: http://127.0.0.1:\(ports.webhook)
          listen: 127.0.0.1:\(ports.webhook)
          database: sqlite:data/keyfront.db
        secrets:
          master_key_file: secrets/master.key
        mail:
          from: "Test Shop <keys@shop.example>"
          smtp: smtp://127.0.0.1:\(ports.mail)
        gateways:
          test: {kind: sandbox}
          partner: {kind: standard, webhook_secrets: [PARTNER_WEBHOOK_SECRET], checkout_url: "https://pay.partner.example/{order}"}
        \(gateways.map { "  \($0)" }.joined(separator: "\n"))
        promoters:
          levels: ["10%", "5%"]
          hold_days: 7
        stock: {hold_minutes: \(holdMinutes)}
        limits: {open_holds_per_address: 0, open_holds_per_mail: 0, checkouts_per_minute: 0}
        """
    }

    private static let product = """
        ---
        title: Lantern
        sku: lantern
        price: "100.00"
        summary: A light for the way.
        delivery: single
        ---
        Shines.
        """
}
