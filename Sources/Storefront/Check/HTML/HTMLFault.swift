/// Something wrong with one page's HTML, at its place in the page.
struct HTMLFault: Sendable, Equatable {
    /// Stable, for programs: `html.nesting`.
    var rule: String
    var message: String
    var hint: String?
    var place: HTMLPlace
    var isWarning = false
}

/// What a page holds that can only be judged beside other pages.
struct PageFacts: Sendable {
    /// A place that names another one.
    struct Link: Sendable {
        /// As written, references resolved.
        var target: String
        /// The element and attribute: `a href`.
        var source: String
        var place: HTMLPlace
    }

    var links: [Link] = []
    var ids: Set<String> = []
    var title: (text: String, place: HTMLPlace)?
    var description: (text: String, place: HTMLPlace)?
    var language: String?
    var canonical: String?
    /// Kept out of search engines.
    var isHidden = false
    /// It only leads elsewhere.
    var isRedirect = false
    /// Contents of `application/ld+json`.
    var data: [(json: String, place: HTMLPlace)] = []
    /// Values of `itemprop="price"`.
    var microdata: [(price: String, place: HTMLPlace)] = []
    /// Values of fields named `sku`.
    var skus: Set<String> = []
    /// What a reader sees, in order.
    var text = ""
    /// The place of the element `main`, else of the first: where what concerns the page as a whole is told.
    var start = HTMLPlace(offset: 0, mark: nil, near: nil)
}
