import Foundation
import Testing

@testable import Storefront

@Suite struct PageNamesTests {
    private static let document: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try? String(contentsOf: root.appendingPathComponent("docs/page-models.md"), encoding: .utf8)
    }()

    @Test("docs/page-models.md lists the names that templates have, each and no other")
    func documented() throws {
        let text = try #require(Self.document)
        let start = try #require(text.range(of: "<!-- names -->\n"))
        let end = try #require(text.range(of: "<!-- /names -->"))
        #expect(
            String(text[start.upperBound..<end.lowerBound]) == PageNames.document,
            "write the section anew: keyfront template model --document")
    }

    @Test("What is explained above the list mentions every name's last word")
    func explained() throws {
        let text = try #require(Self.document)
        let prose = text[..<(try #require(text.range(of: "<!-- names -->"))).lowerBound]
        let words = Set(prose.split { !$0.isLetter && !$0.isNumber }.map(String.init))
        let missing = Set(
            PageNames.all.flatMap(\.rows).compactMap { $0.name.split { $0 == "." || $0 == "[" || $0 == "]" }.last.map(String.init) }
        )
        .subtracting(words)
        #expect(missing.sorted() == [])
    }

    @Test("A template is found by its path, its last part, and for a mail by any of its files")
    func found() throws {
        #expect(PageNames.of("product")?.template == "pages/product")
        #expect(PageNames.of("pages/product.html")?.template == "pages/product")
        #expect(PageNames.of("mail/delivered.subject.txt")?.template == "mail/delivered")
        #expect(PageNames.of("order")?.template == "account/order")
        #expect(PageNames.of("nothing") == nil)
        let rows = try #require(PageNames.of("pages/product")?.rows)
        #expect(rows.contains(.init(name: "product.variants[].tiers[].price.minor", kind: .text)))
        #expect(rows.contains(.init(name: "product.forSale", kind: .flag)))
        #expect(PageNames.table(Array(rows.prefix(1))) == "breadcrumbs[].last  flag\n")
        #expect(PageNames.shared("pages").contains(.init(name: "page.csp", kind: .text)))
        #expect(!PageNames.shared("pages").contains { $0.name.hasPrefix("product.") })
    }
}
