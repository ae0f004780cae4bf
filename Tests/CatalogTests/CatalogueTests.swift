import Testing

@testable import Catalog

@Suite("A shop folder")
struct CatalogueTests {
    @Test("A shop without content has no products")
    func empty() throws {
        let catalogue = try load([:])
        #expect(catalogue.products.isEmpty && catalogue.pages.isEmpty && catalogue.nextChange == nil)
        #expect(catalogue.shop.gateways.isEmpty && catalogue.shop.mail == nil)
        #expect(catalogue.shop.stock == StockPolicy(holdMinutes: 15, low: 10))
        #expect(catalogue.shop.masterKeyFile == "secrets/master.key")
    }

    @Test("A product's file says all of it")
    func product() throws {
        let catalogue = try load([
            "content/products/lamp/index.md": """
            ---
            title: Lamp
            summary: Bright
            category: Home & Light
            tags: [New, 灯具, new]
            delivery: shared
            stock: {low: 3, cap: 100}
            limits: {min: 1, max: 4}
            commission: ["12.5%"]
            valid_days: 365
            images: [lamp.svg]
            image_texts: [A lamp]
            order: 7
            price: "68.00"
            variants:
              - {sku: lamp-1, title: One}
              - {sku: lamp-5, title: Five, price: "268.00", compare_at: "340.00", tiers: [{quantity: 3, price: "250.00"}]}
            faq:
              - {question: Why?, answer: "Because *so*."}
            ---
            Text
            """,
            "content/products/lamp/index.zh.md": "---\ntitle: 灯\nvariants: [{sku: lamp-1, title: 一}]\n---\n正文\n",
            "content/products/lamp/lamp.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 480\"></svg>",
        ])
        let (product, variant) = try #require(catalogue.variant(sku: "lamp-5"))
        #expect(product.slug == "lamp" && product.category == "home-light" && product.tags == ["new", "灯具"])
        #expect(product.delivery == .shared && product.stock == ProductStock(low: 3, cap: 100))
        #expect(product.quantity == QuantityLimits(minimum: 1, maximum: 4))
        #expect(product.commission?.map(\.basisPoints) == [1250] && product.validDays == 365 && product.order == 7)
        #expect(product.images == [Image(path: "content/products/lamp/lamp.svg", width: 640, height: 480)])
        #expect(product.variants.first?.price.minor == 6800)
        #expect(
            variant.compareAt?.minor == 34_000 && variant.price(quantity: 2).minor == 26_800 && variant.price(quantity: 3).minor == 25_000)
        #expect(product.variants.first?.title("zh-CN") == "一" && variant.title("zh-CN") == "Five")
        let english = product.text("en")
        #expect(english.faq.first.map { String(decoding: $0.answer.html, as: UTF8.self) } == "<p>Because <em>so</em>.</p>\n")
        #expect(english.imageTexts == ["A lamp"])
        let chinese = product.text("zh-CN")
        #expect(chinese.title == "灯" && chinese.path == "content/products/lamp/index.zh.md" && chinese.imageTexts == ["A lamp"])
        #expect(product.text("fr").language == "en")
        #expect(catalogue.categories.map { $0.text("en").title } == ["Home & Light"])
        #expect(catalogue.tags.map { $0.text("en").title } == ["New", "灯具"])
    }

    @Test("A product without variants is sold under its slug")
    func slugIsSKU() throws {
        let catalogue = try load(["content/products/lamp.md": "---\ntitle: Lamp\nprice: \"1\"\n---\n"])
        #expect(catalogue.variant(sku: "lamp")?.variant.title("en") == nil)
        #expect(catalogue.variant(sku: "lamp")?.product.text("en").imageTexts == [])
        #expect(catalogue.variant(sku: "other") == nil)
    }

    @Test("Scalars stay the text they are written as")
    func text() throws {
        let catalogue = try load(["content/products/lamp.md": "---\ntitle: on\nsummary: 0777\nprice: 1\ntags: [no, 1.0, 012]\n---\n"])
        let product = try #require(catalogue.products.first)
        #expect(product.text("en").title == "on" && product.text("en").summary == "0777")
        #expect(product.tags == ["no", "1-0", "012"])
    }

    @Test("Products come by order, then slug; pages and topics likewise")
    func sorted() throws {
        func product(_ order: Int) -> String { "---\ntitle: P\nprice: \"1\"\norder: \(order)\ncategory: C\(order)\n---\n" }
        let catalogue = try load([
            "content/products/c.md": product(1), "content/products/a.md": product(2), "content/products/b.md": product(1),
            "content/categories/c2.md": "---\ntitle: Second\norder: -1\n---\n", "content/categories/c2.zh.md": "---\ntitle: 二\n---\n",
            "content/pages/z.md": "---\ntitle: Z\nnav: true\n---\n", "content/pages/y.md": "---\ntitle: Y\norder: 1\n---\n",
        ])
        #expect(catalogue.products.map(\.slug) == ["b", "c", "a"])
        #expect(catalogue.categories.map(\.slug) == ["c2", "c1"])
        #expect(catalogue.categories.first?.text("zh-CN").title == "二")
        #expect(catalogue.pages.map(\.slug) == ["z", "y"] && catalogue.pages.map(\.nav) == [true, false])
    }

    @Test("A product appears at its moment and goes at its end, and the catalogue says when that is next")
    func time() throws {
        let files = [
            "content/products/soon.md": "---\ntitle: S\nprice: \"1\"\npublish_at: 2026-12-01T08:00:00+08:00\n---\n",
            "content/products/ends.md": "---\ntitle: E\nprice: \"1\"\nexpires_at: 2026-12-02\nrelated: [soon]\n---\n",
            "content/products/draft.md": "---\ntitle: D\nprice: \"1\"\nstatus: draft\n---\n",
        ]
        let first = try Moment.parse("2026-12-01")
        let before = try load(files, now: first - 1)
        #expect(before.products.map(\.slug) == ["ends"] && before.nextChange == first)
        #expect(before.products.first?.related == [])
        let between = try load(files, now: first)
        #expect(between.products.map(\.slug) == ["ends", "soon"] && between.nextChange == first + 86_400)
        #expect(between.product(slug: "ends")?.related == ["soon"])
        let after = try load(files, now: first + 86_400)
        #expect(after.products.map(\.slug) == ["soon"] && after.nextChange == nil)
        #expect(try load(files, now: 0, drafts: true).products.map(\.slug) == ["draft", "ends", "soon"])
    }

    @Test("Pages have drafts and days as well, and the catalogue knows every change to come")
    func pageTime() throws {
        let files = [
            "content/pages/sale.md": "---\ntitle: Sale\npublish_at: 2026-12-01\nexpires_at: 2026-12-03\n---\n",
            "content/pages/draft.md": "---\ntitle: Draft\nstatus: draft\npublish_at: 2026-12-04\n---\n",
            "content/products/ends.md": "---\ntitle: E\nprice: \"1\"\nexpires_at: 2026-12-02\n---\n",
        ]
        let day = try Moment.parse("2026-12-01")
        let before = try load(files, now: day - 1)
        #expect(before.pages.isEmpty && before.nextChange == day)
        #expect(before.nextChange(after: day) == day + 86_400 && before.nextChange(after: day + 86_400) == day + 2 * 86_400)
        #expect(before.nextChange(after: day + 2 * 86_400) == nil)
        #expect(try load(files, now: day).pages.map(\.slug) == ["sale"])
        #expect(try load(files, now: day + 2 * 86_400).pages.isEmpty)
        #expect(try load(files, now: day - 1, drafts: true).pages.map(\.slug) == ["draft", "sale"])
        #expect(
            complaint(["content/pages/p.md": "---\ntitle: P\nstatus: hidden\n---\n"]) == """
                content/pages/p.md:3:9: error: “hidden” is not a value of “status”
                  status: hidden
                          ^
                  hint: one of: active, draft
                """)
    }

    @Test("A retired product is shown, not sold; an unlisted one is in no listing")
    func status() throws {
        let catalogue = try load([
            "content/products/old.md": "---\ntitle: O\nprice: \"1\"\nstatus: retired\ncategory: A\n---\n",
            "content/products/secret.md": "---\ntitle: S\nprice: \"1\"\nstatus: unlisted\ncategory: B\n---\n",
        ])
        #expect(catalogue.product(slug: "old")?.isForSale == false && catalogue.product(slug: "secret")?.isListed == false)
        #expect(catalogue.categories.map(\.slug) == ["a"])
    }

    @Test("Names that Unicode holds equal are one tag")
    func canonical() throws {
        let catalogue = try load([
            "content/products/a.md": "---\ntitle: A\nprice: \"1\"\ntags: [caf\u{E9}]\n---\n",
            "content/products/b.md": "---\ntitle: B\nprice: \"1\"\ntags: [\"cafe\u{301}\"]\n---\n",
        ])
        #expect(catalogue.tags.map { Array($0.slug.utf8) } == [Array("caf\u{E9}".utf8)])
    }

    @Test("The same folder gives the same answer every time, mistakes too")
    func deterministic() throws {
        var files: [String: String] = [:]
        for number in 0..<200 { files["content/products/p\(number).md"] = "---\ntitle: P\nprice: \"x\"\nb: 1\na: 1\n---\n<b>" }
        let first = try #require(complaint(files))
        for _ in 0..<5 { #expect(complaint(files) == first) }
        #expect(first.components(of: "error:") == 600)
    }

    @Test(
        "Dates are UTC, times name their zone",
        arguments: [
            ("1970-01-01", Int64(0)), ("2000-02-29", 951_782_400), ("2026-12-01T00:00Z", 1_796_083_200),
            ("2026-12-01T08:00:00+08:00", 1_796_083_200),
            ("2026-11-30T19:30:00-04:30", 1_796_083_200), ("1969-12-31", -86_400),
        ])
    func moments(_ text: String, _ seconds: Int64) throws {
        #expect(try Moment.parse(text) == seconds)
    }

    @Test(
        "What is no date is refused",
        arguments: [
            "", "2026", "2026-13-01", "2025-02-29", "2026-1-1", "2026-01-01 10:00Z", "2026-01-01T24:00Z", "2026-01-01T10:00",
            "2026-01-01T10:00+8", "二〇二六",
        ])
    func noMoments(_ text: String) {
        #expect(throws: CatalogError.self) { try Moment.parse(text) }
    }
}

extension String {
    /// How often `part` stands in it.
    func components(of part: String) -> Int {
        var count = 0
        var rest = Substring(self)
        while !rest.isEmpty {
            if rest.hasPrefix(part) { count += 1 }
            rest = rest.dropFirst()
        }
        return count
    }
}
