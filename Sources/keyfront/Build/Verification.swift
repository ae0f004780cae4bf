import ArgumentParser
import Foundation
import Storefront

/// `build --verify`: the published site beside one made from nothing.
struct Verification {
    let build: SiteBuild
    /// The request whose result stands in its out folder.
    let request: BuildRequest

    /// Differences named at most.
    private static let shown = 50

    /// Builds into a folder beside the site, which is removed afterwards, and compares every file byte for byte.
    ///
    /// - Throws: `ExitCode` 1 when a file differs, is missing or is too much, after naming it; and what the build throws.
    func run() throws {
        var second = request
        second.out = "\(request.out).verify-\(getpid())"
        second.clean = true
        second.profile = nil
        defer { try? FileManager.default.removeItem(atPath: second.out) }
        _ = try build.run(second)
        let differing = try SiteComparison.differing(request.out, second.out, jobs: request.jobs)
        for difference in differing.prefix(Self.shown) { Console.note("error: \(difference)") }
        if differing.count > Self.shown { Console.note("error: and \(differing.count - Self.shown) more") }
        guard differing.isEmpty else {
            Console.note("  hint: build again with --clean, and report this as a bug")
            throw ExitCode(1)
        }
        Console.note("verified: every file is that of a clean build")
    }
}
