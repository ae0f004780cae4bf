import ArgumentParser
import Catalog
import Foundation
import Payments
import Storefront

/// `keyfront build`: the shop's folder becomes a static site.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Writes the static site.",
        discussion: """
            Everything is read, checked and rendered before a file of the site is touched: a build that fails leaves the old site as it is. \
            Promoters get their pages from the shop's books, or from promoters.json in the shop's folder (keyfront promoter export) \
            where the site is built on another machine.
            """)

    @OptionGroup var options: ShopOptions

    @Option(help: "Where the site goes. (default: the shop's site/)")
    var out: String?

    @Flag(help: "Write every file again, whatever stands there.")
    var clean = false

    @Flag(help: "Build a second time into an empty folder and compare the bytes.")
    var verify = false

    @Option(help: "How many threads render; the result does not depend on it.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Build drafts too.")
    var drafts = false

    @Option(help: "The moment to build for, as Unix seconds or ISO 8601. (default: now)")
    var now: Moment?

    func validate() throws {
        if !(1...256).contains(jobs) { throw ValidationError("--jobs must be between 1 and 256") }
    }

    func run() async throws {
        let start = ContinuousClock.now
        let folder = options.absoluteFolder
        let site = try Site.load(folder: folder, baseThemes: ShopOptions.themes, now: now?.seconds ?? Moment.current, drafts: drafts)
        for warning in site.catalogue.warnings { Console.note("\(warning)") }
        let target = out.map { URL(fileURLWithPath: $0).standardizedFileURL.path } ?? "\(folder)/\(site.catalogue.shop.siteFolder)"
        var request = try await site.request(out: target)
        request.jobs = jobs
        request.clean = clean
        let report = try site.build(request)
        if verify { try verify(site, request) }
        let seconds =
            Double((ContinuousClock.now - start).components.attoseconds / 1_000_000_000_000_000) / 1000
            + Double((ContinuousClock.now - start).components.seconds)
        if options.json {
            try Console.print(
                json: BuildOutcome(
                    out: target, pages: report.pages, written: report.written, unchanged: report.unchanged, removed: report.removed,
                    nextChange: site.catalogue.nextChange))
            return
        }
        Console.print(
            "\(report.pages) pages in \(target): \(report.written) files written, \(report.unchanged) unchanged, \(report.removed) removed, \(seconds) s"
        )
        if let next = site.catalogue.nextChange {
            Console.print(
                "build again at \(Date(timeIntervalSince1970: TimeInterval(next)).formatted(.iso8601)): a product appears or expires then")
        }
    }

    /// Compares the published bytes with those of a clean build.
    private func verify(_ site: Site, _ request: BuildRequest) throws {
        var second = request
        second.out = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-verify-\(UUID().uuidString)").path
        second.clean = true
        defer { try? FileManager.default.removeItem(atPath: second.out) }
        _ = try site.build(second)
        let differing = try FolderComparison.differing(request.out, second.out)
        guard differing.isEmpty else {
            for name in differing.prefix(20) { Console.note("error: \(name) differs from a clean build") }
            throw ExitCode(1)
        }
    }
}

/// What `build --json` prints.
private struct BuildOutcome: Encodable {
    let out: String
    let pages: Int
    let written: Int
    let unchanged: Int
    let removed: Int
    /// Unix seconds of the next moment at which the site must be built again; absent: never.
    let nextChange: Int64?
}
