/// `publish_at` and `expires_at`: from when to when something exists.
struct Lifetime: Sendable {
    /// Unix seconds; nil: always.
    let publishAt: Int64?
    /// Unix seconds; nil: for ever.
    let expiresAt: Int64?

    init(publishAt: Int64?, expiresAt: Int64?) {
        self.publishAt = publishAt
        self.expiresAt = expiresAt
    }

    /// Reports what is no date, and an end before the beginning.
    init(_ fields: Fields) {
        publishAt = fields.value("publish_at") { text throws(CatalogError) in try Moment.parse(text) }
        expiresAt = fields.value("expires_at") { text throws(CatalogError) in try Moment.parse(text) }
        if let publishAt, let expiresAt, let place = fields["expires_at"]?.mark, expiresAt <= publishAt {
            fields.report.error(place, "“expires_at” is not after “publish_at”")
        }
    }

    /// - Parameters:
    ///   - now: unix seconds.
    ///   - drafts: whether drafts and what is not published yet exist as well.
    func exists(at now: Int64, isDraft: Bool, drafts: Bool) -> Bool {
        if let expiresAt, expiresAt <= now { return false }
        if drafts { return true }
        return !isDraft && publishAt.map { $0 <= now } ?? true
    }

    /// The moments at which it appears or goes.
    func changes(isDraft: Bool, drafts: Bool) -> [Int64] {
        if publishAt == nil && expiresAt == nil || isDraft && !drafts { return [] }
        return [drafts ? nil : publishAt, expiresAt].compactMap { $0 }
    }
}
