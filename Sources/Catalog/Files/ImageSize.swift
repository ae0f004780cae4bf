/// The size of a picture from its header, as it is shown: PNG, GIF, JPEG, WebP, AVIF, SVG.
package enum ImageSize {
    /// As much as is read of each picture.
    static let headerLength = 65_536

    /// - Returns: nil when the header does not say.
    package static func read(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        if bytes.count >= 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return (big(bytes, 16, 4), big(bytes, 20, 4)) }
        if bytes.count >= 10, bytes.starts(with: Array("GIF8".utf8)) {
            return (Int(bytes[6]) | Int(bytes[7]) << 8, Int(bytes[8]) | Int(bytes[9]) << 8)
        }
        if bytes.starts(with: [0xFF, 0xD8]) { return jpeg(bytes) }
        if bytes.count >= 30, bytes.starts(with: Array("RIFF".utf8)), bytes[8..<12].elementsEqual("WEBP".utf8) { return webp(bytes) }
        if bytes.count >= 12, bytes[4..<12].elementsEqual("ftypavif".utf8) { return avif(bytes) }
        return svg(bytes)
    }

    /// The first spatial extent of the item properties (ISO/IEC 23008-12, 6.5.3): the picture's, which encoders write first.
    private static func avif(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        let head = bytes.prefix(4096)
        guard let name = head.indices.dropLast(15).first(where: { head[$0...].starts(with: "ispe".utf8) }) else { return nil }
        return (big(bytes, name + 8, 4), big(bytes, name + 12, 4))
    }

    private static func big(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        bytes[start..<(start + count)].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The first start-of-frame segment (ITU T.81, B.2.2); a picture that Exif says lies on its side is turned, as browsers do.
    private static func jpeg(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        var index = 2
        var isTurned = false
        while index + 9 < bytes.count, bytes[index] == 0xFF {
            let marker = bytes[index + 1]
            if (0xC0...0xCF).contains(marker), marker != 0xC4, marker != 0xC8, marker != 0xCC {
                let (width, height) = (big(bytes, index + 7, 2), big(bytes, index + 5, 2))
                return isTurned ? (height, width) : (width, height)
            }
            if marker == 0xE1 { isTurned = isTurned || (5...8).contains(orientation(bytes, index + 4)) }
            index += 2 + big(bytes, index + 2, 2)
        }
        return nil
    }

    /// Tag 0x0112 of the first directory of an Exif segment (Exif 2.3, 4.6.4), or 1.
    private static func orientation(_ bytes: [UInt8], _ start: Int) -> Int {
        let head = start + 6
        guard head + 8 <= bytes.count, bytes[start..<head].elementsEqual([0x45, 0x78, 0x69, 0x66, 0, 0]) else { return 1 }
        let isLittle = bytes[head] == UInt8(ascii: "I")
        func number(_ at: Int, _ count: Int) -> Int {
            guard at >= 0, at + count <= bytes.count else { return 0 }
            return isLittle ? bytes[at..<at + count].reversed().reduce(0) { $0 << 8 | Int($1) } : big(bytes, at, count)
        }
        let directory = head + number(head + 4, 4)
        for entry in 0..<min(number(directory, 2), 256) where number(directory + 2 + entry * 12, 2) == 0x0112 {
            return number(directory + 2 + entry * 12 + 8, 2)
        }
        return 1
    }

    /// VP8, VP8L and VP8X chunks of the WebP container.
    private static func webp(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        func little(_ start: Int, _ count: Int) -> Int { bytes[start..<(start + count)].reversed().reduce(0) { $0 << 8 | Int($1) } }
        switch bytes[15] {
        case UInt8(ascii: " "): return (little(26, 2) & 0x3FFF, little(28, 2) & 0x3FFF)
        case UInt8(ascii: "L"):
            let bits = little(21, 4)
            return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case UInt8(ascii: "X"): return (little(24, 3) + 1, little(27, 3) + 1)
        default: return nil
        }
    }

    /// `width` and `height` of the root element in whole units, or else its `viewBox`.
    private static func svg(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
        guard let root = text.split(separator: "<").first(where: { $0.hasPrefix("svg") })?.prefix(while: { $0 != ">" }) else { return nil }
        if let width = attribute("width", root).flatMap(whole), let height = attribute("height", root).flatMap(whole) {
            return (width, height)
        }
        let box = (attribute("viewBox", root) ?? "").split { $0 == " " || $0 == "," }.map(String.init)
        guard box.count == 4, let width = whole(box[2]), let height = whole(box[3]) else { return nil }
        return (width, height)
    }

    private static func attribute(_ name: String, _ element: Substring) -> String? {
        for part in element.split(whereSeparator: \.isWhitespace) where part.hasPrefix(name + "=") && name != "viewBox" {
            return String(part.dropFirst(name.count + 1).filter { $0 != "\"" && $0 != "'" && $0 != "/" })
        }
        let pieces = element.split(whereSeparator: { $0 == "\"" || $0 == "'" })
        for (index, piece) in pieces.enumerated() where piece.hasSuffix(name + "=") && index + 1 < pieces.count {
            return String(pieces[index + 1])
        }
        return nil
    }

    private static func whole(_ text: String) -> Int? {
        let digits = text.hasSuffix("px") ? String(text.dropLast(2)) : text
        return Int(digits).flatMap { $0 > 0 ? $0 : nil }
    }
}
