import Catalog
import Cryptography
import Database
import DatabaseSupport
import Foundation
import Payments
import Synchronization

@testable import Fulfilment

/// A shop with books of its own in a folder that goes when the test ends: real database, real keys, a clock and
/// randomness that the test controls.
final class TestShop: Sendable {
    let folder: String
    /// The database's name.
    let url: String
    let keyring: Keyring
    let database: Database
    let engine: Engine
    private let clockSource: TimeSource

    static let start: Int64 = 1_800_000_000

    /// - Parameters:
    ///   - folder: of a shop that was opened before, to open it again.
    ///   - seed: of the randomness.
    ///   - isOnServer: nil: on the engine that the suite runs on.
    init(
        _ recipe: ShopRecipe = .test(), folder: String? = nil, seed: UInt64 = 1, at now: Int64 = start, isOnServer: Bool? = nil
    ) async throws {
        self.folder = try folder ?? Self.newFolder()
        keyring = Keyring(master: try MasterKey(keys: [(0..<32).map { UInt8($0 * 7 + 3) }]))
        let isOnServer = isOnServer ?? (TestDatabase.server != nil)
        url = isOnServer ? try await Self.url(reopened: folder != nil, self.folder) : "sqlite:\(self.folder)/books.db"
        database = try await TestDatabase.open(url, migrations: Schema.migrations)
        let time = TimeSource(now)
        clockSource = time
        engine = try await Engine.open(
            database: database, catalogue: try recipe.catalogue(), keyring: keyring, clock: Clock { time.now },
            random: SeededRandom(seed: seed).source)
    }

    /// A folder that was opened before remembers where its books are.
    private static func url(reopened: Bool, _ folder: String) async throws -> String {
        let note = "\(folder)/url"
        if reopened { return try String(contentsOfFile: note, encoding: .utf8) }
        let url = try await TestDatabase.url(folder: folder)
        try url.write(toFile: note, atomically: false, encoding: .utf8)
        return url
    }

    var now: Int64 { clockSource.now }

    func pass(seconds: Int64) { clockSource.pass(seconds) }
    func pass(days: Int64) { clockSource.pass(days * 86_400) }

    func close() async { await database.close() }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// In memory where the machine has such a folder: these tests ask what is written, not how fast a disk is.
    static func newFolder() throws -> String {
        let memory = "/dev/shm"
        let base = FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
        let folder = "\(base)/keyfront-fulfilment-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }
}

/// A clock that stands still until it is told.
final class TimeSource: Sendable {
    private let time: Mutex<Int64>
    init(_ now: Int64) { time = Mutex(now) }
    var now: Int64 { time.withLock { $0 } }
    func pass(_ seconds: Int64) { time.withLock { $0 += seconds } }
}

/// Randomness that a seed repeats (splitmix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The same bytes for the same seed.
    var source: RandomSource {
        let box = Mutex(self)
        let shared = RandomBox(box)
        return RandomSource { count in shared.bytes(count) }
    }
}

private final class RandomBox: Sendable {
    private let generator: Mutex<SeededRandom>
    init(_ generator: consuming Mutex<SeededRandom>) { self.generator = generator }
    func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) } }
    }
}
