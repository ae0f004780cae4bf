import ArgumentParser
import Catalog
import Foundation
import Payments
import Storefront

/// `keyfront check`: builds aside and looks for what a build does not refuse.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks the shop without publishing it: every file, every internal link and anchor.")

    @OptionGroup var options: ShopOptions

    func run() async throws {
        let site = try Site.load(folder: options.absoluteFolder, now: Moment.current)
        for account in site.catalogue.shop.gateways where GatewayKind(rawValue: account.kind) == nil {
            let known = GatewayKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Diagnostics([
                account.diagnostic("“\(account.kind)” is not a kind of gateway", setting: "kind", hint: "known kinds: \(known)")
            ])
        }
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-check-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: out) }
        let report = try site.build(try await site.request(out: out))
        let base = URL(string: site.catalogue.shop.url)?.path ?? ""
        let broken = try LinkCheck.check(out: out, base: base == "/" ? "" : base)
        for warning in site.catalogue.warnings { Console.note("\(warning)") }
        for link in broken { Console.note("error: \(link)") }
        if options.json {
            try Console.print(
                json: CheckOutcome(pages: report.pages, warnings: site.catalogue.warnings.count, brokenLinks: broken.map(\.description)))
        } else {
            Console.print("\(report.pages) pages checked: \(broken.count) broken links, \(site.catalogue.warnings.count) warnings")
        }
        if !broken.isEmpty { throw ExitCode(1) }
    }
}

/// What `check --json` prints.
private struct CheckOutcome: Encodable {
    let pages: Int
    let warnings: Int
    let brokenLinks: [String]
}
