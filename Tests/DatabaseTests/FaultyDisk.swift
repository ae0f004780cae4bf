import Foundation
import GRDBSQLite
import Synchronization

/// A disk that fails on command, under the real SQLite: its file system with `xSync` and `xWrite` in our hands.
///
/// Registered once as the default; only files whose path begins with a folder named in `break` fail.
enum FaultyDisk {
    /// What fails in a folder.
    enum Fault: Sendable {
        /// Making the log durable (fsync of the `-wal` file).
        case logSync
        /// Writing to the log, for want of room.
        case logFull
        /// Writing the database file itself, during a checkpoint.
        case databaseWrite
    }

    /// An open file of ours.
    private struct Open: @unchecked Sendable {
        var path: String
        /// What the system would do with it; a constant of SQLite's.
        var methods: UnsafePointer<sqlite3_io_methods>

        var isLog: Bool { path.hasSuffix("-wal") }
    }

    private struct State {
        var faults: [String: Fault] = [:]
        /// By the address of SQLite's file object.
        var files: [UInt: Open] = [:]
        /// Copies with our calls in place, by the address of what they were made from. Two: with locks and without.
        var patched: [UInt: UInt] = [:]
    }

    private static let state = Mutex(State())

    /// From now on this fails under the folder; nil: nothing fails.
    static func set(_ fault: Fault?, in folder: String) {
        _ = install
        state.withLock { $0.faults[folder] = fault }
    }

    /// Must have run before the files are opened.
    static func prepare() { _ = install }

    private static func open(_ file: UnsafeMutablePointer<sqlite3_file>?) -> (Open?, Fault?) {
        state.withLock { state in
            guard let open = state.files[UInt(bitPattern: file)] else { return (nil, nil) }
            return (open, state.faults.first { open.path.hasPrefix($0.key) }?.value)
        }
    }

    /// The system's file system, which ours passes on to. SQLite made it before any thread of ours.
    private struct System: @unchecked Sendable {
        var vfs: UnsafeMutablePointer<sqlite3_vfs>
    }

    private static let system: System? = sqlite3_vfs_find(nil).map { System(vfs: $0) }

    private static let install: Bool = {
        guard let system else { return false }
        let own = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        own.initialize(to: system.vfs.pointee)
        own.pointee.zName = UnsafePointer(strdup("faulty"))
        own.pointee.pNext = nil
        own.pointee.xOpen = { _, name, file, flags, outFlags in
            guard let system = FaultyDisk.system, let open = system.vfs.pointee.xOpen else { return SQLITE_ERROR }
            let code = open(system.vfs, name, file, flags, outFlags)
            guard code == SQLITE_OK, let file, let methods = file.pointee.pMethods else { return code }
            FaultyDisk.take(file, methods, name.map { String(cString: $0) } ?? "")
            return code
        }
        return sqlite3_vfs_register(own, 1) == SQLITE_OK
    }()

    private static func take(_ file: UnsafeMutablePointer<sqlite3_file>, _ methods: UnsafePointer<sqlite3_io_methods>, _ path: String) {
        let address = state.withLock { state in
            state.files[UInt(bitPattern: file)] = Open(path: path, methods: methods)
            if let known = state.patched[UInt(bitPattern: methods)] { return known }
            let copy = patched(methods)
            state.patched[UInt(bitPattern: methods)] = copy
            return copy
        }
        file.pointee.pMethods = UnsafePointer(bitPattern: address)
    }

    /// A copy of the methods in which ours fail as told. It is never freed: files point at it.
    private static func patched(_ methods: UnsafePointer<sqlite3_io_methods>) -> UInt {
        let copy = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        copy.initialize(to: methods.pointee)
        copy.pointee.xSync = { file, flags in
            let (open, fault) = FaultyDisk.open(file)
            if open?.isLog == true, fault == .logSync { return SQLITE_IOERR | (4 << 8) }
            return open?.methods.pointee.xSync(file, flags) ?? SQLITE_ERROR
        }
        copy.pointee.xWrite = { file, bytes, count, offset in
            let (open, fault) = FaultyDisk.open(file)
            if open?.isLog == true, fault == .logFull { return SQLITE_FULL }
            if open?.isLog == false, fault == .databaseWrite { return SQLITE_IOERR | (3 << 8) }
            return open?.methods.pointee.xWrite(file, bytes, count, offset) ?? SQLITE_ERROR
        }
        return UInt(bitPattern: copy)
    }
}
