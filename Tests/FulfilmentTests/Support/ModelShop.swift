import Catalog

@testable import Fulfilment

/// The shop as a few arrays in memory: what the books must say of orders, keys, sales and commissions. It shares nothing with the
/// engine but the words for states; keys are known by their place in the order of their import.
struct ModelShop {
    struct Order {
        var id: String
        var sku: String
        var quantity: Int
        var amount: Int64
        var buyer: String
        var ref: String?
        var expiresAt: Int64
        var isHeld = true
        var paidAt: Int64?
        var refunds: [String: Int64] = [:]
        var disputes = Set<String>()
        var lapsed = false
        var granted = 0
        var shares: [Int64] = []

        var refunded: Int64 { min(amount, refunds.values.reduce(0, +)) }
        var dispute: Standing.Dispute {
            if disputes.contains("lost") { return .lost }
            return disputes.contains("opened") && !disputes.contains("won") ? .open : .none
        }
        var mayDeliver: Bool { paidAt != nil && refunded < amount && dispute == .none }
        var sold: Int64 { paidAt != nil && dispute != .lost ? amount - refunded : 0 }
        var state: OrderState {
            guard paidAt != nil else { return lapsed ? .expired : .pending }
            if dispute != .none { return .disputed }
            if refunded == amount { return .refunded }
            return granted >= quantity ? .fulfilled : .owed
        }
    }

    struct Key {
        var sku: String
        var batch: String
        var state = StockState.free
        var order: String?
    }

    var orders: [String: Order] = [:]
    var keys: [Key] = []
    /// Everybody who bought, or was added, and who stands above them.
    var parents: [String: String?] = [:]

    // MARK: - What is done

    /// False if it is sold out: then nothing has changed.
    mutating func checkout(_ order: Order, now: Int64) -> Bool {
        let before = self
        orders[order.id] = order
        if take(order.quantity, order.sku, order.id, .held) == order.quantity { return true }
        release(order.id)
        orders[order.id] = nil
        expire(now: now, sku: order.sku)
        orders[order.id] = order
        if take(order.quantity, order.sku, order.id, .held) == order.quantity { return true }
        self = before
        return false
    }

    mutating func pay(_ id: String, now: Int64) {
        guard var order = orders[id], order.paidAt == nil else { return touch(id, now: now) }
        order.paidAt = now
        order.shares = enrol(order)
        orders[id] = order
        if order.mayDeliver {
            orders[id]?.isHeld = false
            if order.isHeld { for index in keys.indices where keys[index].order == id && keys[index].state == .held { grant(index, id) } }
            deliver(id)
            mark(id)
        } else {
            mark(id)
            if order.isHeld {
                orders[id]?.isHeld = false
                release(id)
                fill(order.sku)
            }
        }
    }

    mutating func refund(_ id: String, _ amount: Int64, key: String, now: Int64) {
        guard let order = orders[id] else { return }
        orders[id]?.refunds[key] = min(amount, order.amount)
        touch(id, now: now)
    }

    /// - Parameter word: `opened`, `won` or `lost`.
    mutating func dispute(_ id: String, _ word: String, now: Int64) {
        orders[id]?.disputes.insert(word)
        guard orders[id]?.paidAt != nil else { return }
        mark(id)
        touch(id, now: now)
        mark(id)
    }

    mutating func add(_ count: Int, _ sku: String, batch: String) {
        for _ in 0..<count { keys.append(Key(sku: sku, batch: batch)) }
        fill(sku)
    }

    mutating func recall(_ batch: String) -> Int {
        let found = keys.indices.filter { keys[$0].batch == batch && [.free, .held].contains(keys[$0].state) }
        for index in found {
            keys[index].state = .recalled
            keys[index].order = nil
        }
        return found.count
    }

    mutating func expire(now: Int64, sku: String? = nil) {
        let over = orders.values.filter { $0.isHeld && $0.expiresAt <= now && (sku == nil || $0.sku == sku) }
        for order in over {
            orders[order.id]?.isHeld = false
            orders[order.id]?.lapsed = true
            release(order.id)
        }
        for sku in Set(over.map(\.sku)).sorted() { fill(sku) }
    }

    // MARK: - What follows

    /// A fact came for an order: it may be over, and keys may go out.
    private mutating func touch(_ id: String, now: Int64) {
        guard let order = orders[id] else { return }
        if order.paidAt == nil { orders[id]?.lapsed = now >= order.expiresAt }
        if order.mayDeliver { deliver(id) }
    }

    private mutating func deliver(_ id: String) {
        guard let order = orders[id], order.granted < order.quantity else { return }
        let taken = take(order.quantity - order.granted, order.sku, id, .sold)
        orders[id]?.granted += taken
    }

    private mutating func grant(_ index: Int, _ id: String) {
        keys[index].state = .sold
        orders[id]?.granted += 1
    }

    private mutating func take(_ count: Int, _ sku: String, _ order: String, _ state: StockState) -> Int {
        let free = keys.indices.filter { keys[$0].sku == sku && keys[$0].state == .free }.prefix(count)
        for index in free {
            keys[index].state = state
            keys[index].order = order
        }
        return free.count
    }

    private mutating func release(_ id: String) {
        for index in keys.indices where keys[index].order == id && keys[index].state == .held {
            keys[index].state = .free
            keys[index].order = nil
        }
    }

    private mutating func mark(_ id: String) {
        guard let order = orders[id] else { return }
        for index in keys.indices where keys[index].order == id && [.sold, .disputed].contains(keys[index].state) {
            keys[index].state = order.dispute == .open ? .disputed : order.dispute == .lost ? .recalled : .sold
        }
    }

    private mutating func fill(_ sku: String) {
        for id in owed(sku) {
            let before = orders[id]?.granted
            deliver(id)
            guard let order = orders[id], order.granted > before ?? 0, order.granted == order.quantity else { return }
        }
    }

    /// Who waits for keys, oldest first.
    func owed(_ sku: String) -> [String] {
        orders.values.filter { $0.sku == sku && $0.state == .owed }.sorted { ($0.paidAt ?? 0, $0.id) < ($1.paidAt ?? 0, $1.id) }.map(\.id)
    }

    /// Binds the buyer for ever, to whom they first named; 10 % to the one above, 5 % to the next.
    private mutating func enrol(_ order: Order) -> [Int64] {
        var above = parents[order.buyer].flatMap { $0 }
        if above == nil, let ref = order.ref, parents[ref] != nil, !path(from: ref).contains(order.buyer) { above = ref }
        parents[order.buyer] = .some(above)
        guard let first = above else { return [] }
        let second = parents[first].flatMap { $0 }
        return [1000] + (second == nil || second == order.buyer ? [] : [500])
    }

    private func path(from start: String) -> [String] {
        var path: [String] = []
        var next: String? = start
        while let current = next {
            path.append(current)
            next = parents[current].flatMap { $0 }
        }
        return path
    }

    // MARK: - What the books must say

    /// `order state granted`, by id.
    var standing: [String] { orders.values.map { "\($0.id) \($0.state) \($0.granted)" }.sorted() }

    /// `sku state count`.
    var stock: [String] {
        Dictionary(grouping: keys) { "\($0.sku) \($0.state)" }.map { "\($0.key) \($0.value.count)" }.sorted()
    }

    var sales: Int64 { orders.values.reduce(0) { $0 + $1.sold } }

    var commissions: Int64 {
        orders.values.reduce(0) { sum, order in sum + order.shares.reduce(0) { $0 + order.sold * $1 / 10_000 } }
    }
}
