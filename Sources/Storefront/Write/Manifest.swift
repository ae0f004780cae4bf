/// What a published site consists of: each file's path, size and digest, and which kind it is.
///
/// Kept in the out folder as `.keyfront/manifest`, a text of one line a file, sorted by path:
/// `<kind> <digest, 16 hex> <size> <path>`. It holds no times, so two equal builds have equal
/// manifests. It lists promoters' pages, hence mode 0600.
package struct Manifest: Sendable, Equatable {
    /// The order in which a publication moves files: what pages refer to comes first.
    package enum Kind: UInt8, Sendable, Comparable {
        case asset = 97  // a
        case data = 100  // d
        case page = 112  // p
        /// A promoter's file: kept by ``Site/publish(_:)``, replaced by the next build.
        case promoter = 114  // r

        package static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    package struct File: Sendable, Equatable {
        /// Relative to the out folder, `/` between names, never absolute, never with `..`.
        package var path: String
        package var size: Int
        /// See ``ContentHash``.
        package var digest: UInt64
        package var kind: Kind
    }

    /// Sorted by the bytes of the path; each path once.
    package var files: [File]

    package init(files: [File] = []) {
        self.files = files.sorted { $0.path.precedesByBytes($1.path) }
    }

    private static let heading = "keyfront manifest 1\n"

    /// The manifest as text.
    package var bytes: [UInt8] {
        var out = Array(Self.heading.utf8)
        out.reserveCapacity(files.count * 64)
        for file in files {
            out.append(file.kind.rawValue)
            out.append(UInt8(ascii: " "))
            appendHex(file.digest, to: &out)
            out.append(UInt8(ascii: " "))
            out.append(decimal: file.size)
            out.append(UInt8(ascii: " "))
            out.append(contentsOf: file.path.utf8)
            out.append(UInt8(ascii: "\n"))
        }
        return out
    }

    /// Reads a manifest; nil when it is not one of ours, is cut short, or names a path outside.
    package init?(bytes: [UInt8]) {
        guard bytes.starts(with: Self.heading.utf8), bytes.last == UInt8(ascii: "\n") else { return nil }
        var files: [File] = []
        var at = Self.heading.utf8.count
        while at < bytes.count {
            guard let file = Self.line(bytes, &at) else { return nil }
            files.append(file)
        }
        self.init(files: files)
    }

    /// Reads a line and goes to the next; nil when it is not as we write it.
    private static func line(_ bytes: [UInt8], _ at: inout Int) -> File? {
        let space = UInt8(ascii: " ")
        guard at + 19 < bytes.count, let kind = Kind(rawValue: bytes[at]), bytes[at + 1] == space, bytes[at + 18] == space else {
            return nil
        }
        var digest: UInt64 = 0
        for byte in bytes[(at + 2)..<(at + 18)] {
            switch byte {
            case 0x30...0x39: digest = digest << 4 | UInt64(byte - 0x30)
            case 0x61...0x66: digest = digest << 4 | UInt64(byte - 0x57)
            default: return nil
            }
        }
        at += 19
        var size = 0
        while at < bytes.count, bytes[at] != space {
            let digit = bytes[at] &- 0x30
            guard digit < 10, size < 1 << 56 else { return nil }
            size = size * 10 + Int(digit)
            at += 1
        }
        guard let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")), at + 1 < end else { return nil }
        let path = bytes[(at + 1)..<end].withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        at = end + 1
        guard SitePath.isInside(path) else { return nil }
        return File(path: path, size: size, digest: digest, kind: kind)
    }

    /// The files by path; the last one wins if a damaged manifest repeats a path.
    func byPath() -> [String: File] {
        Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    }

    private func appendHex(_ value: UInt64, to out: inout [UInt8]) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
            out.append(digit < 10 ? 48 + digit : 87 + digit)
        }
    }
}
