import Testing

@testable import Catalog

/// The least `shop.yaml`.
let plainShop = "name: Lantern\nurl: https://shop.example\nlanguages: [en, zh-CN]\ncurrency: CNY\npromoters: {levels: [\"10%\", \"5%\"]}\n"

/// Loads files from a literal; `shop.yaml` is ``plainShop`` unless among them.
func load(_ files: [String: String], now: Int64 = 1_800_000_000, drafts: Bool = false) throws -> Catalogue {
    try Catalogue.load(files: ["shop.yaml": plainShop].merging(files) { $1 }, now: now, drafts: drafts)
}

/// What a merchant reads about the files: mistakes, or else doubts; nil when there are none.
func complaint(_ files: [String: String]) -> String? {
    do {
        let warnings = try load(files).warnings
        return warnings.isEmpty ? nil : warnings.map(\.description).joined(separator: "\n")
    } catch {
        return "\(error)"
    }
}

/// What a merchant reads when the front matter of one product holds `lines` besides a title and a price.
func complaint(product lines: String, body: String = "") -> String? {
    complaint(["content/products/lamp.md": "---\ntitle: Lamp\nprice: \"68.00\"\n\(lines)\n---\n\(body)"])
}

/// Markdown as the body of a product.
func html(_ markdown: String, _ files: [String: String] = [:]) throws -> String {
    let catalogue = try load(["content/products/lamp.md": "---\ntitle: Lamp\nprice: \"1\"\n---\n" + markdown].merging(files) { $1 })
    return String(decoding: try #require(catalogue.products.first).text("en").html, as: UTF8.self)
}
