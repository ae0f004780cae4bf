import COpenSSL
import Glibc

/// The digest of a file of any size, read in pieces.
package enum FileDigest {
    /// SHA-256 (FIPS 180-4) of a file's content: 32 bytes. It blocks for as long as reading takes.
    ///
    /// - Parameter copy: called with each piece in turn, as it is read; it may throw.
    /// - Throws: `CryptographyError` when the file cannot be read, or what `copy` throws.
    package static func sha256(_ path: String, copy: (UnsafeRawBufferPointer) throws -> Void = { _ in }) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw unreadable(path, ENOMEM) }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = read(descriptor, piece.baseAddress, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, errno) }
            if count == 0 { break }
            let bytes = UnsafeRawBufferPointer(rebasing: piece[..<count])
            guard EVP_DigestUpdate(context, bytes.baseAddress, count) == 1 else { throw unreadable(path, ENOMEM) }
            try copy(bytes)
        }
        return try [UInt8](unsafeUninitializedCapacity: 32) { buffer, used in
            var length: UInt32 = 0
            guard EVP_DigestFinal_ex(context, buffer.baseAddress, &length) == 1 else { throw unreadable(path, ENOMEM) }
            used = Int(length)
        }
    }

    private static func unreadable(_ path: String, _ code: CInt) -> CryptographyError {
        CryptographyError(.unavailable, "\(path) cannot be read: \(String(cString: strerror(code)))")
    }
}
