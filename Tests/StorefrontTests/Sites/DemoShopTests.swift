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
}
