internal import Database

extension Installation {
    /// Waits until the database can no longer be trusted, because a commit failed and its outcome is unknown.
    /// - Returns: what failed, free of values; nil when the waiting task is cancelled or the database is closed.
    package func databaseFailure() async -> String? {
        for await failure in database.failures { return failure.message }
        return nil
    }
}
