import Glibc

/// The first publication of a site, staged as the tree of folders it will be.
///
/// Nothing is there before, so every file is created and none is looked up; what is staged is published by renaming a few
/// folders instead of every file.
final class StagingTree: Sendable {
    let path: String
    private let descriptor: Int32

    /// - Parameter path: of a new folder.
    /// - Throws: ``SiteError`` `file`.
    init(making path: String) throws(SiteError) {
        guard mkdir(path, 0o755) == 0 else { throw Files.failure("cannot make the folder", path) }
        self.path = path
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw Files.failure("cannot open the folder", path) }
    }

    deinit { close(descriptor) }

    /// Writes a new file, and makes the folders above it. May be called from many threads.
    ///
    /// - Throws: ``SiteError`` `collision` when the file exists, `file` when it cannot be written.
    func write(_ bytes: [UInt8], to name: String, durable: Bool) throws(SiteError) {
        // A page's folder is its own, so it is made at once instead of after a failure.
        if name.hasSuffix("/index.html") { try makeFolder(above: name) }
        var file = create(name)
        if file < 0, errno == ENOENT {
            try makeFolder(above: name)
            file = create(name)
        }
        guard file >= 0 else {
            if errno == EEXIST { throw SiteError(.collision, "two pages would have one path", path: name) }
            throw Files.failure("cannot write the file", "\(path)/\(name)")
        }
        try Files.fill(file, bytes, path: "\(path)/\(name)", durable: durable)
    }

    /// The names at the top, in the order in which they are to be published: what pages refer to comes first, the home page last.
    func names() -> [String] {
        func rank(_ name: String) -> Int {
            switch name {
            case "assets", "media": 0
            case "index.html": 2
            default: 1
            }
        }
        return (Files.names(in: path) ?? []).map(\.name).sorted { (rank($0), $0) < (rank($1), $1) }
    }

    private func create(_ name: String) -> Int32 {
        openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    }

    private func makeFolder(above name: String) throws(SiteError) {
        guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
        let folder = String(name[..<slash])
        if mkdirat(descriptor, folder, 0o755) == 0 || errno == EEXIST { return }
        if errno == ENOENT {
            try makeFolder(above: folder)
            if mkdirat(descriptor, folder, 0o755) == 0 || errno == EEXIST { return }
        }
        throw Files.failure("cannot make the folder", "\(path)/\(folder)")
    }
}
