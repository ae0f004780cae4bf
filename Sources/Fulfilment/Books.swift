internal import Database

/// The tables inside one transaction.
struct Books {
    let engine: Engine
    let tx: any Transaction

    private var shop: String { engine.shop }
    var orders: OrderRows { OrderRows(tx: tx, shop: shop) }
    var facts: FactRows { FactRows(tx: tx, shop: shop) }
    var stock: StockRows { StockRows(tx: tx, shop: shop) }
    var promoters: PromoterRows { PromoterRows(tx: tx, shop: shop) }
    var ledger: LedgerRows { LedgerRows(tx: tx, shop: shop) }
    var outbox: OutboxRows { OutboxRows(tx: tx, shop: shop) }
    var refunds: RefundRows { RefundRows(tx: tx, shop: shop) }
    var payouts: PayoutRows { PayoutRows(tx: tx, shop: shop) }
    var queries: QueryRows { QueryRows(tx: tx, shop: shop) }
    var audit: AuditRows { AuditRows(tx: tx, shop: shop) }
}
