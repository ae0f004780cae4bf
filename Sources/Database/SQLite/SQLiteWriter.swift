/// The loop of the one thread that writes: group commit by natural batching.
///
/// While one batch is being made durable the next one gathers; there is no timer. Each piece of work has a
/// savepoint, so that a failing one is rolled back alone. Nobody is answered before COMMIT has returned.
struct SQLiteWriter {
    /// The most pieces of work in one batch.
    static let batchLimit = 128
    /// Pages in the log (4 KiB each) after which it is copied, and after which it is cut.
    static let copyPages = 4096
    static let truncatePages = 32768

    let connection: SQLiteConnection
    let queue: WorkQueue
    let counters: WriteCounters
    /// The log's pages at the last checkpoint.
    private var copiedAt = 0

    init(connection: SQLiteConnection, queue: WorkQueue, counters: WriteCounters) {
        self.connection = connection
        self.queue = queue
        self.counters = counters
    }

    /// Works until the queue is closed and empty.
    mutating func run() {
        while true {
            let batch = queue.take(Self.batchLimit)
            if batch.isEmpty { break }
            if let stopped = counters.failure {
                for work in batch { work.fail(Self.refusal(stopped)) }
                continue
            }
            commit(batch)
            checkpointIfLarge()
        }
        if counters.failure == nil { try? connection.checkpoint(truncate: true) }
    }

    /// The error for work that comes after the database has stopped.
    static func refusal(_ cause: DatabaseError) -> DatabaseError {
        DatabaseError(
            .closed, "The database has stopped after an error: \(cause.message)",
            hint: "Start the program again: it recovers by itself.", engineCode: cause.engineCode)
    }

    private func commit(_ batch: [Work]) {
        var outcomes: [Result<@Sendable () -> Void, any Error>] = []
        outcomes.reserveCapacity(batch.count)
        do {
            try connection.run("BEGIN IMMEDIATE")
            if batch.count == 1 {
                outcomes.append(try alone(batch[0]))
            } else {
                for work in batch { outcomes.append(try inSavepoint(work)) }
            }
        } catch {
            // Nothing of the batch is in the database, and everybody may know it.
            connection.rollBack()
            if error.endsTheDatabase { stop(error) }
            for work in batch { work.fail(error) }
            return
        }
        let start = ContinuousClock.now
        if connection.inTransaction {
            do {
                try connection.run("COMMIT")
            } catch {
                connection.rollBack()
                let answer = outcomeOfCommit(error)
                if answer.endsTheDatabase { stop(answer) }
                for work in batch { work.fail(answer) }
                return
            }
        }
        answer(batch, outcomes, took: start.duration(to: .now))
    }

    private func answer(_ batch: [Work], _ outcomes: [Result<@Sendable () -> Void, any Error>], took: Duration) {
        var failed = 0
        for (work, outcome) in zip(batch, outcomes) {
            switch outcome {
            case .success(let resume): resume()
            case .failure(let error):
                failed += 1
                work.fail(error)
            }
        }
        counters.count(committed: batch.count - failed, failed: failed, seconds: took / .seconds(1))
    }

    /// Runs the only piece of work of a batch: the transaction itself is its savepoint.
    private func alone(_ work: Work) throws(DatabaseError) -> Result<@Sendable () -> Void, any Error> {
        let outcome = perform(work)
        if case .failure(let error) = outcome {
            if let error = error as? DatabaseError, error.endsTheDatabase { throw error }
            connection.rollBack()
        }
        return outcome
    }

    private func inSavepoint(_ work: Work) throws(DatabaseError) -> Result<@Sendable () -> Void, any Error> {
        try connection.run("SAVEPOINT work")
        let outcome = perform(work)
        if case .failure(let error) = outcome {
            if let error = error as? DatabaseError, error.endsTheDatabase { throw error }
            guard connection.inTransaction else {
                // Out of memory or of room: SQLite rolled the whole batch back by itself.
                throw error as? DatabaseError ?? DatabaseError(.statement, "SQLite rolled back the transaction.")
            }
            try connection.run("ROLLBACK TO work")
        }
        try connection.run("RELEASE work")
        return outcome
    }

    private func perform(_ work: Work) -> Result<@Sendable () -> Void, any Error> {
        let transaction = SQLiteTransaction(connection)
        do {
            let resume = try work.perform(transaction)
            if let failure = transaction.failure { return .failure(failure) }
            return .success(resume)
        } catch {
            if let failure = transaction.failure, failure.endsTheDatabase { return .failure(failure) }
            return .failure(error)
        }
    }

    /// What a failed COMMIT means: only a refused constraint is known to have changed nothing.
    private func outcomeOfCommit(_ error: DatabaseError) -> DatabaseError {
        if error.code == .constraint { return error }
        return DatabaseError(
            .unknownOutcome, "COMMIT failed, so the work may or may not be kept: \(error.message)",
            hint: "Start the program again: repeated work is recognised.", engineCode: error.engineCode)
    }

    /// Copies the log after each further `copyPages`: a reader that stays long keeps it from beginning anew, and must
    /// not make every batch pay for a checkpoint.
    private mutating func checkpointIfLarge() {
        let pages = connection.pagesInLog
        if pages < copiedAt { copiedAt = 0 }
        guard pages - copiedAt >= Self.copyPages, counters.failure == nil else { return }
        copiedAt = pages
        do {
            try connection.checkpoint(truncate: pages >= Self.truncatePages)
        } catch {
            stop(error)
        }
    }

    /// Refuses all further writes and tells whoever listens, so that the program ends.
    private func stop(_ error: DatabaseError) {
        counters.stop(error)
        queue.refuse(Self.refusal(error))
    }
}
