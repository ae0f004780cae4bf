internal import Catalog

/// Hands out keys to one paid order, inside the transaction that found it paid.
///
/// What was held for it comes first, then the next free ones, then, for generated stock, new ones. What cannot be
/// had is owed; there is no text in place of a key.
struct Grant {
    let stock: StockRows
    /// Uses of a shared text; 0: no cap.
    let cap: Int64
    /// Makes and stores keys for generated stock; how many.
    let generate: (Int64, OrderRecord) throws -> Int64

    /// Fills an order as far as the stock allows. Its `granted` says how far.
    /// - Parameters:
    ///   - held: the order still has its hold, so keys may be reserved for it.
    ///   - waits: wait for keys that another transaction has taken and may give back.
    func fill(_ order: inout OrderRecord, held: Bool, waits: Bool = false) throws {
        let before = order.granted
        switch order.delivery {
        case .single, .generated:
            if held { order.granted += try stock.sellHeld(order: order.id) }
            order.granted += try stock.take(order.quantity - order.granted, sku: order.sku, order: order.id, as: .sold, waits: waits)
            if order.delivery == .generated, order.granted < order.quantity {
                order.granted += try generate(order.quantity - order.granted, order)
            }
        case .shared, .file:
            // What was taken back since the checkout is nobody's to have.
            if let key = order.sharedKey, order.granted == 0, try !stock.isShared(id: key) { order.sharedKey = nil }
            if order.sharedKey == nil {
                order.sharedKey = try stock.useShared(order.quantity, sku: order.sku, cap: cap)
            }
            if order.sharedKey != nil { order.granted = order.quantity }
        }
        assert(order.granted >= before && order.granted <= order.quantity)
    }
}
