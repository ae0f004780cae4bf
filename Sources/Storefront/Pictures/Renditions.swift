import Catalog

/// A picture in the widths and formats that pages offer.
struct Renditions: Sendable {
    /// One file to publish.
    struct File: Sendable {
        /// Without folder and hash: `cover-720.avif`.
        var name: String
        var content: [UInt8]
        var width: Int
    }

    /// For every browser: in the source's own format, or WebP for AVIF.
    var plain: File
    /// By format, the best first.
    var sets: [(type: String, files: [File])]

    /// In pixels: a card on a telephone, a card or a product's picture on a dense screen, the largest a page shows.
    static let widths = [360, 720, 1280]

    /// Makes them, or takes them from the cache.
    ///
    /// - Parameter name: of the source without its ending.
    /// - Returns: nil for what is not to be scaled (``PictureFormat/isScaled(_:)``).
    /// - Throws: ``SiteError`` `picture` or `file`.
    static func make(_ content: [UInt8], name: String, cache: PictureCache) throws(SiteError) -> Renditions? {
        guard let format = PictureFormat.isScaled(content) else { return nil }
        let (plainEnding, options) = plainFormat(format)
        let largest = widths[widths.count - 1]
        let plain = try cache.converted(content, format.rawValue, size: "\(largest)x>", options: options, ending: plainEnding)
        guard let size = ImageSize.read(plain) else {
            throw SiteError(.picture, "the converted picture has no size", hint: "open the source in a picture editor and save it again")
        }
        var sets: [(type: String, files: [File])] = []
        for (type, ending, options) in [("image/avif", "avif", "Q=55,effort=3"), ("image/webp", "webp", "Q=80,effort=4")] {
            var files: [File] = []
            for width in widths.filter({ $0 < size.width }) + [size.width] {
                let bytes = try cache.converted(content, format.rawValue, size: "\(width)x>", options: options, ending: ending)
                files.append(File(name: "\(name)-\(width).\(ending)", content: bytes, width: width))
            }
            sets.append((type, files))
        }
        return Renditions(plain: File(name: "\(name).\(plainEnding)", content: plain, width: size.width), sets: sets)
    }

    private static func plainFormat(_ format: PictureFormat) -> (ending: String, options: String) {
        switch format {
        case .png: ("png", "compression=9")
        case .webp, .avif: ("webp", "Q=82,effort=4")
        case .jpeg, .gif, .svg: ("jpg", "Q=82,interlace")
        }
    }
}
