internal import Catalog
internal import Database

extension Books {
    /// How many uses a shared text has; 0: no cap.
    func cap(_ sku: String) -> Int64 {
        Int64(engine.catalogue.variant(sku: sku)?.product.stock.cap ?? 0)
    }

    /// Frees what is reserved for an order whose hold has just ended.
    func releaseReserved(_ order: inout OrderRecord) throws {
        switch order.delivery {
        case .single, .generated: try stock.releaseHeld(order: order.id)
        case .shared, .file:
            guard let key = order.sharedKey, order.granted == 0 else { return }
            try stock.unuseShared(order.quantity, id: key)
            order.sharedKey = nil
        }
    }

    /// Ends the holds that have run out, oldest first; owed orders get what that frees before anybody else.
    /// - Parameter sku: only of this SKU; nil: of all.
    /// - Returns: how many ended.
    @discardableResult
    func releaseExpired(sku: String?, now: Int64, limit: Int64) throws -> Int {
        var ended = 0
        var skus = Set<String>()
        for id in try orders.expiredHolds(sku: sku, now: now, limit: limit) {
            // Who holds the order is paying it or ending its hold.
            guard var order = try orders.lockFree(id), try orders.endHold(id) else { continue }
            ended += 1
            try releaseReserved(&order)
            if order.state == .pending { order.state = .expired }
            try orders.update(order)
            skus.insert(order.sku)
        }
        for sku in skus.sorted() { try fillOwed(sku: sku, now: now, limit: limit) }
        return ended
    }

    /// Gives paid orders the keys they wait for, oldest first.
    /// - Returns: how many are fulfilled now.
    @discardableResult
    func fillOwed(sku: String, now: Int64, limit: Int64) throws -> Int {
        var fulfilled = 0
        // Under the same exclusion an order is found to be owed: whoever comes second sees what the first has done.
        try tx.exclude("stock", sku)
        for id in try orders.owed(sku: sku, limit: limit) {
            guard var order = try orders.lock(id), order.state == .owed else { continue }
            let before = order.granted
            try OrderProgress(books: self, cause: "stock", now: now, newPromoter: nil).deliver(&order, first: false)
            guard order.granted > before else { break }
            if order.granted == order.quantity {
                order.state = .fulfilled
                fulfilled += 1
                try audit.add(.fact, subject: id, detail: "stock arrived \(order.granted)/\(order.quantity)", actor: "stock", at: now)
            }
            try orders.update(order)
            if order.granted < order.quantity { break }
        }
        return fulfilled
    }
}
