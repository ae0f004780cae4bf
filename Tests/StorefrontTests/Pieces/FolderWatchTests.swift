import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Storefront

@Suite struct FolderWatchTests {
    private let scratch: Scratch
    private let calls = DispatchSemaphore(value: 0)

    init() throws {
        scratch = try Scratch()
        try scratch.write("shop.yaml", "a")
        try scratch.write("content/a.md", "a")
        try scratch.write("other/b.md", "b")
    }

    private func started() throws -> FolderWatch {
        try FolderWatch(.init(folder: scratch.path, files: ["shop.yaml"], trees: ["content", "templates"])) { [calls] in calls.signal() }
    }

    private func isTold() -> Bool { calls.wait(timeout: .now() + 20) == .success }

    @Test("Writing, renaming, deleting, a new tree, a folder that moved in and what is in it are all told")
    func told() throws {
        let watch = try started()
        defer { watch.stop() }
        let files = FileManager.default
        let steps: [() throws -> Void] = [
            { try scratch.write("content/a.md", "b") }, { try scratch.write("shop.yaml", "b") },
            { try scratch.write("content/new/x/y.md", "c") },
            { try scratch.write("content/new/x/y.md", "d") }, { try scratch.write("templates/pages/home.html", "e") },
            { try scratch.write("templates/pages/home.html", "f") },
            { try files.moveItem(atPath: scratch.path + "/other", toPath: scratch.path + "/content/moved") },
            { try scratch.write("content/moved/b.md", "g") }, { try scratch.remove("content/moved") }, { try scratch.remove("content") },
            { try scratch.write("content/again.md", "h") }, { try scratch.write("content/again.md", "i") },
        ]
        for (number, step) in steps.enumerated() {
            while calls.wait(timeout: .now() + 0.3) == .success {}
            try step()
            #expect(isTold(), "step \(number)")
        }
    }

    @Test("What is hidden, an editor's copy, or no part of the shop is not told; a circle of links ends")
    func untold() throws {
        try FileManager.default.createSymbolicLink(atPath: scratch.path + "/content/circle", withDestinationPath: scratch.path + "/content")
        let watch = try started()
        defer { watch.stop() }
        try scratch.write("content/.a.md.swp", "x")
        try scratch.write("content/a.md~", "x")
        try scratch.write("other/b.md", "x")
        try scratch.write("notes.txt", "x")
        try scratch.write("site/index.html", "x")
        #expect(calls.wait(timeout: .now() + 0.5) == .timedOut)
        try scratch.write("content/a.md", "x")
        #expect(isTold())
    }

    @Test("A thousand changes at once are few calls, and the last of them comes after the last change")
    func burst() throws {
        let seen = Mutex(0)
        let path = scratch.path
        let watch = try FolderWatch(.init(folder: path, files: [], trees: ["content"])) {
            let count = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/content"))?.count ?? 0
            seen.withLock { $0 = count }
        }
        defer { watch.stop() }
        for number in 0..<1000 { try scratch.write("content/n\(number).md", "x") }
        for _ in 0..<400 where seen.withLock({ $0 }) != 1001 { usleep(50_000) }
        #expect(seen.withLock { $0 } == 1001)
    }
}
