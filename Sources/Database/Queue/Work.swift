/// One piece of work for a transaction, with its answer held back.
///
/// `perform` runs the caller's body and returns what resumes the caller, so that the writer can resume after
/// COMMIT is durable, and not before. Exactly one of the returned closure and `fail` is called, once.
struct Work: Sendable {
    /// Runs the body. Returns the closure that hands the result to the caller.
    let perform: @Sendable (any Transaction) throws -> @Sendable () -> Void
    /// Hands an error to the caller.
    let fail: @Sendable (any Error) -> Void
}
