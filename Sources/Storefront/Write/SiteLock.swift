import Glibc

/// The out folder's lock: one build, or one promoter's publication, at a time.
///
/// An advisory `flock` on `.keyfront/lock`; the kernel lets go of it when the process dies, so a
/// crash never leaves a site locked.
enum SiteLock {
    /// Runs `body` with the lock held; waits for it at first, trying every 10 ms.
    ///
    /// - Parameter patience: how long to wait, in milliseconds.
    /// - Throws: ``SiteError`` `locked` when it is still held after that; `file` when it cannot be
    ///   opened; and what `body` throws.
    static func hold<Result>(
        _ path: String, patience: Int, _ body: () throws(SiteError) -> Result
    ) throws(SiteError) -> Result {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.failure("cannot open the lock", path) }
        defer { close(descriptor) }
        var waited = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw Files.failure("cannot take the lock", path) }
            guard waited < patience else {
                throw SiteError(
                    .locked, "another build is at work on this folder", hint: "wait for it to end, then build again", path: path)
            }
            usleep(10_000)
            waited += 10
        }
        return try body()
    }
}
