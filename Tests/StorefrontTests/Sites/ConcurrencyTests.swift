import Dispatch
import Synchronization
import Testing

@testable import Storefront

@Suite struct ConcurrencyTests {
    @Test("Builds and promoters' publications at once never interleave: the site ends whole, with everyone in it")
    func together() throws {
        let fixture = try ShopFixture()
        try fixture.build()
        let site = try fixture.site()
        let out = fixture.out
        let promoters = (0..<8).map { PromoterPage(token: "promoter\($0)") }
        let failures = Mutex<[SiteError]>([])
        // Eight promoters join while the site is built again and again; a build that does not know of them takes
        // their pages away, so the last word is a build that does.
        DispatchQueue.concurrentPerform(iterations: 12) { number in
            do throws(SiteError) {
                if number < 8 {
                    _ = try site.publishPromoter(promoters[number], BuildRequest(out: out))
                } else {
                    _ = try site.build(BuildRequest(out: out, jobs: 2, clean: number % 2 == 0))
                }
            } catch {
                failures.withLock { $0.append(error) }
            }
        }
        #expect(failures.withLock { $0.map(\.description) } == [])
        for promoter in promoters { _ = try site.publishPromoter(promoter, BuildRequest(out: out)) }
        let other = try ShopFixture()
        _ = try other.site().build(BuildRequest(out: other.out, promoters: promoters))
        #expect(try fixture.snapshot() == other.snapshot())
    }

    @Test("A publication that breaks off in the middle says so, and the next build makes the site whole")
    func interrupted() throws {
        let fixture = try ShopFixture()
        try fixture.build()
        let whole = try fixture.snapshot()
        // A folder that is not empty stands where a page belongs: renaming the page into place must fail.
        try fixture.scratch.remove("site/robots.txt")
        try fixture.scratch.write("site/robots.txt/stone", "in the way")
        let error = #expect(throws: SiteError.self) { try fixture.build(clean: true) }
        #expect(error?.code == .interrupted)
        #expect(error?.hint == "the site is partly new; build again when this is mended, and every file will be written anew")
        #expect(throws: SiteError.self) {
            try fixture.site().publishPromoter(PromoterPage(token: "promoter1"), BuildRequest(out: fixture.out))
        }
        try fixture.scratch.remove("site/robots.txt")
        let report = try fixture.build()
        #expect(report.unchanged == 0)
        #expect(try fixture.snapshot() == whole)
    }
}
