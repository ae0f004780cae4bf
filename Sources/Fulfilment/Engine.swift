package import Catalog
package import Cryptography
package import Database
internal import Synchronization

/// The shop's books and what may be done with them: orders, keys, promoters, mail to send.
///
/// Every method that changes something is one transaction: when it returns, all of it is durable; when it throws,
/// none of it happened. What needs randomness or sealing is made before the transaction. Methods may be called from
/// any task, any number at a time.
package struct Engine: Sendable {
    /// The id of the shop in the books: one shop an installation, for now.
    package static let shop = "main"

    let database: Database
    let keyring: Keyring
    let clock: Clock
    let random: RandomSource
    let vault: Vault
    let keySeal: KeySeal
    let state: EngineState

    var shop: String { Self.shop }
    /// What is for sale now.
    package var catalogue: Catalogue { state.catalogue.withLock { $0 } }

    /// Opens the books.
    ///
    /// - Parameters:
    ///   - database: opened with `Schema.migrations`.
    ///   - random: where ids, tokens and generated keys come from.
    /// - Throws: `FulfilmentError` `.unavailable`: the data key does not open with this master key, or the clock stands
    ///   before the last audit row.
    package static func open(
        database: Database, catalogue: Catalogue, keyring: Keyring, clock: Clock = .system, random: RandomSource = .system
    ) async throws(FulfilmentError) -> Engine {
        let now = clock.now()
        return try await FulfilmentError.wrap {
            let fresh = try keyring.newDataKey()
            let chains = database.concurrency
            let wrapped = try await database.write { tx in
                try AuditRows(tx: tx, shop: shop).prepare(chains)
                try AuditRows(tx: tx, shop: shop).refuseClockBefore(now)
                try tx.execute(
                    """
                    INSERT INTO data_keys (shop, number, wrapped, created_at) VALUES ($1, 1, $2, $3)
                    ON CONFLICT (shop, number) DO NOTHING
                    """,
                    [.text(shop), .blob(fresh.wrapped), .integer(now)])
                return try tx.query("SELECT number, wrapped FROM data_keys WHERE shop = $1 ORDER BY number", [.text(shop)])
                    .map { (try $0.int("number"), try $0.blob("wrapped")) }
            }
            var keys: [UInt8: SecretKey] = [:]
            for (number, wrapped) in wrapped { keys[UInt8(clamping: number)] = try keyring.unwrap(wrapped) }
            guard let vault = Vault(shop: shop, keys: keys) else {
                throw FulfilmentError(.unavailable, "the database holds no data key")
            }
            return Engine(
                database: database, keyring: keyring, clock: clock, random: random, vault: vault,
                keySeal: KeySeal(shop: shop, keyring: keyring), state: EngineState(catalogue))
        }
    }

    /// Takes a new catalogue: for checkouts from now on; orders keep what was agreed.
    package func reload(_ catalogue: Catalogue) {
        state.catalogue.withLock { $0 = catalogue }
    }

    /// Runs a write with this layer's errors.
    func write<T: Sendable>(_ body: @escaping @Sendable (Books) throws -> T) async throws(FulfilmentError) -> T {
        let books = self
        return try await FulfilmentError.wrap {
            try await database.write { tx in try body(Books(engine: books, tx: tx)) }
        }
    }

    /// Runs a read with this layer's errors.
    func read<T: Sendable>(_ body: @escaping @Sendable (Books) throws -> T) async throws(FulfilmentError) -> T {
        let books = self
        return try await FulfilmentError.wrap {
            try await database.read { tx in try body(Books(engine: books, tx: tx)) }
        }
    }
}

/// What of an engine changes while it runs.
final class EngineState: Sendable {
    let catalogue: Mutex<Catalogue>
    let counters = Mutex<EngineCounters>(EngineCounters())
    private let shown = Mutex<[String: Int64]>([:])
    private let levels = Mutex<(at: Int64, levels: [StockLevel])?>(nil)

    init(_ catalogue: Catalogue) { self.catalogue = Mutex(catalogue) }

    var knownLevels: (at: Int64, levels: [StockLevel])? { levels.withLock { $0 } }

    func remember(_ known: [StockLevel], at now: Int64) {
        levels.withLock { $0 = (now, known) }
    }

    /// Whether an order's keys were written down as shown in this hour; an hour that nobody has asked about is forgotten. Bounded.
    func wasShown(_ order: String, hour: Int64) -> Bool { shown.withLock { $0[order] == hour } }

    /// Call it when the audit row is written.
    func rememberShown(_ order: String, hour: Int64) {
        shown.withLock { shown in
            if shown.count >= 10_000 { shown = shown.filter { $0.value == hour } }
            if shown.count >= 10_000 { shown = [:] }
            shown[order] = hour
        }
    }

    func count(_ change: (inout EngineCounters) -> Void) {
        counters.withLock { change(&$0) }
    }
}
