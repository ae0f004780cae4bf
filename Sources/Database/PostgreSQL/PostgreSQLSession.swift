import Cryptography
import Foundation

/// A thread's hold on the server: a connection that is opened when there is work and opened again when it broke.
final class PostgreSQLSession {
    private let address: PostgreSQLAddress
    let settings: PostgreSQLSettings
    private let writes: Bool
    private var current: PostgreSQLConnection?
    /// Names this writer in the table `writer`.
    let writer: String
    /// The number of the last transaction that this writer tried to commit.
    var sequence: Int64 = 0

    init(_ address: PostgreSQLAddress, _ settings: PostgreSQLSettings, writes: Bool) {
        self.address = address
        self.settings = settings
        self.writes = writes
        writer = UUID().uuidString.lowercased()
    }

    private static let enrol = "INSERT INTO writer (id, sequence, at) VALUES ($1, 0, $2) ON CONFLICT (id) DO NOTHING"

    /// The connection, opened if need be.
    /// - Parameters:
    ///   - deadline: until then it is tried again and again.
    ///   - isOver: asked in between: true when nobody waits any more.
    /// - Throws: `DatabaseError` (`unreachable`).
    func connection(until deadline: ContinuousClock.Instant, unless isOver: () -> Bool) throws(DatabaseError) -> PostgreSQLConnection {
        if let current, !current.isLost { return current }
        current = nil
        var tries = 0
        while true {
            do {
                let opened = try Self.open(address, settings, writes: writes)
                // There before the first transaction, so that looking for it waits for one that is still being committed.
                if writes { _ = try opened.run(Self.enrol, [.text(writer), .integer(settings.now())]) }
                current = opened
                return opened
            } catch {
                tries += 1
                guard error.code == .unreachable, ContinuousClock.now < deadline, !isOver() else { throw error }
                Self.pause(tries)
            }
        }
    }

    /// Opens a connection and says how it is to behave.
    /// - Throws: `DatabaseError`: `unreachable`, or `cannotOpen` for a setting that the server refuses.
    static func open(
        _ address: PostgreSQLAddress, _ settings: PostgreSQLSettings, writes: Bool
    ) throws(DatabaseError) -> PostgreSQLConnection {
        let connection = try PostgreSQLConnection(address)
        // Every statement has its index, and a plan made while a table was small must not walk it when it is large. Compiling
        // statements that run for less than a millisecond takes longer than running them.
        try connection.script(
            """
            SET statement_timeout = '\(writes ? 30 : 600)s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s';
            SET enable_seqscan = off; SET jit = off; SET plan_cache_mode = force_generic_plan; SET client_min_messages = error;
            SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
            """)
        return connection
    }

    /// Closes the connection; the next piece of work opens another.
    func drop() { current = nil }

    /// Waits before the next try: 2 ms, 4 ms … half a second, up to as much again by chance.
    static func pause(_ tries: Int) {
        let base = Double(min(500, 1 << min(tries, 9))) / 1000
        let chance = Double((try? Random.bytes(1).first) ?? 128) / 255
        Thread.sleep(forTimeInterval: base * (1 + chance))
    }

    /// Takes this writer's mark away; the thread ends.
    func close() {
        if writes, let current, !current.isLost { _ = try? current.run("DELETE FROM writer WHERE id = $1", [.text(writer)]) }
        current = nil
    }
}
