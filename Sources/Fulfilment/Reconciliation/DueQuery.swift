/// An unpaid order whose gateway is to be asked what became of it.
package struct DueQuery: Sendable, Hashable {
    package var order: String
    /// The gateway account.
    package var account: String
    /// The gateway's id of its session, where it gave one.
    package var reference: String?
}
