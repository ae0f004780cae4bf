/// What the command line may ask of the books, whoever does it: the daemon over its control socket, or the
/// command's own process.
package enum Command: Sendable, Hashable, Codable {
    /// Whether somebody is there.
    case ping
    /// Read the catalogue again.
    case reload

    case importKeys(KeyImport)
    case stockLevels
    /// The imported batches, newest first.
    case batches
    /// Withdraw what is left of a batch, named by its id or its name.
    case recall(batch: String)
    /// The keys of a SKU that were not handed out, in plain text.
    case exportKeys(sku: String)

    /// `parent`: the id of the promoter above; `language`: of the mail that greets them.
    case addPromoter(address: String, parent: String?, language: String?)
    case promoters
    /// `name`: an id or an address.
    case promoter(name: String)
    /// The secret link of a promoter's own page.
    case promoterLink(name: String)

    /// The newest orders. `state`: one of the words of an order's state, or nil for all.
    case orders(state: String?, limit: Int)
    case order(id: String)
    /// A person says that an order was paid.
    case confirm(order: String, reason: String)
    /// Give money back through the gateway that took it. `amount` and `key` as below.
    case refund(order: String, amount: String?, key: String)
    /// A person gave money back. `amount`: decimal text in the shop's currency, nil for all that is left. `key`
    /// names this refund: the same key is booked once.
    case bookRefund(order: String, amount: String?, key: String)
    case resend(order: String)

    case balances
    case verifyLedger
    /// Transfers in the order of (order, id). `after`: what the page before ended with.
    case transfers(after: TransferAnswer?, limit: Int)

    /// Make what promoters may be paid into payouts. `minimum`: decimal text in the shop's currency; nil: what
    /// `shop.yaml` says. `rehearsal`: only say what would be made.
    case runPayouts(minimum: String?, rehearsal: Bool)
    /// A page of payouts after an id. `state`: a word of a payout's state, or nil for all; `addresses`: with whom they are
    /// for. Audited then.
    case payouts(state: String?, run: String?, after: String, addresses: Bool)
    /// What became of payouts. `state`: `paid` or `failed`.
    case settlePayouts(ids: [String], state: String, reference: String)

    case verifyAudit
    /// The newest audit rows, oldest first. `subject`: only those about it.
    case auditTail(subject: String?, limit: Int)

    /// Copy the books into a folder, a whole path.
    case backup(folder: String)
}

/// Keys to import, as the merchant gives them.
package struct KeyImport: Sendable, Hashable, Codable {
    package var sku: String
    /// A key each.
    package var lines: [String]
    /// A name or note for the batch.
    package var note: String?
    package var source: String?
    /// What the whole batch cost: decimal text in the shop's currency.
    package var cost: String?
    /// Unix seconds.
    package var expiresAt: Int64?

    package init(
        sku: String, lines: [String], note: String? = nil, source: String? = nil, cost: String? = nil, expiresAt: Int64? = nil
    ) {
        self.sku = sku
        self.lines = lines
        self.note = note
        self.source = source
        self.cost = cost
        self.expiresAt = expiresAt
    }
}

extension KeyImport: CustomStringConvertible, CustomReflectable {
    /// Never a key.
    package var description: String { "(\(lines.count) lines for \(sku))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
