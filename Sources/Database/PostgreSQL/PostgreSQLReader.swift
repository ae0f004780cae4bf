/// The loop of a thread that reads: one piece of work at a time, each on one snapshot of the server that is written to.
struct PostgreSQLReader {
    let session: PostgreSQLSession
    let queue: WorkQueue

    /// Works until the queue is closed and empty.
    func run() {
        while let work = queue.take(1).first { perform(work) }
        session.close()
    }

    private func perform(_ work: Work) {
        let deadline = ContinuousClock.now + session.settings.patience
        var tries = 0
        while true {
            do {
                try attempt(work, deadline)
                return
            } catch {
                tries += 1
                let cause = error as? DatabaseError
                let again = cause.map { $0.mayPassNextTime || $0.code == .unreachable } ?? false
                guard again, ContinuousClock.now < deadline else {
                    work.fail(error)
                    return
                }
                PostgreSQLSession.pause(tries)
            }
        }
    }

    private func attempt(_ work: Work, _ deadline: ContinuousClock.Instant) throws {
        let connection = try session.connection(until: deadline) { queue.refusal != nil }
        let transaction = PostgreSQLTransaction(connection)
        do {
            try connection.enqueue("BEGIN ISOLATION LEVEL \(isolation) READ ONLY", [])
            let resume = try work.perform(transaction)
            if let failure = transaction.failure { throw failure }
            resume()
            connection.rollBack()
            if connection.isLost { session.drop() }
        } catch {
            connection.rollBack()
            if connection.isLost { session.drop() }
            throw transaction.failure ?? error
        }
    }

    /// One snapshot for all statements, whatever others commit meanwhile.
    private var isolation: String { session.settings.isolation == .serializable ? "SERIALIZABLE" : "REPEATABLE READ" }
}
