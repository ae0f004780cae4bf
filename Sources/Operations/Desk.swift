/// Where the command line takes its commands: the daemon's control socket if a daemon runs, else the books themselves.
package enum Desk {
    /// Does a command on the shop in a folder.
    ///
    /// - Parameters:
    ///   - environment: as for `Installation.open`.
    ///   - progress: called now and then during long work with how much is done.
    /// - Throws: `OperationError`, any code.
    package static func run(
        _ command: Command, folder: String, environment: [String: String], progress: (@Sendable (Int) -> Void)? = nil
    ) async throws(OperationError) -> Answer {
        try await open(folder: folder, environment: environment) { run throws(OperationError) in try await run(command, progress) }
    }

    /// Does several commands on the shop in a folder, with one opening.
    ///
    /// - Parameter attempts: how often to try, 50 ms apart, while somebody has the database and no daemon answers.
    /// - Throws: `OperationError`, any code, or what the body throws of it.
    package static func open<T>(
        folder: String, environment: [String: String], attempts: Int = 100,
        _ body: ((Command, (@Sendable (Int) -> Void)?) async throws(OperationError) -> Answer) async throws(OperationError) -> T
    ) async throws(OperationError) -> T {
        let place = try ShopPlace(folder: folder, environment: environment)
        var attempt = 1
        while true {
            if let client = try ControlClient.connect(path: place.controlSocket) {
                return try await body { command, progress throws(OperationError) in try await client.run(command, progress: progress) }
            }
            do throws(OperationError) {
                let installation = try await Installation.open(folder: folder, environment: environment)
                let result = await outcome { () throws(OperationError) in
                    try await body { command, progress throws(OperationError) in
                        try await installation.run(command, progress: progress)
                    }
                }
                await installation.close()
                return try result.get()
            } catch  where error.code == .locked && attempt < attempts {
                // A daemon that starts or stops has the lock and no socket, and so has another command: it is over soon.
                attempt += 1
                try? await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private static func outcome<T>(_ body: () async throws(OperationError) -> T) async -> Result<T, OperationError> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }
}

extension Desk {
    /// Reads all transfers in the order of (order, id), a page at a time, with one opening.
    /// - Throws: `OperationError`, or what the body throws.
    package static func pages(
        folder: String, environment: [String: String], size: Int = 1000, _ body: ([TransferAnswer]) throws -> Void
    ) async throws(OperationError) {
        try await open(folder: folder, environment: environment) { run throws(OperationError) in
            var after: TransferAnswer?
            repeat {
                guard case .transfers(let page) = try await run(.transfers(after: after, limit: size), nil) else {
                    throw OperationError(.control, "the daemon's answer does not fit the command")
                }
                try OperationError.wrapNow { try body(page) }
                after = page.count < size ? nil : page.last
            } while after != nil
        }
    }
}
