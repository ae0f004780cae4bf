/// The loop of a thread that reads: one piece of work at a time, each on one snapshot of the database.
struct SQLiteReader {
    let connection: SQLiteConnection
    let queue: WorkQueue

    /// Works until the queue is closed and empty.
    func run() {
        while let work = queue.take(1).first {
            let transaction = SQLiteTransaction(connection)
            do {
                try connection.run("BEGIN")
                let resume = try work.perform(transaction)
                if let failure = transaction.failure { throw failure }
                connection.rollBack()
                resume()
            } catch {
                connection.rollBack()
                work.fail(error)
            }
        }
    }
}
