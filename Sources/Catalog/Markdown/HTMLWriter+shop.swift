import CCmark

/// What a shop's texts have beyond CommonMark: boxes, questions, prices, buttons, films.
extension HTMLWriter {
    // MARK: Boxes

    /// Finds out whether a quote is a box, and reports a name that is none.
    ///
    /// - Returns: whether the tree changed.
    func marksNotice(_ quote: OpaquePointer) -> Bool {
        guard let name = Notice.name(of: quote) else { return false }
        let known = Notice.allCases.map(\.name)
        guard let notice = Notice.allCases.first(where: { $0.name == name }) else {
            let hint = Suggestion.nearest(name, among: known).map { "did you mean “[!\($0)]”?" }
            context.report.error(
                location(quote), "there is no box “[!\(name)]”",
                hint: hint ?? "one of: \(known.map { "[!\($0)]" }.joined(separator: ", "))")
            return false
        }
        let place = location(quote)
        let parts = notice.mark(quote)
        if notice == .question, !parts.hasTitle {
            context.report.error(place, "this question is empty", hint: "write “> [!QUESTION] Can I …?” and the answer on the lines below")
        } else if !parts.hasText {
            let what = notice == .question ? "question has no answer" : "box is empty"
            context.report.error(place, "this \(what)", hint: "write it on the lines below, each after “> ”")
        }
        return true
    }

    mutating func quote(_ node: OpaquePointer, entering: Bool) {
        newLine()
        switch Notice.of(node) {
        case nil: write(entering ? "<blockquote>\n" : "</blockquote>\n")
        case .question: write(entering ? "<details class=\"question\">\n" : "</details>\n")
        case let notice?:
            guard entering else { return write("</aside>\n") }
            write("<aside class=\"notice notice-")
            write("\(notice)")
            write("\">\n")
        }
    }

    mutating func noticeTitle(_ node: OpaquePointer, entering: Bool) {
        guard let notice = Notice.of(node) else { return }
        if notice == .question { return write(entering ? "<summary>" : "</summary>\n") }
        guard entering else { return write("</p>\n") }
        write("<p class=\"notice-title\">")
        if cmark_node_first_child(node) == nil { insert(.word(notice.word)) }
    }

    // MARK: Prices and buttons

    /// `<price:SKU>`, `<buy:SKU>` and `[label](buy:SKU)`.
    enum Shortcode: String, CaseIterable {
        case price, buy

        /// nil for the target of a plain link.
        init?(_ url: [UInt8]) {
            guard let colon = url.firstIndex(of: UInt8(ascii: ":")), colon <= 5,
                let code = Shortcode(rawValue: String(decoding: url[..<colon], as: UTF8.self))
            else { return nil }
            self = code
        }

        func argument(_ url: [UInt8]) -> String { String(decoding: url.dropFirst(rawValue.utf8.count + 1), as: UTF8.self) }
    }

    /// Writes a shortcode's beginning.
    ///
    /// - Returns: whether the words of the link are left out.
    mutating func begin(_ code: Shortcode, _ url: [UInt8], _ node: OpaquePointer) -> Bool {
        let sku = code.argument(url)
        let place = location(node)
        if OfferReader.isSKU(sku) {
            mentions.append(SKUMention(sku: sku, location: place, line: context.report.source.line(place.line)))
        } else {
            context.report.error(place, "“\(sku)” is not a SKU", hint: "write e.g. <\(code.rawValue):lamp-1>")
        }
        let words = PlainText.of(node)
        let hasWords = !words.isEmpty && !words.utf8.elementsEqual(url)
        switch code {
        case .price:
            if hasWords { context.report.error(place, "a price has no words of its own", hint: "write <price:\(sku)>") }
            write("<span class=\"price\">")
            insert(.price(sku: sku))
            return true
        case .buy:
            write("<a class=\"button buy\" href=\"")
            refer(.buy, path: sku)
            write("\">")
            if !hasWords { insert(.word("buy_here")) }
            return !hasWords
        }
    }

    mutating func end(_ code: Shortcode) {
        switch code {
        case .price: write("</span>")
        case .buy: write("</a>")
        }
    }

    // MARK: Films

    /// Whether a picture's target is a film.
    static func isFilm(_ url: [UInt8]) -> Bool {
        let path = url.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
        return [".mp4", ".webm", ".m4v"].contains { path.count > $0.utf8.count && path.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
}

/// A SKU that a text names, and where.
package struct SKUMention: Hashable, Sendable {
    package let sku: String
    package let location: SourceLocation
    /// The line; secrets in it are masked.
    package let line: String?

    package init(sku: String, location: SourceLocation, line: String?) {
        self.sku = sku
        self.location = location
        self.line = line
    }
}
