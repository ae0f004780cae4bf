/// What a text needs to know of the world around it.
struct MarkdownContext {
    let report: Report
    /// Lines of the file before the text.
    let lineOffset: Int
    /// The folder of the file, relative to the shop folder.
    let base: String
    let folder: ShopFolder
    /// Whether headings get an `id`.
    var headingIDs = true
}
