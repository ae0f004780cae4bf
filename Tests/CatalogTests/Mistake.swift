import Testing

@testable import Catalog

/// A mistake that merchants make: a shop's files, and the text of all that is said about them.
struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let files: [String: String]
    let text: String

    init(_ name: String, _ files: [String: String], _ text: String) {
        testDescription = name
        self.files = files
        self.text = text
    }

    /// In the body of a page.
    init(_ name: String, body: String, _ text: String) {
        self.init(name, ["content/pages/p.md": "---\ntitle: P\n---\n" + body], text)
    }

    /// Among the keys of a product.
    init(_ name: String, product lines: String, _ text: String) {
        self.init(name, ["content/products/lamp.md": "---\ntitle: Lamp\nprice: \"68.00\"\n\(lines)\n---\n"], text)
    }
}
