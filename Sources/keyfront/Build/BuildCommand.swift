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
            What did not change since the last build is neither read nor rendered again; --clean forgets the last build. \
            Promoters get their pages from the shop's books, or from promoters.json in the shop's folder (keyfront promoter export) \
            where the site is built on another machine.
            """)

    @OptionGroup var options: ShopOptions

    @Option(help: "Where the site goes. (default: the shop's site/)")
    var out: String?

    @Flag(help: "Write every file again, whatever stands there.")
    var clean = false

    @Flag(help: "Build a second time into an empty folder beside it and compare the bytes.")
    var verify = false

    @Flag(help: "Print where the time goes.")
    var profile = false

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
        let moment = now?.seconds ?? Moment.current
        let shop = try shop(folder, moment)
        let target = out.map { URL(fileURLWithPath: $0).standardizedFileURL.path } ?? "\(folder)/\(shop.siteFolder)"
        var request = try await BuildRequest(out: target, shop: shop, folder: folder)
        request.jobs = jobs
        request.clean = clean
        let times = profile ? Profile() : nil
        request.profile = times
        let build = SiteBuild(folder: folder, baseThemes: ShopOptions.themes, now: moment, drafts: drafts)
        let report = try build.run(request)
        let seconds = Self.seconds(since: start)
        for warning in report.warnings { Console.note("\(warning)") }
        for note in report.notes { Console.note("note: \(note)") }
        if options.json {
            try Console.print(
                json: BuildOutcome(
                    out: target, pages: report.pages, written: report.written, unchanged: report.unchanged, removed: report.removed,
                    nextBuild: report.nextBuild))
        } else {
            let counts = "\(report.written) files written, \(report.unchanged) unchanged, \(report.removed) removed"
            Console.print("\(report.pages) pages in \(target): \(counts), \(seconds) s")
            if let next = report.nextBuild {
                Console.print(
                    "build again at \(Date(timeIntervalSince1970: TimeInterval(next)).formatted(.iso8601)): a product appears or expires then"
                )
            }
        }
        if let times { for line in ProfileTable.lines(times) { Console.note(line) } }
        if verify { try Verification(build: build, request: request).run() }
    }

    /// The shop's settings; when they are broken, every other mistake of the shop is said with theirs.
    private func shop(_ folder: String, _ moment: Int64) throws -> Shop {
        do {
            return try Shop.load(folder: folder)
        } catch {
            return try Site.load(folder: folder, baseThemes: ShopOptions.themes, now: moment, drafts: drafts).catalogue.shop
        }
    }

    private static func seconds(since start: ContinuousClock.Instant) -> Double {
        let passed = (ContinuousClock.now - start).components
        return Double(passed.seconds) + Double(passed.attoseconds / 1_000_000_000_000_000) / 1000
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
    let nextBuild: Int64?
}
