import Glibc

/// The file system calls a build makes, as POSIX makes them: a path in, bytes or an error out.
enum Files {
    /// What `lstat` says about a path: symbolic links are seen as what they are.
    struct Entry {
        enum Kind { case file, folder, other }
        var kind: Kind
        var size: Int
    }

    /// The entry at a path, or nil when nothing is there.
    static func entry(_ path: String) -> Entry? {
        var info = stat()
        guard lstat(path, &info) == 0 else { return nil }
        return Entry(kind: kind(info.st_mode), size: Int(info.st_size))
    }

    /// The whole content of a regular file.
    ///
    /// - Throws: ``SiteError`` `file` when it cannot be opened or read.
    static func read(_ path: String) throws(SiteError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot read the file", path) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw failure("cannot read the file", path) }
        let expected = Int(info.st_size)
        var problem = false
        var bytes = [UInt8](unsafeUninitializedCapacity: expected) { buffer, count in
            while count < expected {
                let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), expected - count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { problem = true }
                if got <= 0 { break }
                count += got
            }
        }
        if problem { throw failure("cannot read the file", path) }
        // A file whose size is not told beforehand (a pipe, /proc), or that grew meanwhile.
        var rest = [UInt8](repeating: 0, count: expected == 0 ? 4096 : 1)
        while true {
            let got = Glibc.read(descriptor, &rest, rest.count)
            if got < 0 && errno == EINTR { continue }
            if got < 0 { throw failure("cannot read the file", path) }
            if got == 0 { return bytes }
            bytes += rest[..<got]
        }
    }

    /// Writes a new file, or truncates the one that is there; never through a symbolic link.
    ///
    /// - Parameter durable: flushes it to the disk before returning.
    /// - Throws: ``SiteError`` `file`.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644, durable: Bool = false) throws(SiteError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("cannot write the file", path) }
        try fill(descriptor, bytes, path: path, durable: durable)
    }

    /// Writes all bytes to an open file and closes it.
    ///
    /// - Throws: ``SiteError`` `file`; the file is closed all the same.
    static func fill(_ descriptor: Int32, _ bytes: [UInt8], path: String, durable: Bool) throws(SiteError) {
        var done = 0
        var well = true
        bytes.withUnsafeBytes { buffer in
            while done < buffer.count {
                let put = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if put < 0 && errno == EINTR { continue }
                guard put > 0 else {
                    well = false
                    return
                }
                done += put
            }
        }
        if well && durable { well = fsync(descriptor) == 0 }
        guard well else {
            let error = failure("cannot write the file", path)
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else { throw failure("cannot write the file", path) }
    }

    /// Makes one folder, and the folders above it that are missing.
    ///
    /// - Throws: ``SiteError`` `file`.
    static func makeFolders(_ path: String, mode: mode_t = 0o755) throws(SiteError) {
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
        if errno == ENOENT, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex {
            try makeFolders(String(path[..<slash]), mode: mode)
            if mkdir(path, mode) == 0 || errno == EEXIST { return }
        }
        throw failure("cannot make the folder", path)
    }

    /// The names in a folder, sorted by their bytes, without `.` and `..`; nil when it cannot be read.
    static func names(in folder: String) -> [(name: String, isFolder: Bool)]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var found: [(name: String, isFolder: Bool)] = []
        while let item = readdir(stream) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            var isFolder = item.pointee.d_type == UInt8(DT_DIR)
            if item.pointee.d_type == UInt8(DT_UNKNOWN) || item.pointee.d_type == UInt8(DT_LNK) {
                var info = stat()
                isFolder = stat("\(folder)/\(name)", &info) == 0 && kind(info.st_mode) == .folder
            }
            found.append((name, isFolder))
        }
        return found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Every file below a folder, as sorted paths relative to it; hidden names and editors' copies
    /// (`x~`) are passed over.
    static func tree(_ folder: String) -> [String] {
        var paths: [String] = []
        func walk(_ prefix: String, depth: Int) {
            guard depth < 32, let names = names(in: prefix.isEmpty ? folder : "\(folder)/\(prefix)") else { return }
            for (name, isFolder) in names where !name.hasPrefix(".") && !name.hasSuffix("~") {
                let path = prefix.isEmpty ? name : "\(prefix)/\(name)"
                if isFolder { walk(path, depth: depth + 1) } else { paths.append(path) }
            }
        }
        walk("", depth: 0)
        return paths
    }

    /// Removes a folder with all that is in it, as far as it can; links are removed, not followed.
    static func removeTree(_ folder: String) {
        guard entry(folder)?.kind == .folder else { return }
        for (name, _) in names(in: folder) ?? [] where unlink("\(folder)/\(name)") != 0 { removeTree("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// An error that names the call's `errno`.
    static func failure(_ what: String, _ path: String, code: SiteError.Code = .file) -> SiteError {
        let number = errno
        return SiteError(code, "\(what): \(String(cString: strerror(number)))", path: path)
    }

    private static func kind(_ mode: mode_t) -> Entry.Kind {
        switch mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }
}
