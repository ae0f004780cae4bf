/// What kind of picture a file is, by its first bytes.
enum PictureFormat: String, Sendable {
    case jpeg = "jpg"
    case png
    case webp
    case avif
    case gif
    case svg

    /// Nil for what is no picture a browser shows.
    init?(_ bytes: [UInt8]) {
        func has(_ text: String, at offset: Int) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if has("RIFF", at: 0), has("WEBP", at: 8) {
            self = .webp
        } else if has("ftypavif", at: 4) {
            self = .avif
        } else if has("GIF8", at: 0) {
            self = .gif
        } else if bytes.prefix(1024).split(separator: UInt8(ascii: "<")).contains(where: { $0.starts(with: "svg".utf8) }) {
            self = .svg
        } else {
            return nil
        }
    }

    /// Whether the tool should make smaller ones of it: drawings scale by themselves, and moving pictures would stand still.
    static func isScaled(_ bytes: [UInt8]) -> PictureFormat? {
        switch PictureFormat(bytes) {
        case .jpeg: .jpeg
        case .avif: .avif
        // The animation flag of VP8X (WebP container specification), and APNG's control chunk, which stands before the data.
        case .webp: bytes.count > 20 && bytes[12..<16].elementsEqual("VP8X".utf8) && bytes[20] & 2 != 0 ? nil : .webp
        case .png: Self.moves(png: bytes) ? nil : .png
        case .gif, .svg, nil: nil
        }
    }

    /// Whether it says what its colours are: an ICC profile, which each format names in its header (JPEG, PNG, WebP, AVIF).
    static func hasProfile(_ bytes: [UInt8]) -> Bool {
        let head = bytes.prefix(65_536)
        let names = ["ICC_PROFILE", "iCCP", "ICCP", "colrprof"].map { Array($0.utf8) }
        return head.indices.contains { place in names.contains { head[place] == $0[0] && head[place...].starts(with: $0) } }
    }

    private static func moves(png bytes: [UInt8]) -> Bool {
        var at = 8
        while at + 8 <= bytes.count {
            if bytes[at + 4..<at + 8].elementsEqual("acTL".utf8) { return true }
            if bytes[at + 4..<at + 8].elementsEqual("IDAT".utf8) { return false }
            at += 12 + bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        return false
    }
}
