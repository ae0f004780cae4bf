import Catalog
import Foundation
import Testing

@testable import Storefront

/// What goes wrong around a build: it is said clearly, and the site that is there stands.
@Suite struct RobustnessTests {
    private let fixture: ShopFixture

    init() throws { fixture = try ShopFixture() }

    /// Builds with a memory, as the command does.
    @discardableResult
    private func run(_ out: String? = nil) throws(SiteError) -> BuildReport {
        var request = BuildRequest(out: out ?? fixture.out)
        request.clockGrain = 0
        return try SiteBuild(folder: fixture.shop, now: 1_750_000_000).run(request)
    }

    @Test("A folder that cannot be written is named with the reason", arguments: ["/proc/keyfront/site", "/dev/null/site"])
    func unwritable(_ out: String) {
        let error = #expect(throws: SiteError.self) { try run(out) }
        #expect(error?.code == .file)
        #expect(error?.description.hasPrefix(out.hasPrefix("/proc") ? "/proc/keyfront: cannot make the folder: " : "/dev/null") == true)
    }

    @Test("A file that cannot be put in place leaves the old site and says which")
    func blocked() throws {
        try run()
        let before = try fixture.snapshot()
        // A folder somebody made where a page of the next build belongs: its staged file could not be moved there.
        try fixture.scratch.write("site/products/new", "in the way")
        try fixture.write("content/products/new.md", "---\ntitle: New\nprice: \"1.00\"\n---\n")
        let error = #expect(throws: SiteError.self) { try run() }
        #expect(error?.code == .file && error?.path?.hasSuffix("/products/new") == true)
        try fixture.scratch.remove("site/products/new")
        #expect(try fixture.snapshot() == before)
        #expect(try run().written > 0)
    }

    @Test("A source that changes between two looks at it is noticed, and the build begins again by itself")
    func changing() throws {
        try run()
        let path = fixture.out + "/.keyfront/cache"
        let cache = try #require(BuildCache(path: path, program: RunningProgram.digest))
        let known = cache.sources.compared(in: fixture.shop).sources
        let site = try Site.load(
            folder: fixture.shop, baseThemes: [], now: 1_750_000_000, drafts: false, marks: nil, known: known, profile: nil)
        let book = try #require(site.catalogue.products.firstIndex { $0.slug == "book" })
        #expect(try site.product(book).slug == "book")
        try fixture.write("content/products/book.md", "---\ntitle: Other\nprice: \"12.00\"\n---\n")
        let error = #expect(throws: SiteError.self) { try site.product(book) }
        #expect(error?.code == .changedMeanwhile && error?.message.contains("book") == true)
        try fixture.remove("content/products/book.md")
        #expect(throws: SiteError.self) { try site.product(book) }
    }

    @Test("A shop without products is a site")
    func empty() throws {
        for path in ["lamp/index.md", "lamp/index.zh.md", "torch.md", "book.md"] { try fixture.remove("content/products/\(path)") }
        let report = try run()
        #expect(report.pages == 6 && !fixture.exists("categories/lights/index.html"))
        #expect(try fixture.read("search.json") == "[]\n")
        #expect(try run().written == 0)
    }

    @Test("A name that leads elsewhere is refused, and so are a link to itself and a file without end")
    func names() throws {
        try run()
        let before = try fixture.snapshot()
        try fixture.write("content/products/..\\..\\etc\\passwd.md", "---\ntitle: P\nprice: \"1.00\"\n---\n")
        try fixture.write(
            "content/products/up.md",
            "---\ntitle: U\nprice: \"1.00\"\nimages: [../../../../../../etc/passwd]\n---\n\n[x](../../../etc/passwd)\n")
        try FileManager.default.createSymbolicLink(
            atPath: "\(fixture.shop)/content/products/self.md", withDestinationPath: "self.md")
        try FileManager.default.createSymbolicLink(atPath: "\(fixture.shop)/content/products/around", withDestinationPath: ".")
        try fixture.write("content/products/long.md", String(repeating: "x", count: 9 << 20))
        let error = #expect(throws: SiteError.self) { try run() }
        let said = Set(error?.diagnostics.map { "\($0.path): \($0.message)" } ?? [])
        #expect(said.contains("content/products/around: a link to a folder is not followed"))
        #expect(said.contains { $0.hasPrefix("content/products/self.md: ") && $0.contains("symbolic links") })
        #expect(said.contains { $0.hasPrefix("content/products/long.md: ") && $0.contains("larger than") })
        #expect(said.contains { $0.hasPrefix("content/products/up.md: ") && $0.contains("leads out") })
        #expect(try fixture.snapshot() == before)
    }
}
