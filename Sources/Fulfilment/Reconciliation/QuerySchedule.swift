/// When a gateway is asked what became of an unpaid order: 1, 5, 15 and 60 minutes after it was placed, then every hour, until a
/// day after it expired. Notices can be lost for good; this finds what they would have told.
package enum QuerySchedule {
    private static let first: [Int64] = [60, 300, 900, 3600]
    /// Seconds after its expiry that an order is still asked about.
    package static let afterlife: Int64 = 86_400

    /// The next time to ask, strictly after `now`; nil when it is over. All times are unix seconds.
    package static func next(createdAt: Int64, expiresAt: Int64, after now: Int64) -> Int64? {
        let age = max(0, now - createdAt)
        let step = first.first { $0 > age } ?? (age / 3600 + 1) * 3600
        let time = createdAt + step
        return time <= expiresAt + afterlife ? time : nil
    }
}
