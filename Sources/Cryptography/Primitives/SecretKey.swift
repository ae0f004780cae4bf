import COpenSSL

/// Secret bytes that never print, and that are wiped when nobody holds them any more.
///
/// `@unchecked Sendable`: the buffer is written in `init` and read afterwards; nothing changes it before
/// `deinit`, when no other reference is left.
package final class SecretKey: @unchecked Sendable, CustomStringConvertible, CustomReflectable {
    private let buffer: UnsafeMutableRawBufferPointer

    package init(_ bytes: [UInt8]) {
        buffer = .allocate(byteCount: bytes.count, alignment: 1)
        buffer.copyBytes(from: bytes)
    }

    /// A fresh random key of `count` bytes, 32 unless told.
    /// Throws `unavailable` when there is no randomness.
    package static func random(_ count: Int = 32) throws(CryptographyError) -> SecretKey {
        SecretKey(try Random.bytes(count))
    }

    deinit {
        OPENSSL_cleanse(buffer.baseAddress, buffer.count)
        buffer.deallocate()
    }

    package var count: Int { buffer.count }

    /// Lends the bytes for the length of `body`.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(buffer))
    }

    /// A copy of the bytes. It is not wiped: only for what must leave, such as wrapping.
    package var copy: [UInt8] { [UInt8](buffer) }

    package var description: String { "(a secret of \(count) bytes)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
