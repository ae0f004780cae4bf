/// The loop of a thread that writes: one transaction at a time, others beside it on threads of their own.
///
/// A transaction that met another one (40001, 40P01), or whose connection broke before COMMIT, is run again from its
/// beginning. Each transaction begins with a mark of its writer, so that after a COMMIT whose answer was lost the mark says
/// whether it is there: it is run again only when it is not. The mark is known to be made before the COMMIT is sent, so
/// whoever looks for it waits for a server that is still at work on it.
struct PostgreSQLWriter {
    let session: PostgreSQLSession
    let queue: WorkQueue
    let counters: WriteCounters

    private static let leaveMark = """
        INSERT INTO writer (id, sequence, at) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, at = excluded.at
        """
    /// Waits for a transaction of the same writer that the server may still be committing.
    private static let findMark = "SELECT sequence FROM writer WHERE id = $1 FOR UPDATE"

    /// What became of a COMMIT.
    private enum Commit {
        case durable
        case rolledBack(any Error)
        case unknown
    }

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
                let again = cause.map { $0.mayPassNextTime || $0.asksForAnotherServer } ?? false
                guard again, ContinuousClock.now < deadline else {
                    counters.countFailure()
                    work.fail(error)
                    return
                }
                PostgreSQLSession.pause(tries)
            }
        }
    }

    /// Runs the work once and answers it, or throws why it is not done: then nothing of it is kept.
    private func attempt(_ work: Work, _ deadline: ContinuousClock.Instant) throws {
        let connection = try session.connection(until: deadline) { queue.refusal != nil }
        let transaction = PostgreSQLTransaction(connection)
        let resume: @Sendable () -> Void
        session.sequence += 1
        do {
            try connection.enqueue("BEGIN ISOLATION LEVEL \(session.settings.isolation.rawValue)", [])
            try connection.enqueue(Self.leaveMark, [.text(session.writer), .integer(session.sequence), .integer(session.settings.now())])
            resume = try work.perform(transaction)
            if let failure = transaction.failure { throw failure }
        } catch {
            throw abandon(connection, transaction.failure ?? error)
        }
        let start = ContinuousClock.now
        switch commit(connection) {
        case .durable: break
        case .rolledBack(let error): throw error
        case .unknown: guard try wasCommitted() else { throw DatabaseError.connectionLost }
        }
        counters.count(committed: 1, failed: 0, seconds: start.duration(to: .now) / .seconds(1))
        resume()
    }

    /// Leaves no trace of the transaction.
    /// - Returns: why it failed: what only showed now, where that explains the error.
    private func abandon(_ connection: PostgreSQLConnection, _ error: any Error) -> any Error {
        let late = connection.rollBack()
        let cause = late.map { $0.mayPassNextTime || $0.asksForAnotherServer ? $0 : error } ?? error
        if connection.isLost || (cause as? DatabaseError)?.asksForAnotherServer == true { session.drop() }
        return cause
    }

    private func commit(_ connection: PostgreSQLConnection) -> Commit {
        let fault = session.settings.fault?()
        do {
            if fault == .conflict { throw DatabaseError(.busy, "A conflict was asked for.", engineCode: "40001") }
            if fault == .requestLost { throw connection.cut() }
            // Nothing was asked for yet, so nothing tells that the mark is made.
            if !connection.inTransaction { try connection.answers() }
        } catch {
            return .rolledBack(abandon(connection, error))
        }
        do throws(DatabaseError) {
            // All that waits and the COMMIT travel together; after an error the server skips the rest.
            try connection.enqueue("COMMIT", [])
            try connection.synchronise()
            if fault == .replyLost { connection.awaitAnswer() }
            if fault == .replyLost || fault == .cut { throw connection.cut() }
            _ = try connection.collect()
            return .durable
        } catch {
            guard connection.isLost || error.asksForAnotherServer else { return .rolledBack(abandon(connection, error)) }
            session.drop()
            return .unknown
        }
    }

    /// Whether the last COMMIT is in the database, asked on another connection.
    /// - Throws: `DatabaseError` (`unknownOutcome`): nobody could be asked.
    private func wasCommitted() throws(DatabaseError) -> Bool {
        let deadline = ContinuousClock.now + session.settings.patience
        var tries = 0
        while true {
            do {
                let connection = try session.connection(until: deadline) { false }
                return try connection.run(Self.findMark, [.text(session.writer)]).rows.first?.int("sequence") == session.sequence
            } catch {
                session.drop()
                tries += 1
                guard ContinuousClock.now < deadline else {
                    throw DatabaseError(
                        .unknownOutcome, "The server did not answer a COMMIT, so the work may or may not be kept: \(error.message)",
                        hint: "Do it again: repeated work is recognised.", engineCode: error.engineCode)
                }
                PostgreSQLSession.pause(tries)
            }
        }
    }
}
