/// What became of a command. `--json` prints the value inside.
package enum Answer: Sendable, Hashable, Codable {
    /// Done; there is nothing to tell.
    case done
    case imported(ImportAnswer)
    case stock([StockAnswer])
    case batches([BatchAnswer])
    case recalled(RecallAnswer)
    case keys(KeysAnswer)
    case promoter(PromoterAnswer)
    case promoters([PromoterAnswer])
    case link(LinkAnswer)
    case orders([OrderAnswer])
    case order(OrderAnswer)
    case balances([BalanceAnswer])
    case ledger(LedgerAnswer)
    case transfers([TransferAnswer])
    case payoutRun(PayoutRunAnswer)
    case payouts([PayoutAnswer])
    case audit(AuditAnswer)
    case auditRows([AuditRowAnswer])
    case backup(BackupNotes)
}
