import Glibc

/// The inotify watches of a shop, and the loop that waits for them: the working part of ``FolderWatch``.
struct Watches: ~Copyable {
    private let scope: FolderWatch.Scope
    /// -1 where the kernel gives none.
    private let inotify: Int32
    /// The watched folders: whether a descriptor is the shop's own folder, where names are looked at.
    private var isRoot: [Int32: Bool] = [:]
    /// Whether everything that should be watched is.
    private var isWhole = false
    /// What was there last, where watching is not whole.
    private var signature = 0

    private static let mask = UInt32(
        IN_CREATE | IN_DELETE | IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF
            | IN_ONLYDIR)

    init(_ scope: FolderWatch.Scope) {
        self.scope = scope
        inotify = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        arm()
    }

    deinit { if inotify >= 0 { close(inotify) } }

    /// Calls `changed` after each burst of changes, until `bell` can be read.
    mutating func run(until bell: Int32, _ changed: () -> Void) {
        var since: Int64?
        while true {
            var timeout: Int32 = isWhole ? -1 : 1000
            if let since { timeout = max(0, min(scope.quiet, Int32(since + FolderWatch.patience - Self.now))) }
            var ports = [pollfd(fd: bell, events: Int16(POLLIN), revents: 0), pollfd(fd: inotify, events: Int16(POLLIN), revents: 0)]
            let ready = poll(&ports, 2, timeout)
            guard ready >= 0 || errno == EINTR, ports[0].revents == 0 else { return }
            if ready > 0, ports[1].revents != 0 {
                if receive(), since == nil { since = Self.now }
            } else if ready == 0, since == nil, !isWhole {
                let before = signature
                arm()
                if signature != before || isWhole { since = Self.now }
            }
            guard let start = since, ready == 0 || Self.now - start >= FolderWatch.patience else { continue }
            since = nil
            changed()
        }
    }

    /// Reads what the kernel has to tell; whether any of it matters.
    private mutating func receive() -> Bool {
        var matters = false
        var moved = false
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(inotify, &buffer, buffer.count)
            guard count > 0 else { break }
            buffer.withUnsafeBytes { bytes in
                var at = 0
                while at + 16 <= count {
                    let watch = bytes.loadUnaligned(fromByteOffset: at, as: Int32.self)
                    let mask = bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self)
                    let length = Int(bytes.loadUnaligned(fromByteOffset: at + 12, as: UInt32.self))
                    let name = String(decoding: bytes[(at + 16)..<min(at + 16 + length, count)].prefix { $0 != 0 }, as: UTF8.self)
                    at += 16 + length
                    if mask & UInt32(IN_IGNORED) != 0 {
                        isRoot[watch] = nil
                    } else if mask & UInt32(IN_Q_OVERFLOW) != 0 {
                        (matters, moved) = (true, true)
                    } else if mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF) != 0 || concerns(name, watch) {
                        matters = true
                        moved = moved || mask & UInt32(IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF) != 0
                    }
                }
            }
        }
        // Before the call: what lies in a new folder by then is read, and what comes later is told.
        if moved { arm() }
        return matters
    }

    /// Whether a name in a watched folder is one of the shop's: hidden names and editors' copies are not.
    private func concerns(_ name: String, _ watch: Int32) -> Bool {
        guard let root = isRoot[watch] else { return false }
        if root { return scope.files.contains(name) || scope.trees.contains(name) }
        return !name.hasPrefix(".") && !name.hasSuffix("~")
    }

    /// Watches every folder that is there, and no other.
    private mutating func arm() {
        var found: [Int32: Bool] = [:]
        var whole = inotify >= 0
        var seen = Hasher()
        func add(_ folder: String, root: Bool) -> Bool {
            let watch = inotify_add_watch(inotify, folder, Self.mask)
            if watch < 0 {
                // A folder that has gone meanwhile is told by the one above it; a missing root is looked for again.
                if root || errno == ENOSPC || errno == ENOMEM || inotify < 0 { whole = false }
                return errno == ENOSPC || inotify < 0
            }
            // Known already: a symbolic link has led here, perhaps in a circle.
            guard found[watch] == nil else { return false }
            found[watch] = root
            return true
        }
        func walk(_ folder: String, depth: Int) {
            guard depth < 32, add(folder, root: false) else { return }
            for (name, isFolder) in Files.names(in: folder) ?? [] where !name.hasPrefix(".") && !name.hasSuffix("~") {
                if isFolder { walk("\(folder)/\(name)", depth: depth + 1) } else if !whole { Self.note("\(folder)/\(name)", in: &seen) }
            }
        }
        _ = add(scope.folder, root: true)
        for tree in scope.trees { walk("\(scope.folder)/\(tree)", depth: 0) }
        for tree in scope.elsewhere { walk(tree, depth: 0) }
        for file in scope.files where !whole { Self.note("\(scope.folder)/\(file)", in: &seen) }
        for watch in isRoot.keys where found[watch] == nil { inotify_rm_watch(inotify, watch) }
        isRoot = found
        isWhole = whole
        signature = whole ? 0 : seen.finalize()
    }

    /// A file's time and size, where nothing else tells that it changed.
    private static func note(_ path: String, in seen: inout Hasher) {
        var info = stat()
        guard stat(path, &info) == 0 else { return }
        seen.combine(path)
        seen.combine(info.st_size)
        seen.combine(info.st_ino)
        seen.combine(info.st_mtim.tv_sec)
        seen.combine(info.st_mtim.tv_nsec)
    }

    /// Milliseconds of a clock that is not set.
    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
