/// An IP address as bytes: 4 or 16. An IPv4 address mapped into IPv6 is the IPv4 address.
struct NetworkAddress: Sendable, Hashable {
    let bytes: [UInt8]

    /// Reads `192.0.2.1`, `2001:db8::1` or `::ffff:192.0.2.1`; no port, no zone, no brackets. Nil for anything else.
    init?(_ text: String) {
        if let four = Self.four(text.utf8[...]) {
            bytes = four
        } else if let sixteen = Self.sixteen(text.utf8[...]) {
            let isMapped = sixteen.prefix(10).allSatisfy { $0 == 0 } && sixteen[10] == 0xFF && sixteen[11] == 0xFF
            bytes = isMapped ? Array(sixteen.suffix(4)) : sixteen
        } else {
            return nil
        }
    }

    /// What limits count by: the address, or for IPv6 its /64, of which one subscriber has the whole.
    var limitKey: [UInt8] { bytes.count == 4 ? bytes : Array(bytes.prefix(8)) }

    /// Loopback, or a network that is not routed on the internet (RFC 1918, RFC 4193, link-local).
    var isPrivate: Bool {
        let first = bytes[0]
        let second = bytes[1]
        if bytes.count == 4 {
            return first == 127 || first == 10 || (first == 172 && (16...31).contains(second)) || (first == 192 && second == 168)
                || (first == 169 && second == 254)
        }
        let isLoopback = bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        return isLoopback || first & 0xFE == 0xFC || (first == 0xFE && second & 0xC0 == 0x80)
    }

    private static func four(_ text: Substring.UTF8View) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var result: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }), part.count == 1 || part.first != 0x30,
                let value = UInt8(String(Substring(part)))
            else { return nil }
            result.append(value)
        }
        return result
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func sixteen(_ text: Substring.UTF8View) -> [UInt8]? {
        guard text.count <= 45 else { return nil }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (3...9).contains(parts.count) else { return nil }
        var head: [UInt8] = []
        var tail: [UInt8] = []
        var gap = false
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                let isEdge = index == 0 || index == parts.count - 1
                // "::" at an edge makes two empty parts there; only one gap may be.
                if isEdge {
                    let neighbour = index == 0 ? parts[1] : parts[index - 1]
                    guard neighbour.isEmpty else { return nil }
                    continue
                }
                guard !gap else { return nil }
                gap = true
                continue
            }
            var group: [UInt8]
            if index == parts.count - 1, let embedded = four(part) {
                group = embedded
            } else {
                guard part.count <= 4, part.allSatisfy(isHexadecimal), let value = UInt16(String(Substring(part)), radix: 16) else {
                    return nil
                }
                group = [UInt8(value >> 8), UInt8(value & 0xFF)]
            }
            if gap { tail += group } else { head += group }
        }
        let count = head.count + tail.count
        guard gap ? count <= 14 : count == 16 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - count) + tail
    }
}

/// An address or a network, `10.0.0.0/8` or `::1`.
struct Network: Sendable, Hashable {
    private let address: NetworkAddress
    private let bits: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = NetworkAddress(String(parts[0])) else { return nil }
        let width = address.bytes.count * 8
        guard parts.count == 1 || parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        guard let bits = parts.count == 1 ? width : Int(parts[1]), (0...width).contains(bits) else { return nil }
        self.address = address
        self.bits = bits
    }

    func contains(_ other: NetworkAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        return zip(address.bytes, other.bytes).enumerated().allSatisfy { index, pair in
            let covered = min(8, max(0, bits - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> covered)
            return pair.0 & mask == pair.1 & mask
        }
    }
}

/// Who asks, when proxies stand between.
struct TrustedProxies: Sendable {
    private let networks: [Network]

    /// Entries that are no network are left out: they can trust nobody.
    init(_ texts: [String]) {
        networks = texts.compactMap { Network($0) }
    }

    func contains(_ address: NetworkAddress) -> Bool {
        networks.contains { $0.contains(address) }
    }

    /// The client's address: the peer itself unless it is a listed proxy; else the last address of `X-Forwarded-For` that is not.
    ///
    /// The list is read from its end, where our own proxy wrote: what a client put in front of it is never reached. An entry that
    /// is no address ends the reading at the proxy that passed it on.
    func client(peer: NetworkAddress, forwardedFor: [String]) -> NetworkAddress {
        guard contains(peer) else { return peer }
        var client = peer
        let entries = forwardedFor.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for entry in entries.suffix(32).reversed() {
            guard let address = NetworkAddress(entry.filter { $0 != " " && $0 != "\t" }) else { return client }
            client = address
            guard contains(address) else { return client }
        }
        return client
    }
}
