import Glibc

/// How a file or folder looks from outside: when two stamps of a path are equal, nobody has changed what is there.
///
/// Links are followed. The change time (`ctime`) cannot be set back, so an edit that restores size and `mtime` shows as well.
package struct FileStamp: Hashable, Sendable {
    package var device: UInt64 = 0
    package var inode: UInt64 = 0
    package var size: Int64 = 0
    /// Nanoseconds since 1970.
    package var modified: Int64 = 0
    /// Nanoseconds since 1970.
    package var changed: Int64 = 0

    /// Nothing is there.
    package static let missing = FileStamp()
    /// Equal to no stamp of a file: what is there must be read again.
    package static let unsettled = FileStamp(inode: .max)

    package init(device: UInt64 = 0, inode: UInt64 = 0, size: Int64 = 0, modified: Int64 = 0, changed: Int64 = 0) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }

    package init(_ path: String) {
        self = path.withCString { Self.at(AT_FDCWD, $0) }
    }

    /// The stamp of a path (NUL at its end) relative to an open folder.
    package static func at(_ folder: Int32, _ path: UnsafePointer<CChar>) -> FileStamp {
        var info = stat()
        guard fstatat(folder, path, &info, 0) == 0 else { return .missing }
        return FileStamp(
            device: UInt64(info.st_dev), inode: UInt64(info.st_ino), size: Int64(info.st_size),
            modified: Int64(info.st_mtim.tv_sec) * 1_000_000_000 + Int64(info.st_mtim.tv_nsec),
            changed: Int64(info.st_ctim.tv_sec) * 1_000_000_000 + Int64(info.st_ctim.tv_nsec))
    }

    /// The stamp, or ``unsettled`` when the file changed so shortly before `moment` that a later change may bear the same time.
    ///
    /// - Parameters:
    ///   - moment: when the build began, in nanoseconds since 1970.
    ///   - grain: how coarse the file system's clock is held to be, in nanoseconds. Whole seconds are taken for a clock of two.
    package func settled(before moment: Int64, grain: Int64) -> FileStamp {
        if self == .missing { return self }
        let last = max(modified, changed)
        let coarse = changed % 1_000_000_000 == 0 && grain > 0
        return last < moment - (coarse ? max(grain, 2_000_000_000) : grain) ? self : .unsettled
    }
}
