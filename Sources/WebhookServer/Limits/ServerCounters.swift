/// What the server has done since it started, for `/metrics`.
struct ServerCounters: Sendable {
    /// By route and status.
    let requests = Tally()
    /// By problem code.
    let problems = Tally()
    /// Accepted, by account and effect.
    let notices = Tally()
    /// By account, category and reason.
    let rejections = Tally()
    /// Questions to gateways, by account and what came of them.
    let queries = Tally()
    /// By kind and result: sent, temporary, permanent.
    let mails = Tally()
}
