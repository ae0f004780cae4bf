import Catalog
import Foundation
import Testing

@testable import Storefront

@Suite struct IncrementalTests {
    @Test("After any edit the site is byte for byte that of a clean build, and the same doubts are said")
    func randomEdits() throws {
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["KEYFRONT_SEED"].flatMap(UInt64.init) ?? 20_261_121
        let count = environment["KEYFRONT_EDITS"].flatMap(Int.init) ?? 150
        var shop = try RandomShop(seed: seed)
        let clean = shop.fixture.scratch.path + "/clean"
        var unchanged = 0
        for number in 0..<count {
            let edit = try shop.edit()
            let build = SiteBuild(folder: shop.fixture.shop, now: shop.now, drafts: shop.drafts)
            var request = BuildRequest(out: shop.fixture.out, promoters: shop.promoters, paymentOrigins: ["https://pay.example"])
            // Most builds believe the file system's clock, so that what they remember is put to use at once.
            if number % 5 != 0 { request.clockGrain = 0 }
            let report = try build.run(request)
            try? FileManager.default.removeItem(atPath: clean)
            var fresh = request
            fresh.out = clean
            fresh.clean = true
            let wanted = try build.run(fresh)
            let differing = try SiteComparison.differing(shop.fixture.out, clean, jobs: 1)
            try #require(differing.isEmpty, "seed \(seed), edit \(number): \(edit): \(differing)")
            #expect(report.warnings == wanted.warnings && report.pages == wanted.pages && report.nextBuild == wanted.nextBuild, "\(edit)")
            #expect(try files(shop.fixture.out) == files(clean), "seed \(seed), edit \(number): \(edit)")
            if report.written == 0 { unchanged += 1 }
        }
        // Builds that had nothing to do: they were not all made anew.
        #expect(unchanged > 0 && unchanged < count)
    }

    @Test("A renamed product is shown under its new name everywhere, also when there is a doubt about it")
    func renamedWithDoubt() throws {
        let fixture = try ShopFixture()
        try fixture.write("content/products/book.md", "---\ntitle: Book\nprice: \"12.00\"\ncategory: lights\n---\n\n<b>raw</b>\n")
        try fixture.run()
        try FileManager.default.moveItem(
            atPath: "\(fixture.shop)/content/products/book.md", toPath: "\(fixture.shop)/content/products/tome.md")
        try fixture.run()
        for page in ["index.html", "categories/lights/index.html", "products/torch/index.html"] {
            let text = try fixture.read(page)
            #expect(text.contains("/products/tome/") && !text.contains("/products/book/"), "\(page)")
        }
    }

    @Test("A data file that a template uses, and a list of redirects, that appear, change and go are in the site at the next build")
    func extras() throws {
        let fixture = try ShopFixture()
        try fixture.run()
        let page = "{{>head}}<p>{{#data.team}}{{lead}}{{/data.team}}</p>\n"
        for lead in ["Ada", "Grace"] {
            try fixture.write("content/data/team.yaml", "lead: \(lead)\n")
            try fixture.write("templates/pages/not-found.html", page)
            try fixture.write("content/redirects.yaml", "/old-\(lead)/: /products/torch/\n")
            try fixture.run()
            #expect(try fixture.read("404.html").contains("<p>\(lead)</p>"))
            #expect(try fixture.read("_redirects").contains("/old-\(lead)/ /products/torch/ 301\n"))
            #expect(try fixture.read("_server/nginx-http.conf").contains("/old-\(lead)/"))
            #expect(try fixture.run().written == 0)
        }
        try fixture.remove("content/redirects.yaml")
        try fixture.run()
        #expect(!(try fixture.read("_redirects").contains("torch")))
        try fixture.remove("content/data/team.yaml")
        let error = #expect(throws: SiteError.self) { try fixture.run() }
        #expect(error?.description.contains("not-found.html:1:16: error: “data.team” is not in the data") == true)
    }

    @Test("One changed text renders the product's own pages and nothing else")
    func oneText() throws {
        let fixture = try ShopFixture()
        try fixture.run()
        try fixture.write("content/products/torch.md", (ShopFixture.files["content/products/torch.md"] ?? "") + "\nBright.\n")
        let report = try fixture.run()
        #expect(report.written == 2 && report.removed == 0)
        #expect(try fixture.read("products/torch/index.html").contains("<p>Bright.</p>"))
    }

    @Test("Nothing changed means nothing written, and a touched file is nothing changed")
    func nothing() throws {
        let fixture = try ShopFixture()
        let first = try fixture.run()
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: "\(fixture.shop)/content/products/book.md")
        for _ in 0..<3 {
            let report = try fixture.run()
            #expect(report.written == 0 && report.removed == 0 && report.unchanged == first.written && report.pages == first.pages)
        }
    }

    @Test("A mistake is named with its place by every build, and the site stands")
    func mistakes() throws {
        let fixture = try ShopFixture()
        try fixture.run()
        let before = try fixture.snapshot()
        try fixture.write("content/products/book.md", "---\ntitle: Book\nprise: \"12.00\"\n---\n")
        for _ in 0..<2 {
            let error = #expect(throws: SiteError.self) { try fixture.run() }
            #expect(error?.diagnostics.contains { $0.path == "content/products/book.md" && $0.line == 3 } == true)
        }
        #expect(try fixture.snapshot() == before)
        // Two products that did not change can be at fault as well: their places are looked up again.
        try fixture.write("content/products/book.md", "---\ntitle: Book\nprice: \"12.00\"\nsku: torch-s\n---\n")
        let error = #expect(throws: SiteError.self) { try fixture.run() }
        #expect(error?.diagnostics.map(\.path) == ["content/products/torch.md"])
    }

    @Test("A doubt about a file is said by every build, not only when the file is new")
    func doubts() throws {
        let fixture = try ShopFixture()
        try fixture.write("content/products/book.md", "---\ntitle: Book\nprice: \"12.00\"\n---\n\n<b>raw</b>\n")
        let first = try fixture.run()
        #expect(first.warnings.count == 2)
        #expect(try fixture.run().warnings == first.warnings)
    }

    @Test(
        "A damaged, foreign or unreadable memory is not used", arguments: ["", "keyfront cache 1\n", "keyfront cache 1\nxxxxxxxxxxxxxxxx"])
    func damage(_ text: String) throws {
        let fixture = try ShopFixture()
        try fixture.run()
        try fixture.scratch.write("site/.keyfront/cache", text)
        #expect(try fixture.run().written == 0)
        var bytes = try Files.read("\(fixture.out)/.keyfront/cache")
        for index in stride(from: 20, to: bytes.count, by: max(1, bytes.count / 50)) {
            bytes[index] ^= 0x20
            try fixture.scratch.write("site/.keyfront/cache", bytes)
            #expect(BuildCache(path: "\(fixture.out)/.keyfront/cache", program: RunningProgram.digest) == nil)
            bytes[index] ^= 0x20
        }
        #expect(BuildCache(path: "\(fixture.out)/.keyfront/cache", program: RunningProgram.digest &+ 1) == nil)
        try fixture.scratch.write("site/.keyfront/cache", bytes)
        #expect(BuildCache(path: "\(fixture.out)/.keyfront/cache", program: RunningProgram.digest) != nil)
    }

    @Test("The memory is for the owner's eyes")
    func mode() throws {
        let fixture = try ShopFixture()
        try fixture.run()
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(fixture.out)/.keyfront/cache")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("A file that changed within the clock's grain before a build is read again by the next")
    func settling() {
        let stamp = FileStamp(inode: 1, size: 2, modified: 5_000_000_001, changed: 5_000_000_001)
        #expect(stamp.settled(before: 5_000_000_002, grain: 0) == stamp)
        #expect(stamp.settled(before: 5_000_000_002, grain: 100) == .unsettled)
        #expect(stamp.settled(before: 5_000_000_200, grain: 100) == stamp)
        // Whole seconds look like a file system that knows no finer times.
        let coarse = FileStamp(inode: 1, size: 2, modified: 5_000_000_000, changed: 5_000_000_000)
        #expect(coarse.settled(before: 6_900_000_000, grain: 100) == .unsettled)
        #expect(coarse.settled(before: 7_100_000_000, grain: 100) == coarse)
        #expect(FileStamp("/nowhere/at/all") == .missing && FileStamp.missing.settled(before: 0, grain: 5) == .missing)
    }

    @Test("A promoter published by the daemon in between is part of the next build")
    func promoterBetween() throws {
        let fixture = try ShopFixture()
        try fixture.run()
        let promoter = PromoterPage(token: "abcdefgh12")
        _ = try fixture.site().publishPromoter(
            promoter, BuildRequest(out: fixture.out, paymentOrigins: ["https://pay.example/x"]))
        #expect(fixture.exists("r/abcdefgh12/index.html"))
        #expect(try fixture.run([promoter]).written == 0)
        #expect(try fixture.run().removed > 0)
        #expect(!fixture.exists("r/abcdefgh12/index.html"))
    }

    @Test("A comparison names what differs, what is missing and what is too much")
    func comparison() throws {
        let fixture = try ShopFixture()
        try fixture.run()
        let other = fixture.scratch.path + "/other"
        var request = fixture.request([])
        request.out = other
        _ = try SiteBuild(folder: fixture.shop, now: 1_750_000_000).run(request)
        #expect(try SiteComparison.differing(fixture.out, other, jobs: 2).isEmpty)
        try fixture.scratch.write("site/404.html", "x")
        try fixture.scratch.remove("site/feed.xml")
        #expect(
            try SiteComparison.differing(fixture.out, other, jobs: 2) == ["404.html differs from a clean build", "feed.xml is missing"])
    }

    /// Names and sizes of all files but our own notes.
    private func files(_ folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".keyfront") }.sorted()
    }
}

extension ShopFixture {
    fileprivate func request(_ promoters: [PromoterPage]) -> BuildRequest {
        var request = BuildRequest(out: out, promoters: promoters, paymentOrigins: ["https://pay.example/x"])
        request.clockGrain = 0
        return request
    }

    /// Builds with a memory.
    @discardableResult
    fileprivate func run(_ promoters: [PromoterPage] = []) throws -> BuildReport {
        try SiteBuild(folder: shop, now: 1_750_000_000).run(request(promoters))
    }
}
