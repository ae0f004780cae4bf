import Catalog
import Foundation
import Testing

@testable import Storefront

/// The shop this repository is: what every new shop begins with.
@Suite struct DemoShopTests {
    private let scratch: Scratch
    private let site: Site

    init() throws {
        scratch = try Scratch()
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        site = try Site.load(folder: root.path, now: 1_790_000_000)
    }

    private func build(_ promoters: [PromoterPage] = []) throws -> [String: String] {
        let out = scratch.path + "/site"
        _ = try site.build(BuildRequest(out: out, promoters: promoters))
        #expect(try LinkCheck.check(out: out) == [])
        return try scratch.snapshot("site").mapValues { String(decoding: $0, as: UTF8.self) }
    }

    @Test("Every page carries its policy, loads nothing from elsewhere, and needs no script to buy")
    func pages() throws {
        let files = try build([PromoterPage(token: "0123456789abcdef", name: "Ann", message: "Hello")])
        let pages = files.filter { $0.key.hasSuffix(".html") }
        #expect(pages.count > 60)
        for (path, page) in pages {
            #expect(page.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;"), "\(path)")
            #expect(page.contains("<link rel=\"canonical\" href=\"http://127.0.0.1:8000/"), "\(path)")
            #expect(!page.contains("src=\"http") && !page.contains(" onclick=") && !page.contains(" style=\""), "\(path)")
            #expect(!page.contains("kfslot") && !page.contains("{{"), "\(path)")
        }
        let products = pages.filter { $0.key.hasPrefix("products/") || $0.key.hasPrefix("zh-CN/products/") }
        for (path, page) in products {
            #expect(page.contains("<form class=\"buy\" method=\"post\" action=\"http://127.0.0.1:8080/checkout\">"), "\(path)")
            #expect(page.contains("\"@type\":\"Offer\"") && page.contains("\"priceCurrency\":\"CNY\""), "\(path)")
            #expect(page.contains("hreflang=\"zh-CN\"") && page.contains("property=\"og:type\" content=\"product\""), "\(path)")
        }
        let landing = try #require(files["zh-CN/r/0123456789abcdef/index.html"])
        #expect(landing.split(separator: "name=\"ref\" value=\"0123456789abcdef\"").count == site.catalogue.products.count + 1)
        #expect(landing.hasPrefix("<!doctype html>\n<html lang=\"zh-CN\">"))
        let script = try #require(files.first { $0.key.hasPrefix("assets/referral.") })
        #expect(script.value.utf8.count < 1024)
    }

    @Test("A page weighs under 60 KB with its style sheet and scripts, the search script under 5 KB")
    func weight() throws {
        let files = try build([PromoterPage(token: "0123456789abcdef", name: "Ann", message: "Hello")])
        let assets = files.filter { $0.key.hasSuffix(".css") || $0.key.hasSuffix(".js") }
        #expect(
            assets.keys.sorted().map { $0.prefix { $0 != "." } } == [
                "assets/referral", "assets/search", "assets/style", "assets/wechat-pay",
            ])
        let shared = assets.values.reduce(0) { $0 + $1.utf8.count }
        // A landing page has a form for each product, so it grows with the shop, to 96 of them; it is small as it is sent, compressed.
        for (path, page) in files where path.hasSuffix(".html") {
            let isLanding = path.contains("r/0123456789abcdef/")
            #expect(page.utf8.count + shared < (isLanding ? 20_000 + shared + site.catalogue.products.count * 2_500 : 60_000), "\(path)")
        }
        for (path, script) in assets where path.contains("search") { #expect(script.utf8.count < 5_000) }
        let style = try #require(assets.first { $0.key.hasSuffix(".css") }?.value)
        #expect(!style.contains("/*") && !style.contains("\n") && style.contains("url(/assets/search."))
    }

    @Test("The search field works with the index of its language and says what it does to those who can not see it")
    func search() throws {
        let files = try build()
        for (path, index, found) in [
            ("index.html", "/search.json", "Products found: #"), ("zh-CN/index.html", "/zh-CN/search.json", "找到 # 件商品"),
        ] {
            let page = try #require(files[path])
            #expect(page.contains("data-index=\"\(index)\" data-found=\"\(found)\""))
            for part in ["role=\"search\"", "role=\"combobox\"", "aria-controls=\"search-results\"", "role=\"listbox\"", "role=\"status\""]
            {
                #expect(page.contains(part))
            }
        }
        #expect(try #require(files["feed.xml"]).contains("<title>Tinderbox icons</title>"))
    }
}
