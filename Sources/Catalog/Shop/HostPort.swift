/// `host:port`, `[::1]:port`, or a host alone.
struct HostPort: Hashable {
    /// A name, an IPv4 address, or an IPv6 address without brackets.
    let host: String
    let port: Int

    /// - Returns: nil for anything but letters, digits, points and hyphens (or an IPv6 address in brackets) and a port of 1…65535.
    init?(_ text: String, defaultPort: Int?) {
        let bytes = Array(text.utf8)
        let hostBytes: ArraySlice<UInt8>
        let rest: ArraySlice<UInt8>
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            hostBytes = bytes[1..<end]
            rest = bytes[(end + 1)...]
            guard hostBytes.count >= 2, hostBytes.contains(UInt8(ascii: ":")), hostBytes.allSatisfy(Self.isAddressByte) else { return nil }
        } else {
            let end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            hostBytes = bytes[..<end]
            rest = bytes[end...]
            guard !hostBytes.isEmpty, hostBytes.count <= 253, hostBytes.allSatisfy(Self.isNameByte),
                hostBytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy({
                    !$0.isEmpty && $0.first != UInt8(ascii: "-") && $0.last != UInt8(ascii: "-")
                })
            else { return nil }
        }
        host = String(decoding: hostBytes, as: UTF8.self)
        if rest.isEmpty {
            guard let defaultPort else { return nil }
            port = defaultPort
        } else {
            let digits = rest.dropFirst()
            guard rest.first == UInt8(ascii: ":"), (1...5).contains(digits.count), digits.allSatisfy(isDigit),
                let number = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(number)
            else { return nil }
            port = number
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6 || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }
}
