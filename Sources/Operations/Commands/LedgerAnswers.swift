internal import Cryptography
internal import Fulfilment

/// The balance of one account: credits minus debits.
package struct BalanceAnswer: Sendable, Hashable, Codable {
    package var account: String
    package var currency: String
    package var minor: Int64

    init(_ balance: LedgerBalance) {
        account = balance.account
        currency = balance.currency
        minor = balance.minor
    }
}

/// What a verification of the books found.
package struct LedgerAnswer: Sendable, Hashable, Codable {
    package struct Finding: Sendable, Hashable, Codable {
        /// `I1` … `I9`.
        package var rule: String
        package var message: String
    }

    package var ok: Bool
    package var transfers: Int
    package var orders: Int
    package var promoters: Int
    package var findings: [Finding]

    init(_ report: LedgerReport) {
        ok = report.findings.isEmpty
        transfers = report.transfers
        orders = report.orders
        promoters = report.promoters
        findings = report.findings.map { Finding(rule: $0.rule, message: $0.message) }
    }
}

/// One transfer, as exported.
package struct TransferAnswer: Sendable, Hashable, Codable {
    /// 32 hexadecimal digits.
    package var id: String
    package var kind: String
    package var order: String
    package var level: Int64
    package var debit: String
    package var credit: String
    package var amountMinor: Int64
    package var currency: String
    package var cause: String
    /// The id of the pending transfer that this one resolves.
    package var resolves: String?
    /// Basis points, and minor units, of a commission.
    package var rate: Int64
    package var baseMinor: Int64
    /// Unix seconds.
    package var at: Int64

    init(_ transfer: Transfer) {
        id = Hex.encode(transfer.id)
        kind = transfer.kind.rawValue
        order = transfer.order
        level = transfer.level
        debit = transfer.debit.text
        credit = transfer.credit.text
        amountMinor = transfer.amountMinor
        currency = transfer.currency
        cause = transfer.cause
        resolves = transfer.resolves.map(Hex.encode)
        rate = transfer.rate
        baseMinor = transfer.baseMinor
        at = transfer.at
    }

    /// The transfer again, for paging.
    /// - Throws: `OperationError` (`invalid`).
    func transfer() throws(OperationError) -> Transfer {
        guard let id = Hex.decode(id), let kind = Transfer.Kind(rawValue: kind), let debit = LedgerAccount(text: debit),
            let credit = LedgerAccount(text: credit)
        else { throw OperationError(.invalid, "this is not a transfer") }
        return Transfer(
            id: id, kind: kind, order: order, level: level, debit: debit, credit: credit, amountMinor: amountMinor, currency: currency,
            cause: cause, resolves: resolves.flatMap(Hex.decode), rate: rate, baseMinor: baseMinor, at: at)
    }
}

/// What a verification of the audit log found, and its end, signed: keep it elsewhere, and it proves later that
/// nothing before it was changed or dropped.
package struct AuditAnswer: Sendable, Hashable, Codable {
    package struct Head: Sendable, Hashable, Codable {
        package var number: Int64
        /// Hexadecimal, as the next two.
        package var hash: String
        package var signature: String
        package var publicKey: String
        /// Unix seconds.
        package var at: Int64

        init(_ head: AuditHead) {
            number = head.number
            hash = Hex.encode(head.hash)
            signature = Hex.encode(head.signature)
            publicKey = Hex.encode(head.publicKey)
            at = head.at
        }
    }

    package var ok: Bool
    package var rows: Int64
    /// The number of the first row that does not follow from those before it.
    package var firstBroken: Int64?
    package var head: Head

    init(_ report: AuditReport, _ head: AuditHead) {
        ok = report.firstBroken == nil
        rows = report.rows
        firstBroken = report.firstBroken
        self.head = Head(head)
    }
}

/// One row of the audit log.
package struct AuditRowAnswer: Sendable, Hashable, Codable {
    package var number: Int64
    /// Unix seconds.
    package var at: Int64
    package var actor: String
    package var action: String
    package var subject: String
    package var detail: String
    /// Hexadecimal; covers this row and all before it.
    package var hash: String

    init(_ record: AuditRecord) {
        number = record.number
        at = record.at
        actor = record.actor
        action = record.action.rawValue
        subject = record.subject
        detail = record.detail
        hash = Hex.encode(record.hash)
    }
}
