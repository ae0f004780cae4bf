internal import Catalog
internal import Database

extension Books {
    /// Counts by SKU and state, with the SKUs of the catalogue that have no key at all.
    func levels(_ catalogue: Catalogue) throws -> [StockLevel] {
        var levels: [String: StockLevel] = [:]
        func change(_ sku: String, _ change: (inout StockLevel) -> Void) {
            change(
                &levels[
                    sku,
                    default: StockLevel(
                        sku: sku, free: 0, held: 0, sold: 0, disputed: 0, recalled: 0, lapsed: 0, shared: 0, owed: 0, low: false,
                        soldOut: false)])
        }
        for product in catalogue.products { for variant in product.variants { change(variant.sku) { _ in } } }
        let counts = try tx.query(
            "SELECT sku, state, count(*) AS n FROM stock WHERE shop = $1 GROUP BY sku, state ORDER BY sku, state", [.text(engine.shop)])
        for row in counts {
            let n = try row.int("n")
            guard let state = StockState(rawValue: try row.text("state")) else { continue }
            change(try row.text("sku")) { level in
                switch state {
                case .free: level.free = n
                case .held: level.held = n
                case .sold: level.sold = n
                case .disputed: level.disputed = n
                case .recalled: level.recalled = n
                case .lapsed: level.lapsed = n
                case .shared: level.shared = n
                }
            }
        }
        for row in try tx.query("SELECT sku, count(*) AS n FROM owed WHERE shop = $1 GROUP BY sku ORDER BY sku", [.text(engine.shop)]) {
            let n = try row.int("n")
            change(try row.text("sku")) { $0.owed = n }
        }
        let uses = try leastUses()
        for sku in levels.keys {
            guard let (product, _) = catalogue.variant(sku: sku) else { continue }
            let threshold = Int64(product.stock.low ?? catalogue.shop.stock.low)
            let cap = Int64(product.stock.cap ?? 0)
            change(sku) { level in
                switch product.delivery {
                case .single:
                    level.low = level.free < threshold
                    level.soldOut = level.free == 0
                case .shared, .file: level.soldOut = level.shared == 0 || (cap > 0 && uses[sku, default: 0] >= cap)
                case .generated: break
                }
            }
        }
        return levels.values.sorted { $0.sku < $1.sku }
    }
}

extension Books {
    /// Of each SKU's shared texts, how often the one with the most room left was used.
    private func leastUses() throws -> [String: Int64] {
        var uses: [String: Int64] = [:]
        let rows = try tx.query(
            "SELECT sku, min(uses) AS n FROM stock WHERE shop = $1 AND state = 'shared' GROUP BY sku ORDER BY sku", [.text(engine.shop)])
        for row in rows { uses[try row.text("sku")] = try row.int("n") }
        return uses
    }
}

extension StockRows {
    /// Keys that may still be handed out, oldest first, with their batch's data key.
    func unsold(sku: String) throws -> [(key: SealedKey, dataKey: [UInt8])] {
        try sealedKeys("s.shop = $1 AND s.sku = $2 AND s.state IN ('free', 'shared') ORDER BY s.id", [.text(shop), .text(sku)])
    }
}
