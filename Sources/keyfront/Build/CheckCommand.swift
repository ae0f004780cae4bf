import ArgumentParser
import Catalog
import Foundation
import Payments
import Storefront
import WebhookServer

/// `keyfront check`: builds aside and looks for what a build does not refuse.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks the shop without publishing it: files, links, prices, translations, HTML, colours.",
        discussion: "Ends with 1 when there are errors; warnings alone end with 0. docs/check.md names every rule.")

    @OptionGroup var options: ShopOptions

    @Flag(help: "Check drafts too.")
    var drafts = false

    func run() async throws {
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-check-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: out) }
        let report: SiteCheck.Report
        do {
            report = try await onOwnThread { [options, drafts] in
                let check = try SiteCheck(
                    folder: options.absoluteFolder, baseThemes: ShopOptions.themes, now: Moment.current, drafts: drafts)
                let shop = check.site.catalogue.shop
                let unknown = Self.unknownGateways(shop)
                guard unknown.isEmpty else { return SiteCheck.Report(pages: 0, findings: unknown) }
                return try check.run(
                    scratch: out, paymentOrigins: CheckoutOrigins.all(of: shop.gateways, webhookURL: shop.webhook.url),
                    jobs: ProcessInfo.processInfo.activeProcessorCount)
            }
        } catch let error as SiteError where error.code == .broken {
            report = SiteCheck.Report(pages: 0, findings: error.diagnostics.map { CheckFinding("source", $0) })
        }
        try tell(report)
        if report.findings.contains(where: \.isError) { throw ExitCode(1) }
    }

    private static func unknownGateways(_ shop: Shop) -> [CheckFinding] {
        shop.gateways.filter { GatewayKind(rawValue: $0.kind) == nil }.map { account in
            let known = GatewayKind.allCases.map(\.rawValue).joined(separator: ", ")
            return CheckFinding(
                "source", account.diagnostic("“\(account.kind)” is not a kind of gateway", setting: "kind", hint: "known kinds: \(known)"))
        }
    }

    private func tell(_ report: SiteCheck.Report) throws {
        let errors = report.findings.count(where: \.isError)
        let warnings = report.findings.count - errors
        if options.json {
            return try Console.print(
                json: CheckOutcome(
                    pages: report.pages, errors: errors, warnings: warnings, findings: report.findings.map(CheckOutcome.Found.init)))
        }
        for finding in report.findings { Console.note(finding.description) }
        Console.print(
            "\(report.pages) pages checked: \(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")")
    }
}

/// What `check --json` prints.
private struct CheckOutcome: Encodable {
    struct Found: Encodable {
        let rule: String
        let severity: String
        let path: String
        let line: Int
        let column: Int
        let message: String
        let hint: String?
        /// The first pages that show it, and how many do.
        let pages: [String]
        let count: Int

        init(_ finding: CheckFinding) {
            rule = finding.rule
            severity = finding.diagnostic.severity.rawValue
            path = finding.diagnostic.path
            line = finding.diagnostic.line
            column = finding.diagnostic.column
            message = finding.diagnostic.message
            hint = finding.diagnostic.hint
            pages = finding.pages
            count = finding.count
        }
    }
    let pages: Int
    let errors: Int
    let warnings: Int
    let findings: [Found]
}
