import ArgumentParser
import Catalog
import Foundation
import Storefront

/// `keyfront serve`: a preview of the site that follows the merchant's edits.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Builds the site and shows it on this machine; builds again when a file changes.",
        discussion: "A change that does not build is reported, and the site stays as it was.")

    @OptionGroup var options: ShopOptions

    @Option(help: "The port on 127.0.0.1. (0: any free one)")
    var port = 8000

    @Flag(help: "Build drafts too.")
    var drafts = false

    func run() async throws {
        let folder = options.absoluteFolder
        let site = try Site.load(folder: folder, now: Moment.current, drafts: drafts)
        let request = try await site.request(out: "\(folder)/\(site.catalogue.shop.siteFolder)")
        _ = try site.build(request)
        let base = URL(string: site.catalogue.shop.url)?.path ?? ""
        let server = try StaticServer(root: request.out, port: port, base: base == "/" ? "" : base)
        Console.print("serving http://127.0.0.1:\(server.port)\(base.isEmpty ? "/" : base) — Ctrl-C ends it")
        let watch = Task { await self.watch(folder) }
        await Interruption.wait()
        watch.cancel()
        server.stop()
    }

    /// Builds again whenever a file of the shop has changed, once it has been quiet for half a second.
    private func watch(_ folder: String) async {
        var built = FolderSignature(folder)
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(500))
            let seen = FolderSignature(folder)
            guard seen != built else { continue }
            try? await Task.sleep(for: .milliseconds(500))
            guard FolderSignature(folder) == seen else { continue }
            built = seen
            do {
                let site = try Site.load(folder: folder, now: Moment.current, drafts: drafts)
                let report = try site.build(try await site.request(out: "\(folder)/\(site.catalogue.shop.siteFolder)"))
                Console.note("built again: \(report.written) files written, \(report.removed) removed")
            } catch {
                Console.note("\(error)\nthe site stays as it was")
            }
        }
    }
}

/// Names, sizes and times of what a site is made from: equal as long as nobody edits anything.
struct FolderSignature: Equatable {
    private let entries: [String]

    /// Looks at `shop.yaml`, `promoters.json`, `content/` and `templates/`.
    init(_ folder: String) {
        let files = FileManager.default
        var names = ["shop.yaml", "promoters.json"]
        for part in ["content", "templates"] {
            names += ((try? files.subpathsOfDirectory(atPath: "\(folder)/\(part)")) ?? []).map { "\(part)/\($0)" }
        }
        entries = names.sorted().map { name in
            let attributes = try? files.attributesOfItem(atPath: "\(folder)/\(name)")
            let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(name) \(attributes?[.size] as? Int ?? -1) \(time)"
        }
    }
}
