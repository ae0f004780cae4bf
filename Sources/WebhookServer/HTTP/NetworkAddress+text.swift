extension NetworkAddress {
    /// As text: `192.0.2.1`, or eight groups of hexadecimal digits (RFC 4291 §2.2, the preferred form). For a gateway that wants to
    /// know where the buyer is; logs do without.
    var text: String {
        if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
        return stride(from: 0, to: bytes.count - 1, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    }
}
