import Cryptography

/// A published file that pages refer to: its URL names its content, so it may be kept for ever.
package struct Asset: Sendable {
    /// From the host's root: `/assets/style.1f2e3d4c5b6a7988.css`.
    package var url: String
    /// `sha384-…` (W3C Subresource Integrity, 3.2).
    package var integrity: String

    /// `style.css` with content → `style.<16 hex of its SHA-256>.css`.
    static func name(_ path: String, _ content: [UInt8]) -> String {
        let hash = Hex.encode(Array(Digest.sha256(content).prefix(8)))
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
        guard let dot = path.utf8[folder...].lastIndex(of: UInt8(ascii: ".")), dot > folder else { return "\(path).\(hash)" }
        return "\(path[..<dot]).\(hash)\(path[dot...])"
    }

    static func integrity(of content: [UInt8]) -> String {
        "sha384-" + Base64.encode(Digest.sha384(content))
    }
}
