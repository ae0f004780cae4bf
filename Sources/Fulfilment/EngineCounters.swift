/// What the engine has done since it was opened, for metrics.
package struct EngineCounters: Sendable, Hashable {
    package var checkouts = 0
    /// Notices by what they did.
    package var notices: [NoticeOutcome.Effect: Int] = [:]
    /// Notices refused before they reached the books, by category.
    package var rejections: [String: Int] = [:]
    package var unsealed = 0
    package var expiredHolds = 0
    package var maturedOrders = 0
}
