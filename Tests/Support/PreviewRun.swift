package import Foundation
package import Testing
import Transport

/// `keyfront serve` of a shop of its own, and the merchant who edits it.
package final class PreviewRun {
    package let folder: TemporaryFolder
    private let process = Process()
    private let client = HTTPClient.live(threads: 2)
    package private(set) var url = ""

    /// The shop's folder.
    package var shop: String { "\(folder.path)/shop" }
    /// What it has said on standard error.
    package var notes: String { (try? String(contentsOfFile: "\(folder.path)/err", encoding: .utf8)) ?? "" }

    /// Lays out the demo shop, lets `prepare` change it, and waits until it is served.
    package init(prepare: (PreviewRun) throws -> Void = { _ in }) async throws {
        folder = try TemporaryFolder()
        let share = ["KEYFRONT_SHARE": Program.root.path]
        try #require(try await Program.keyfront("init", "\(folder.path)/shop", environment: share).status == 0)
        try prepare(self)
        for name in ["out", "err"] { try Data().write(to: folder.url.appendingPathComponent(name)) }
        process.executableURL = Program.folder.appendingPathComponent("keyfront")
        process.arguments = ["serve", "--shop", shop, "--port", "0", "--json"]
        process.environment = ProcessInfo.processInfo.environment.merging(share) { _, new in new }
        process.standardOutput = try FileHandle(forWritingTo: folder.url.appendingPathComponent("out"))
        process.standardError = try FileHandle(forWritingTo: folder.url.appendingPathComponent("err"))
        try process.run()
        for _ in 0..<1200 {
            let said = try Data(contentsOf: folder.url.appendingPathComponent("out"))
            if let answer = try? JSONDecoder().decode([String: String].self, from: said), let url = answer["url"] {
                self.url = url
                return
            }
            try #require(process.isRunning, "serve has ended: \(notes)")
            try await Task.sleep(for: .milliseconds(25))
        }
        Issue.record("serve was not ready within 30 seconds: \(notes)")
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Ends it as Ctrl-C does; gives its exit status.
    package func end() async throws -> Int32 {
        kill(process.processIdentifier, SIGINT)
        while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        return process.terminationStatus
    }

    /// A page as it is served: its status and its text.
    package func get(_ path: String) async throws -> (status: Int, text: String) {
        let answer = try await client.request(method: "GET", url: url + path)
        return (Int(answer.status), String(decoding: answer.body, as: UTF8.self))
    }

    /// Asks for a page until it is as wanted; the last answer in any case.
    @discardableResult
    package func wait(
        _ path: String, until wanted: (Int, String) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        var last = (status: 0, text: "")
        for _ in 0..<1200 {
            last = try await get(path)
            if wanted(last.status, last.text) { return last.text }
            try await Task.sleep(for: .milliseconds(25))
        }
        Issue.record("\(path) was not as wanted within 30 seconds: \(last.status) \(notes)", sourceLocation: sourceLocation)
        return last.text
    }

    /// Writes a file of the shop in place.
    package func write(_ name: String, _ text: String) throws {
        let file = URL(fileURLWithPath: "\(shop)/\(name)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    package func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(shop)/\(name)", encoding: .utf8)
    }

    /// Replaces a text in a file, as an editor that writes aside and renames.
    package func edit(_ name: String, _ old: String, _ new: String) throws {
        let text = try read(name)
        try #require(text.contains(old), "\(name) has no “\(old)”")
        let aside = "\(shop)/\(name).tmp~"
        try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: URL(fileURLWithPath: aside))
        try #require(rename(aside, "\(shop)/\(name)") == 0)
    }

    /// Every published file with its bytes, but for what we keep beside them.
    package func site() throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: "\(shop)/site") where !name.hasPrefix(".") {
            if let data = FileManager.default.contents(atPath: "\(shop)/site/\(name)") { found[name] = data }
        }
        return found
    }
}
