import Testing

@testable import Storefront

@Suite struct LinkCheckTests {
    @Test("Links to files and anchors that are missing are named with their page; others are left alone")
    func broken() throws {
        let scratch = try Scratch()
        let out = try OutFolder(claiming: scratch.path)
        let publication = try Publication(out, state: try out.state(), trusting: true)
        let pages = [
            "index.html": """
            <a href="/a/">a</a><a href='/a/?x=1&amp;y=2#part'>b</a><a href="/none/">c</a><img src=/none.png alt="a > b">
            <a href="#top" id="top">d</a><a href="#gone">e</a><a href="https://x.example/none">f</a><a href="//x.example/">g</a>
            <!-- <a href="/commented/"> --><a href="/a/#missing">h</a><a href="mailto:x@x.example">i</a>
            """,
            "a/index.html": "<h2 id=\"part\">x</h2><a href=\"/%61/\">self</a>",
        ]
        let offers = try pages.sorted { $0.key < $1.key }.enumerated().map { number, page in
            try publication.offer(Array(page.value.utf8), path: page.key, kind: .page, number: number)
        }
        _ = try publication.commit(offers)
        #expect(
            try LinkCheck.check(out: scratch.path).map(\.description) == [
                "index.html: “/none/”: there is no such file", "index.html: “/none.png”: there is no such file",
                "index.html: “#gone”: there is no element with this id", "index.html: “/a/#missing”: there is no element with this id",
            ])
    }

    @Test("A folder without a site is refused")
    func unpublished() throws {
        let scratch = try Scratch()
        let error = #expect(throws: SiteError.self) { try LinkCheck.check(out: scratch.path) }
        #expect(error?.code == .notPublished)
    }
}
