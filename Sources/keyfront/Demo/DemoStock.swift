import Catalog
import Cryptography

/// The keys a demo merchant has bought: random, and fit to be looked at.
enum DemoStock {
    /// A SKU that sells keys one by one, or one text to all.
    struct Line {
        let name: String
        let count: Int
        let prefix: String
    }

    /// Every SKU of the shop that needs stock, sorted.
    static func lines(folder: String) throws -> [Line] {
        let catalogue = try Catalogue.load(folder: folder, now: Moment.current, drafts: false)
        return catalogue.products.flatMap { product in
            product.variants.compactMap { variant in
                switch product.delivery {
                case .single: Line(name: variant.sku, count: 20, prefix: initials(of: variant.sku))
                case .shared: Line(name: variant.sku, count: 1, prefix: initials(of: variant.sku))
                case .generated, .file: nil
                }
            }
        }.sorted { $0.name < $1.name }
    }

    /// Keys like `LAN-4F7K-9QZT-M2XC`.
    static func keys(_ line: Line) throws -> [String] {
        try (0..<line.count).map { _ in
            let text = Base32Crockford.encode(try Random.bytes(8)).prefix(12).uppercased()
            let groups = stride(from: 0, to: 12, by: 4).map { start in
                String(text[text.index(text.startIndex, offsetBy: start)...].prefix(4))
            }
            return ([line.prefix] + groups).joined(separator: "-")
        }
    }

    private static func initials(of sku: String) -> String {
        String(sku.filter { $0.isLetter }.prefix(3)).uppercased()
    }
}
