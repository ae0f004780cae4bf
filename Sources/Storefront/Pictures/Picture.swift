import Templates

/// A picture as a page shows it.
struct Picture: Sendable, Hashable {
    /// The same picture in a format that not every browser reads, in several widths.
    struct Source: Sendable, Hashable {
        /// `image/avif`
        var type: String
        /// For the attribute `srcset`: `/media/a-360.x.avif 360w, …`.
        var set: String
    }

    /// For browsers that read nothing newer; from the host's root.
    var url: String
    /// Pixels, or nil when its header does not say.
    var width: Int?
    var height: Int?
    /// The best format first; empty for SVG, moving pictures, and without the tool.
    var sources: [Source] = []
    /// Whether link previews can show it: they read no SVG.
    var isRaster = false

    /// `{url, width, height, alt, sources[]{type, set}}`
    func value(alt: String) -> Value {
        .record([
            Name.url: .text(url), Name.width: .optional(width.map { String($0) }), Name.height: .optional(height.map { String($0) }),
            Name.alt: .text(alt),
            Name.sources: .list(sources.map { .record([Name.type: .text($0.type), Name.set: .text($0.set)]) }),
        ])
    }
}
