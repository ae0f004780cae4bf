/// A page of the site as the check sees it.
struct CheckedPage: Sendable {
    /// Below the site: `products/lamp/index.html`.
    let path: String
    var facts: PageFacts
    let faults: [HTMLFault]

    /// The address within the site that leads to it: `products/lamp/`.
    var address: String {
        path == "index.html" ? "" : path.hasSuffix("/index.html") ? String(path.dropLast("index.html".utf8.count)) : path
    }
}
