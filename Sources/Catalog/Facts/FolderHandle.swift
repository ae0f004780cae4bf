import Glibc

/// An open folder: paths below it are looked up from there, without walking the way to it each time.
package final class FolderHandle: Sendable {
    /// Negative when the folder could not be opened; every look-up below it then fails.
    package let descriptor: Int32

    package init(_ path: String) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether a source looks as it did.
    func holds(_ source: ContentSources.Source) -> Bool {
        descriptor >= 0 && source.path.withCString { FileStamp.at(descriptor, $0) } == source.stamp
    }

    /// The size of the regular file at a path, not following a link at its end; nil when there is none.
    package func size(_ path: String) -> Int? {
        var info = stat()
        guard descriptor >= 0, fstatat(descriptor, path, &info, AT_SYMLINK_NOFOLLOW) == 0, info.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        return Int(info.st_size)
    }
}
