import Glibc

/// A pair of sockets that wakes a thread out of `poll`.
struct Doorbell: Sendable, Hashable {
    /// Can be read once somebody has rung.
    let listening: Int32
    private let ringing: Int32

    /// Nil when the process has no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
        (listening, ringing) = (ends[0], ends[1])
    }

    func ring() {
        var byte: UInt8 = 1
        // A full buffer has rung already.
        _ = write(ringing, &byte, 1)
    }

    /// Takes back every ring so far.
    func reset() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(listening, &bytes, bytes.count) > 0 {}
    }

    /// Nobody may ring after this.
    func close() {
        Glibc.close(listening)
        Glibc.close(ringing)
    }
}
