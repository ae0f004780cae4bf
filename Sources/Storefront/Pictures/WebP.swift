/// The container of a WebP file (developers.google.com/speed/webp/docs/riff_container).
enum WebP {
    /// The file without Exif and XMP. libvips 8.14 keeps them in WebP although it is told to strip.
    ///
    /// - Returns: the bytes as they are when they are no WebP with an extended header, or are cut short.
    static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count > 30, bytes[..<4].elementsEqual("RIFF".utf8), bytes[8..<16].elementsEqual("WEBPVP8X".utf8) else { return bytes }
        var out = Array(bytes[..<12])
        var at = 12
        while at + 8 <= bytes.count {
            let size = (4..<8).reversed().reduce(0) { $0 << 8 | Int(bytes[at + $1]) }
            // A chunk of odd size is padded.
            let end = at + 8 + size + size % 2
            guard end <= bytes.count else { return bytes }
            let name = bytes[at..<at + 4]
            if !name.elementsEqual("EXIF".utf8), !name.elementsEqual("XMP ".utf8) {
                out += bytes[at..<end]
            }
            at = end
        }
        guard at == bytes.count else { return bytes }
        // The flags of the extended header, its first byte: 8 says Exif, 4 says XMP.
        out[20] &= ~0b1100
        for place in 0..<4 { out[4 + place] = UInt8(truncatingIfNeeded: (out.count - 8) >> (8 * place)) }
        return out
    }
}
