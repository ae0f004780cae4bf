import Glibc

/// Files through the system calls: no object per file, no buffering twice.
enum POSIXFiles {
    /// The whole file.
    static func read(_ path: String, limit: Int) throws(ShopFolder.Refusal) -> [UInt8] {
        let (descriptor, size) = try open(path)
        defer { close(descriptor) }
        guard size <= limit else { throw .tooLarge }
        // One byte more than its size shows whether it grew meanwhile.
        return try take(descriptor, size + 1, enough: size, limit: limit)
    }

    /// At most `count` bytes from the beginning.
    static func head(_ path: String, _ count: Int) throws(ShopFolder.Refusal) -> [UInt8] {
        let (descriptor, size) = try open(path)
        defer { close(descriptor) }
        return try take(descriptor, min(size, count), enough: min(size, count), limit: count)
    }

    /// The names in a folder but `.` and `..`, unsorted; nil when there is none.
    static func list(_ path: String) throws(ShopFolder.Refusal) -> [ShopFolder.Entry]? {
        guard let folder = opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .system(errno)
        }
        defer { closedir(folder) }
        var entries: [ShopFolder.Entry] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            entries.append(ShopFolder.Entry(name: name, kind: kind(of: path + "/" + name, Int32(entry.pointee.d_type))))
        }
        return entries
    }

    /// Follows links and compares with `folder`, links followed.
    static func check(_ path: String, inside folder: String) throws(ShopFolder.Refusal) {
        guard let real = resolve(path) else { throw errno == ENOENT || errno == ENOTDIR ? .missing : .system(errno) }
        guard let base = resolve(folder), real.utf8.starts(with: (base + "/").utf8) else { throw .outside }
        var status = stat()
        guard stat(real, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    }

    static func reason(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }

    private static func open(_ path: String) throws(ShopFolder.Refusal) -> (descriptor: Int32, size: Int) {
        guard !path.utf8.contains(0) else { throw .missing }
        // Without O_NONBLOCK a named pipe would wait for a writer for ever.
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw errno == ENOENT || errno == ENOTDIR ? .missing : .system(errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile
        }
        return (descriptor, Int(status.st_size))
    }

    private static func take(_ descriptor: Int32, _ size: Int, enough: Int, limit: Int) throws(ShopFolder.Refusal) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = 0
            while count < size {
                let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                count += got
                // A byte was asked for beyond these, and did not come: this is the end.
                if count == enough { break }
            }
        }
        if failure != 0 { throw .system(failure) }
        if bytes.count > limit { throw .tooLarge }
        return bytes
    }

    private static func kind(of path: String, _ type: Int32) -> ShopFolder.Entry.Kind {
        if type == Int32(DT_REG) { return .file }
        if type == Int32(DT_DIR) { return .folder }
        if type == Int32(DT_LNK) { return .link }
        // Some file systems do not say.
        var status = stat()
        guard lstat(path, &status) == 0 else { return .file }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFLNK: return .link
        default: return .file
        }
    }

    private static func resolve(_ path: String) -> String? {
        guard !path.utf8.contains(0), let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}
