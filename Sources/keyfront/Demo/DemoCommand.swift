import ArgumentParser
import Foundation

/// `keyfront demo`: the demo shop on loopback, with keys, a daemon and a mail viewer.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Runs the demo shop on this machine: storefront, daemon and mail viewer.",
        discussion: """
            Everything lives in a temporary folder that is removed at the end. With --once the demo plays its story by itself
            (a promoter's link, two purchases, two levels of commission, a repeated and a forged notice), prints it, and exits
            with 0 only if every claim held.
            """)

    @Flag(help: "Play the story, print it, and exit.")
    var once = false

    @Option(
        help:
            "The storefront's port; the daemon gets +80, the mail viewer +25, the mail server +26. (default: 8000; with --once: any free ones)"
    )
    var port: Int?

    func validate() throws {
        if let port, !(1024...65_000).contains(port) { throw ValidationError("--port must be between 1024 and 65000") }
    }

    func run() async throws {
        let ports = if let port { DemoPorts(first: port) } else if once { try DemoPorts.free() } else { DemoPorts(first: 8000) }
        try ports.probe()
        let starter = try Starter.find(environment: ProcessInfo.processInfo.environment, executable: Executable.path)
        Console.note("Laying out the demo shop …")
        let shop = try DemoShop(starter: starter, ports: ports)
        defer { shop.stop() }
        try await shop.start()
        if once {
            try await Story(shop: shop).play()
        } else {
            try await stayUp(shop)
        }
    }

    private func stayUp(_ shop: DemoShop) async throws {
        let promoter = try shop.json("promoter", "add", "alice@promoter.example")
        _ = try shop.keyfront("build")
        let token = promoter["token"] as? String ?? ""
        Console.print(
            """

            Lantern Keys is open.
              Storefront       \(shop.siteURL)/            (简体中文: \(shop.siteURL)/zh-CN/)
              Alice's link     \(shop.siteURL)/r/\(token)/
              Mails            \(shop.viewerURL)
              Daemon           \(shop.webhookURL)/health/ready
              Folder           \(shop.folder)
              Books            \(Executable.path) ledger balances --shop \(shop.folder)

            Buy something, press Pay on the test gateway's page, and look at the mails. Ctrl-C ends it all.
            """)
        await Interruption.wait()
        Console.print("\nClosing the shop.")
    }
}
