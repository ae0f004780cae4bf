extension Fact {
    /// What the inbox knows the fact by: a repeat has the same.
    ///
    /// Some gateways name only the payment in their notices (EPay's `trade_no`), so the word that it waits and the word that it is paid
    /// come with one dedupe key. What was ignored must never make a payment look like a repeat, so it stands under a name of its own.
    package var inboxKey: String { kind == .ignored ? "ignored|\(dedupeKey)" : dedupeKey }
}
