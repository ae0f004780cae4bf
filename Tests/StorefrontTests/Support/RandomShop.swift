import Foundation

@testable import Storefront

/// A small shop that is edited at random, the same way for the same seed.
struct RandomShop {
    /// SplitMix64 (Steele, Lea, Flood 2014): any seed is good.
    struct Numbers: RandomNumberGenerator {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    let fixture: ShopFixture
    private(set) var promoters: [PromoterPage] = []
    private(set) var now: Int64 = 1_750_000_000
    private(set) var drafts = false
    private var numbers: Numbers
    /// Files that this shop has written over the fixture's.
    private var products: [String] = []
    private var made = 0

    init(seed: UInt64) throws {
        fixture = try ShopFixture()
        numbers = Numbers(seed: seed)
        for _ in 0..<8 { try addProduct() }
    }

    /// Changes something, and says what.
    mutating func edit() throws -> String {
        switch Int.random(in: 0..<26, using: &numbers) {
        case 0...5: return try rewriteProduct()
        case 6: return try addProduct()
        case 7: return try removeProduct()
        case 8: return try renameProduct()
        case 9, 10: return try translate()
        case 11:
            return try write(
                "templates/partials/card.html", "<card \(word()) {{url}} {{title}} {{price.text}}{{#tags}} {{title}}{{/tags}}>\n")
        case 12: return try write("templates/pages/page.html", "{{>head}}{{#document}}<h1>\(word()) {{title}}</h1>{{{body}}}{{/document}}")
        case 13: return try editStrings()
        case 14:
            return try write(
                "templates/assets/style.css", "body{background:url(img/dot.svg);margin:\(Int.random(in: 0..<9, using: &numbers))px}\n")
        case 15: return try editPicture()
        case 16: return try editShop()
        case 17, 18: return editPromoters()
        case 19: return try touch()
        case 20: return try damageOutput()
        case 21: return moveClock()
        case 22:
            return try write(
                "content/pages/terms.md",
                "---\ntitle: Terms \(word())\nnav: \(flip())\n---\n\n## \(word())\n\nSee [it](../products/lamp/cover.svg).\n")
        case 23: return try topicFile()
        case 24:
            drafts.toggle()
            return "drafts \(drafts)"
        default: return "nothing"
        }
    }

    // MARK: Products

    private mutating func text(_ extra: String = "") -> String {
        let moment =
            Int.random(in: 0..<4, using: &numbers) == 0
            ? "publish_at: \(Timestamp.text(1_750_000_000 + Int64.random(in: -3...3, using: &numbers) * 1000))\n" : ""
        let expiry =
            Int.random(in: 0..<8, using: &numbers) == 0
            ? "expires_at: \(Timestamp.text(1_750_010_000 + Int64.random(in: -3...3, using: &numbers) * 1000))\n" : ""
        let status = ["active", "active", "active", "unlisted", "retired", "draft"].randomElement(using: &numbers) ?? "active"
        let related = Int.random(in: 0..<4, using: &numbers) == 0 ? "related: [lamp]\n" : ""
        let faq = flip() ? "faq:\n  - {question: \(word())?, answer: \"**\(word())**\"}\n" : ""
        // Raw HTML is left out with a doubt, which has to be said by every build.
        let raw = Int.random(in: 0..<6, using: &numbers) == 0 ? "<i>raw</i>" : ""
        return """
            ---
            title: \(word()) \(word())
            summary: \(word())
            price: "\(Int.random(in: 1..<99, using: &numbers)).\(Int.random(in: 10..<99, using: &numbers))"
            category: \(["lights", "reading", "games"].randomElement(using: &numbers) ?? "lights")
            tags: [\(word()), \(word())]
            order: \(Int.random(in: 0..<3, using: &numbers))
            status: \(status)
            \(moment)\(expiry)\(related)\(faq)---

            ## \(word())

            \(word()) [terms](../pages/terms.md) \(raw)\(extra)

            """
    }

    @discardableResult
    private mutating func addProduct() throws -> String {
        made += 1
        let slug = "p\(made)"
        products.append(slug)
        return try write(path(slug), text())
    }

    private mutating func rewriteProduct() throws -> String {
        guard let slug = products.randomElement(using: &numbers) else { return try addProduct() }
        return try write(path(slug), text())
    }

    private mutating func removeProduct() throws -> String {
        guard products.count > 3, let index = products.indices.randomElement(using: &numbers) else { return try addProduct() }
        let slug = products.remove(at: index)
        try? fixture.remove("content/products/\(slug).zh.md")
        try fixture.remove(path(slug))
        return "remove \(slug)"
    }

    private mutating func renameProduct() throws -> String {
        guard let index = products.indices.randomElement(using: &numbers) else { return try addProduct() }
        let slug = products[index]
        try? fixture.remove("content/products/\(slug).zh.md")
        made += 1
        products[index] = "p\(made)"
        try FileManager.default.moveItem(atPath: "\(fixture.shop)/\(path(slug))", toPath: "\(fixture.shop)/\(path(products[index]))")
        return "rename \(slug) to \(products[index])"
    }

    private mutating func translate() throws -> String {
        guard let slug = products.randomElement(using: &numbers) else { return try addProduct() }
        let file = "content/products/\(slug).zh.md"
        if FileManager.default.fileExists(atPath: "\(fixture.shop)/\(file)"), flip() {
            try fixture.remove(file)
            return "remove \(file)"
        }
        return try write(file, "---\ntitle: 灯 \(word())\n---\n\n\(word())。\n")
    }

    private func path(_ slug: String) -> String { "content/products/\(slug).md" }

    // MARK: Everything else

    private mutating func editStrings() throws -> String {
        let all = ShopFixture.files["templates/strings.yaml"] ?? ""
        return try write("templates/strings.yaml", all.replacingOccurrences(of: "\"Good things\"", with: "\"Good \(word())\""))
    }

    private mutating func editPicture() throws -> String {
        let width = Int.random(in: 600..<700, using: &numbers)
        return try write(
            "content/products/lamp/cover.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"480\"></svg>")
    }

    private mutating func editShop() throws -> String {
        let pages = ["none", "landing", "full"].randomElement(using: &numbers) ?? "none"
        let all = ShopFixture.files["shop.yaml"] ?? ""
        let name = flip() ? "Tom & Co" : "Tom & \(word())"
        return try write(
            "shop.yaml",
            all.replacingOccurrences(of: "pages: landing", with: "pages: \(pages)").replacingOccurrences(of: "Tom & Co", with: name))
    }

    private mutating func editPromoters() -> String {
        if promoters.count > 1, flip() {
            promoters.removeFirst()
            return "a promoter less"
        }
        made += 1
        promoters.append(
            PromoterPage(token: "token\(100 + made)", name: flip() ? "Ada \(word())" : "", message: flip() ? "<\(word())>" : ""))
        return "a promoter more"
    }

    private mutating func touch() throws -> String {
        guard let slug = products.randomElement(using: &numbers) else { return try addProduct() }
        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: "\(fixture.shop)/\(path(slug))")
        return "touch \(slug)"
    }

    private mutating func damageOutput() throws -> String {
        let files = try FileManager.default.subpathsOfDirectory(atPath: fixture.out).filter { $0.hasSuffix(".html") }.sorted()
        guard let file = files.randomElement(using: &numbers) else { return "nothing built yet" }
        if flip() {
            try fixture.scratch.remove("site/\(file)")
            return "remove the site's \(file)"
        }
        try fixture.scratch.write("site/\(file)", "cut")
        return "cut the site's \(file)"
    }

    private mutating func moveClock() -> String {
        now = 1_750_000_000 + Int64.random(in: -4...12, using: &numbers) * 1000
        return "now \(now)"
    }

    private mutating func topicFile() throws -> String {
        let file = "content/categories/games.md"
        if FileManager.default.fileExists(atPath: "\(fixture.shop)/\(file)"), flip() {
            try fixture.remove(file)
            return "remove \(file)"
        }
        return try write(file, "---\ntitle: Games \(word())\nsummary: \(word())\n---\n\n\(word())\n")
    }

    @discardableResult
    private func write(_ path: String, _ text: String) throws -> String {
        try fixture.write(path, text)
        return "write \(path)"
    }

    private mutating func flip() -> Bool { Bool.random(using: &numbers) }

    private mutating func word() -> String {
        ["warm", "small", "blue", "fast", "quiet", "Ünder", "灯", "round", "open", "long"].randomElement(using: &numbers) ?? "warm"
    }
}
