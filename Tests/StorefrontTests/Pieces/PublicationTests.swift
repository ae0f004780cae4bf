import Catalog
import Foundation
import Testing

@testable import Storefront

@Suite struct PublicationTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @discardableResult
    private func publish(_ files: [String: String], trusting: Bool = true) throws -> Publication.Outcome {
        let out = try OutFolder(claiming: scratch.path + "/out")
        let publication = try Publication(out, state: try out.state(), trusting: trusting)
        let offers = try files.sorted { $0.key < $1.key }.enumerated().map { number, file in
            try publication.offer(Array(file.value.utf8), path: file.key, kind: .page, number: number)
        }
        return try publication.commit(offers)
    }

    @Test("Only what changed is written, and what is no longer listed goes with its folders")
    func changes() throws {
        var outcome = try publish(["index.html": "one", "a/b/index.html": "two"])
        #expect((outcome.written, outcome.unchanged, outcome.removed) == (2, 0, 0))
        outcome = try publish(["index.html": "one", "a/b/index.html": "two"])
        #expect((outcome.written, outcome.unchanged, outcome.removed) == (0, 2, 0))
        outcome = try publish(["index.html": "new"])
        #expect((outcome.written, outcome.unchanged, outcome.removed) == (1, 0, 1))
        #expect(try scratch.read("out/index.html") == "new")
        #expect(!scratch.exists("out/a"))
        #expect(!scratch.exists("out/.keyfront/staging"))
    }

    @Test("A file that was damaged or deleted by hand is written again")
    func damaged() throws {
        try publish(["index.html": "one", "a.html": "two"])
        try scratch.remove("out/index.html")
        try scratch.write("out/a.html", "longer than before")
        #expect(try publish(["index.html": "one", "a.html": "two"]).written == 2)
        #expect(try scratch.read("out/a.html") == "two")
    }

    @Test("Files that are not ours stay, and a folder that is not ours is refused untouched")
    func foreign() throws {
        try publish(["index.html": "one"])
        try scratch.write("out/CNAME", "shop.example")
        try publish([:])
        #expect(try scratch.read("out/CNAME") == "shop.example")
        try scratch.write("home/thesis.txt", "years of work")
        let error = #expect(throws: SiteError.self) { try OutFolder(claiming: scratch.path + "/home") }
        #expect(error?.code == .foreignFolder)
        #expect(
            error?.description
                == "\(scratch.path)/home: the folder holds “thesis.txt”, and was not written by keyfront\n"
                + "  hint: choose an empty folder with --out; nothing was changed")
        #expect(try scratch.snapshot("home").keys.sorted() == ["thesis.txt"])
    }

    @Test("A folder with nothing but a .gitignore is taken, and keeps it")
    func gitignore() throws {
        try scratch.write("out/.gitignore", "*\n")
        try publish(["index.html": "one"])
        try publish([:])
        #expect(try scratch.read("out/.gitignore") == "*\n")
    }

    @Test("A symbolic link in the out folder is neither written through nor pruned through")
    func links() throws {
        try publish(["a/index.html": "one", "b/index.html": "two"])
        try scratch.write("outside/index.html", "precious")
        try scratch.remove("out/a")
        try FileManager.default.createSymbolicLink(atPath: scratch.path + "/out/a", withDestinationPath: scratch.path + "/outside")
        #expect(throws: SiteError.self) { try publish(["a/index.html": "changed", "b/index.html": "changed"]) }
        #expect(try scratch.read("out/b/index.html") == "two")
        #expect(try publish(["b/index.html": "two"]).removed == 0)
        #expect(try scratch.read("outside/index.html") == "precious")
    }

    @Test("Paths that lead outside are never staged", arguments: ["../x", "/x", "a/../x", ".keyfront/manifest", "a//b", "a/"])
    func escaping(path: String) throws {
        let error = #expect(throws: SiteError.self) { try publish([path: "evil"]) }
        #expect(error?.code == .invalidName)
        #expect(try scratch.snapshot("").keys.filter { !$0.contains(".keyfront") }.isEmpty)
    }

    @Test("After a publication was cut off, the next one writes every file and prunes what it left")
    func interrupted() throws {
        try publish(["index.html": "one", "old.html": "old"])
        // As a power cut leaves it: the journal lists the new site, some of whose files are in place.
        let next = Manifest(files: [
            .init(path: "index.html", size: 3, digest: ContentHash.of(Array("two".utf8)), kind: .page),
            .init(path: "left.html", size: 4, digest: 1, kind: .page),
        ])
        try scratch.write("out/.keyfront/manifest.next", next.bytes)
        try scratch.write("out/index.html", "two")
        try scratch.write("out/left.html", "left")
        let outcome = try publish(["index.html": "one"])
        #expect((outcome.written, outcome.unchanged) == (1, 0))
        #expect(try scratch.read("out/index.html") == "one")
        #expect(!scratch.exists("out/left.html") && !scratch.exists("out/old.html") && !scratch.exists("out/.keyfront/manifest.next"))
    }

    @Test("Two pages of one path are refused before anything is published")
    func collision() throws {
        try publish(["index.html": "one"])
        let out = try OutFolder(claiming: scratch.path + "/out")
        let publication = try Publication(out, state: try out.state(), trusting: true)
        let offers = try [1, 2].map { try publication.offer(Array("\($0)".utf8), path: "index.html", kind: .page, number: $0) }
        let error = #expect(throws: SiteError.self) { try publication.commit(offers) }
        #expect(error?.code == .collision)
        #expect(try scratch.read("out/index.html") == "one")
    }

    @Test("A locked folder is waited for, then refused by name")
    func locked() throws {
        let path = scratch.path + "/lock"
        try SiteLock.hold(path, patience: 0) { () throws(SiteError) in
            var code: SiteError.Code?
            do throws(SiteError) { try SiteLock.hold(path, patience: 30) { () throws(SiteError) in } } catch { code = error.code }
            #expect(code == .locked)
        }
        #expect(try SiteLock.hold(path, patience: 0) { () throws(SiteError) in true })
    }
}
