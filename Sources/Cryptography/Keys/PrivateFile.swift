#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Files that their owner alone may read. The mode is asked of the open file, so nobody can swap it in between.
package enum PrivateFile {
    /// The content, at most `limit` bytes. Throws `keyFile` when it is missing, not a plain file, larger, or
    /// readable or writable by the group or by everybody. `groupMayRead` is for systemd's credentials, which show the
    /// access list of their reader as a group's right to read.
    package static func read(_ path: String, limit: Int, groupMayRead: Bool = false) throws(CryptographyError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw CryptographyError(.keyFile, "the file cannot be opened", location: path, cause: reason())
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CryptographyError(.keyFile, "this is not a plain file", location: path)
        }
        guard status.st_mode & (groupMayRead ? 0o037 : 0o077) == 0 else {
            throw CryptographyError(
                .keyFile, "others than its owner may read or write this file", hint: "chmod 600 \(path)", location: path)
        }
        guard status.st_size <= limit else {
            throw CryptographyError(.keyFile, "the file is larger than \(limit) bytes", location: path)
        }
        var content = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count <= limit {
            let start = count
            let got = content.withUnsafeMutableBytes { buffer in
                systemRead(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw CryptographyError(.keyFile, "the file cannot be read", location: path, cause: reason()) }
            if got == 0 { break }
            count += got
        }
        return Array(content.prefix(min(count, limit)))
    }

    /// Whether there is anything of that name, also when it may not be read.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 || errno != ENOENT
    }

    /// Makes the file, mode 0600 whatever the umask, and has it on the disk before it returns.
    /// Throws `keyFile` when a file of that name exists already, or it cannot be written.
    package static func create(_ path: String, _ content: [UInt8]) throws(CryptographyError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw CryptographyError(.keyFile, "the file cannot be made", location: path, cause: reason())
        }
        var written = fchmod(descriptor, 0o600) == 0
        var start = 0
        while written && start < content.count {
            let sent = content.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress.map { $0 + start }, content.count - start) }
            if sent < 0 && errno == EINTR { continue }
            if sent <= 0 { written = false } else { start += sent }
        }
        written = written && fsync(descriptor) == 0
        let cause = written ? nil : reason()
        close(descriptor)
        guard written else {
            unlink(path)
            throw CryptographyError(.keyFile, "the file cannot be written", location: path, cause: cause)
        }
    }

    private static func reason() -> String {
        String(cString: strerror(errno))
    }
}

// `read` is the name of a function above; these name the system's.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
