/// A notice as it came over the wire: nothing decoded, nothing trusted.
package struct RawNotice: Sendable {
    /// Upper case, as sent.
    package let method: String
    package let path: String
    /// Raw, without `?`; nil when there was none.
    package let query: String?
    /// In the order they came, repeats kept.
    package let headers: [(name: String, value: String)]
    /// The very bytes: signatures are over these, never over a text made from them again.
    package let body: [UInt8]

    package init(method: String, path: String, query: String? = nil, headers: [(name: String, value: String)], body: [UInt8]) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The largest body that is judged: 1 MiB.
    package static let bodyLimit = 1 << 20
    /// The most that names and values of headers may come to: 64 KiB.
    package static let headersLimit = 1 << 16

    /// The values of a header; its name is compared without regard to (ASCII) case.
    package func values(of header: String) -> [String] {
        headers.filter { equalIgnoringCase($0.name, header) }.map(\.value)
    }
}

/// Whether two header names are one, ASCII letters of either case being the same. Works on bytes, so names that
/// are merely canonically equal as Unicode stay two.
func equalIgnoringCase(_ left: String, _ right: String) -> Bool {
    func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    let left = left.utf8
    let right = right.utf8
    return left.count == right.count && zip(left, right).allSatisfy { folded($0) == folded($1) }
}
