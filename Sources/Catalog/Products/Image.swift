/// A picture that lies with a product.
package struct Image: Hashable, Sendable {
    /// Relative to the shop folder; the file exists and is inside `content/`.
    package let path: String
    /// Pixels (or user units of an SVG), when its header says so.
    package let width: Int?
    package let height: Int?
}
