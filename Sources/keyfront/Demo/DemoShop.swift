import Foundation
import Storefront

/// A throw-away copy of the demo shop with ports, keys and processes of its own.
final class DemoShop {
    /// Where the copy is.
    let folder: String
    /// The mails the shop has sent.
    let mails: MailBox
    /// Where the storefront is.
    let siteURL: String
    /// Where the daemon is.
    let webhookURL: String
    /// Where the mails can be looked at.
    let viewerURL: String
    /// The keys the merchant put in stock, by SKU.
    let stock: [String: [String]]
    private let sink: MailSink
    private let viewer: MailViewer
    private let ports: DemoPorts
    private var daemon: Process?
    private var server: StaticServer?

    /// Copies the starter, puts keys in stock and builds the site; nothing is served yet.
    init(starter: Starter, ports: DemoPorts) throws {
        self.ports = ports
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-demo-\(UUID().uuidString)").path
        let sink = try MailSink(port: ports.mail)
        self.sink = sink
        mails = sink.box
        viewer = try MailViewer(port: ports.viewer, box: sink.box)
        viewerURL = viewer.url
        siteURL = "http://127.0.0.1:\(ports.site)"
        webhookURL = "http://127.0.0.1:\(ports.webhook)"
        try starter.copy(to: folder)
        try Self.rewrite("\(folder)/shop.yaml", site: siteURL, ports: ports)
        stock = try Self.makeKeys(folder: folder)
        _ = try keyfront("build")
    }

    /// Starts the static server and the daemon, and waits until both answer.
    func start() async throws {
        server = try StaticServer(root: "\(folder)/site", port: ports.site)
        try startDaemon()
        let visitor = Visitor()
        try await visitor.waitUntilUp("\(siteURL)/")
        try await visitor.waitUntilUp("\(webhookURL)/health/ready")
    }

    /// Stops what was started and removes the copy.
    func stop() {
        daemon?.terminate()
        daemon?.waitUntilExit()
        server?.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs `keyfront` in the shop and gives its standard output.
    func keyfront(_ arguments: String..., input: String? = nil) throws(DemoError) -> String {
        try ChildProcess.run(Executable.path, arguments + ["--shop", folder], input: input)
    }

    /// Runs `keyfront … --json` in the shop and reads the object it prints.
    func json(_ arguments: String...) throws -> [String: Any] {
        let text = try ChildProcess.run(Executable.path, arguments + ["--shop", folder, "--json"])
        guard let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw DemoError("keyfront \(arguments.joined(separator: " ")) printed no JSON object")
        }
        return object
    }

    /// What the daemon has logged.
    var log: String { (try? String(contentsOfFile: "\(folder)/data/daemon.log", encoding: .utf8)) ?? "" }

    private func startDaemon() throws {
        daemon = try ChildProcess.start(Executable.sibling("keyfront-webhook"), ["--shop", folder], log: "\(folder)/data/daemon.log")
    }

    /// Points the copy at its own ports.
    private static func rewrite(_ path: String, site: String, ports: DemoPorts) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
            .replacingOccurrences(of: "127.0.0.1:8000", with: "127.0.0.1:\(ports.site)")
            .replacingOccurrences(of: "127.0.0.1:8080", with: "127.0.0.1:\(ports.webhook)")
            .replacingOccurrences(of: "127.0.0.1:1025", with: "127.0.0.1:\(ports.mail)")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Makes the master key and 20 keys for every SKU that sells them one by one.
    private static func makeKeys(folder: String) throws -> [String: [String]] {
        _ = try ShopSecrets.make(shop: folder)
        try FileManager.default.createDirectory(atPath: "\(folder)/data", withIntermediateDirectories: true)
        var stock: [String: [String]] = [:]
        for line in try DemoStock.lines(folder: folder) {
            let keys = try DemoStock.keys(line)
            _ = try ChildProcess.run(
                Executable.path, ["stock", "import", line.name, "-", "--batch", "demo", "--shop", folder],
                input: keys.joined(separator: "\n") + "\n")
            stock[line.name] = keys
        }
        return stock
    }
}

/// The loopback ports of one demo.
struct DemoPorts {
    let site: Int
    let webhook: Int
    let viewer: Int
    let mail: Int

    /// The ports that start at `first`: 8000 gives the storefront 8000, the daemon 8080, the mail viewer 8025 and the mail server 8026.
    init(first: Int) {
        site = first
        webhook = first + 80
        viewer = first + 25
        mail = first + 26
    }

    /// Four ports that are free now.
    static func free() throws(DemoError) -> DemoPorts {
        for first in stride(from: 20_000, to: 60_000, by: 997) {
            let ports = DemoPorts(first: first + Int(ProcessInfo.processInfo.processIdentifier) % 900)
            if (try? ports.probe()) != nil { return ports }
        }
        throw DemoError("no free ports on 127.0.0.1", hint: "name the first one with --port")
    }

    /// - Throws: ``DemoError`` naming the first port that is taken.
    func probe() throws(DemoError) {
        for (port, name) in [(site, "storefront"), (webhook, "daemon"), (viewer, "mail viewer"), (mail, "mail server")] {
            try LoopbackListener(port: port, name: name, serve: { _ in }).close()
        }
    }
}
