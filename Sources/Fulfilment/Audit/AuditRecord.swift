internal import Cryptography

/// One thing that was done: who, what, to what. Never a key, an address or a token.
package struct AuditRecord: Sendable, Hashable {
    package enum Action: String, Sendable, Hashable, CaseIterable {
        /// A fact changed an order.
        case fact
        /// A fact of no order, or none that it may change.
        case stray
        /// A referral token that is not authentic, or may not count.
        case referral
        /// A sealed text was opened.
        case unseal
        case stockImport = "stock_import"
        case stockRecall = "stock_recall"
        case stockLapse = "stock_lapse"
        case stockExport = "stock_export"
        case promoter
        case matured
        case confirm
        case resend
        /// Money that a gateway was asked to send back.
        case refund
        /// What promoters are paid.
        case payout
        /// A message that will not be sent any more.
        case dead
    }

    /// The chain it belongs to. There is one, `main`, unless several daemons write.
    package var chain: String
    /// 1, 2, 3 … without gaps in its chain.
    package var number: Int64
    /// Unix seconds.
    package var at: Int64
    /// `notice:<account>`, `buyer`, `mail`, `operator`, `clock`.
    package var actor: String
    package var action: Action
    /// The id of the order, batch, promoter or message.
    package var subject: String
    /// A few words.
    package var detail: String
    /// Covers this record and all before it.
    package var hash: [UInt8]

    /// What is hashed: every field, led by its length, so that no two records look alike.
    static func bytes(number: Int64, at: Int64, actor: String, action: String, subject: String, detail: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in [String(number), String(at), actor, action, subject, detail] {
            withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: part.utf8)
        }
        return bytes
    }

    /// The link that this record must have after `previous`.
    func expectedHash(after previous: [UInt8]) -> [UInt8] {
        let record = Self.bytes(number: number, at: at, actor: actor, action: action.rawValue, subject: subject, detail: detail)
        return HashChain.next(previous: previous, record: record)
    }
}
