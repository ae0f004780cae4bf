import ArgumentParser
import Catalog
import Foundation
import Storefront
import WebhookServer

/// `keyfront serve`: a preview of the site that follows the merchant's edits.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Builds the site and shows it on this machine; builds again when a file changes.",
        discussion: """
            Open pages load themselves again. A change that does not build is shown in the page and here, and the site stays as it was. \
            When a product appears or expires, the site is built again at that moment.
            """)

    @OptionGroup var options: ShopOptions

    @Option(help: "The port on 127.0.0.1. (0: any free one)")
    var port = 8000

    @Flag(help: "Build drafts too.")
    var drafts = false

    func run() async throws {
        let folder = options.absoluteFolder
        guard FileManager.default.fileExists(atPath: "\(folder)/shop.yaml") else {
            _ = try Site.load(folder: folder, now: Moment.current)
            return
        }
        let preview = Preview(root: "\(folder)/site", now: Moment.current)
        let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let watch = try FolderWatch(scope(folder)) { changed.yield() }
        let rebuilder = Rebuilder(folder: folder, drafts: drafts, preview: preview)
        var next = await rebuilder.build(isFirst: true)
        let server = try StaticServer(root: "\(folder)/site", port: port, preview: preview)
        let address = "http://127.0.0.1:\(server.port)\(preview.home)"
        if options.json {
            try Console.print(json: ["url": address])
        } else {
            Console.print("serving \(address) — Ctrl-C ends it")
        }
        let work = Task {
            var alarm = Self.alarm(next) { changed.yield() }
            for await _ in changes {
                alarm.cancel()
                next = await rebuilder.build(isFirst: false)
                alarm = Self.alarm(next) { changed.yield() }
            }
            alarm.cancel()
        }
        await Interruption.wait()
        changed.finish()
        watch.stop()
        work.cancel()
        server.stop()
    }

    private func scope(_ folder: String) -> FolderWatch.Scope {
        FolderWatch.Scope(
            folder: folder, files: ["shop.yaml", "promoters.json"], trees: ["content", "templates", "themes"], elsewhere: ShopOptions.themes
        )
    }

    /// Rings at a moment in Unix seconds; never for nil. It looks at the clock each half minute, since machines sleep.
    private static func alarm(_ moment: Int64?, ring: @escaping @Sendable () -> Void) -> Task<Void, Never> {
        Task {
            guard let moment else { return }
            while Moment.current < moment {
                let left = Double(moment) - Date().timeIntervalSince1970
                guard (try? await Task.sleep(for: .seconds(min(30, max(0.01, left))))) != nil else { return }
            }
            ring()
        }
    }
}

/// Builds the shop for a preview, and says on the terminal how it went.
struct Rebuilder: Sendable {
    let folder: String
    let drafts: Bool
    let preview: Preview

    /// - Returns: the next moment (Unix seconds) at which the site changes by itself; nil: never, or not known.
    func build(isFirst: Bool) async -> Int64? {
        do {
            let shop = try await onOwnThread { try self.shop() }
            let request = try await BuildRequest(out: "\(folder)/\(shop.siteFolder)", shop: shop, folder: folder)
            let report = try await onOwnThread {
                try SiteBuild(folder: folder, baseThemes: ShopOptions.themes, now: Moment.current, drafts: drafts).run(request)
            }
            if isFirst { for warning in report.warnings { Console.note("\(warning)") } }
            preview.built(root: request.out, base: Preview.base(of: shop), changed: report.written + report.removed > 0)
            if !isFirst { Console.note("built again: \(report.written) files written, \(report.removed) removed") }
            if let next = report.nextBuild {
                let moment = Date(timeIntervalSince1970: TimeInterval(next)).formatted(.iso8601)
                Console.note("next build at \(moment): a product appears or expires then")
            }
            return report.nextBuild
        } catch let error as SiteError where error.code == .changedMeanwhile {
            // Whatever changed is told to the watch, which is about to ask for the next build.
            return nil
        } catch {
            preview.failed(error)
            Console.note("\(error)\nthe site stays as it was")
            return nil
        }
    }
    /// The shop's settings; when they are broken, every other mistake of the shop is said with theirs.
    private func shop() throws -> Shop {
        do {
            return try Shop.load(folder: folder)
        } catch {
            return try Site.load(folder: folder, baseThemes: ShopOptions.themes, now: Moment.current, drafts: drafts).catalogue.shop
        }
    }
}
