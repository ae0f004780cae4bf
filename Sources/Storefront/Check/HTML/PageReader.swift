/// Walks through a page's tokens as a browser builds its tree, and notes what is wrong and what it holds.
///
/// Unlike a browser it repairs nothing silently: an element that is left open or closed in the wrong order is told.
struct PageReader {
    /// An element that is open.
    struct Open {
        var name: String
        var attributes: [HTMLToken.Attribute]
        var place: HTMLPlace
        /// Whether it has a text, a picture's text or a label that can be read aloud.
        var isNamed = false
        var children = 0
        /// In SVG or MathML, where other rules hold.
        var isForeign: Bool
    }

    var facts = PageFacts()
    var faults: [HTMLFault] = []
    var open: [Open] = []
    var fields = FieldLabels()
    var headings = HeadingOrder()
    private var hasType = false
    private var hasCharset = false
    private var mains = 0

    /// Reads a page, with or without marks.
    static func read(_ page: [UInt8]) -> (facts: PageFacts, faults: [HTMLFault]) {
        var reader = PageReader()
        for token in HTMLTokenizer.tokens(of: page) { reader.take(token) }
        reader.finish()
        return (reader.facts, reader.faults)
    }

    mutating func fault(
        _ rule: String, _ message: String, hint: String? = nil, at place: HTMLPlace, isWarning: Bool = false
    ) {
        faults.append(HTMLFault(rule: rule, message: message, hint: hint, place: place, isWarning: isWarning))
    }

    private mutating func take(_ token: HTMLToken) {
        switch token.kind {
        case .doctype: hasType = true
        case .comment: return
        case .mistake(let message, let section): fault("html.syntax", message, hint: "WHATWG HTML \(section)", at: token.place)
        case .text(let text): take(text, token.place)
        case .start(let name, let attributes, let isClosed): start(name, attributes, isClosed, token.place)
        case .end(let name): end(name, token.place)
        }
    }

    // MARK: Text

    private mutating func take(_ text: String, _ place: HTMLPlace) {
        let inside = open.last?.name ?? ""
        switch inside {
        case "title" where !(open.last?.isForeign ?? false):
            facts.title = (text.split(whereSeparator: \.isWhitespace).joined(separator: " "), open.last?.place ?? place)
            return
        case "script":
            if open.last?.attributes["type"] == "application/ld+json" { facts.data.append((text, open.last?.place ?? place)) }
            return
        case "style", "template": return
        default: break
        }
        guard text.contains(where: { !$0.isWhitespace }) else { return }
        facts.text += text
        for index in open.indices { open[index].isNamed = true }
        if let only = ElementKinds.children(of: inside), inside != "optgroup" {
            fault(
                "html.nesting", "text directly in <\(inside)>",
                hint: "it takes \(only.subtracting(["script", "template"]).sorted().joined(separator: ", "))",
                at: place)
        }
    }

    // MARK: Elements

    private mutating func start(_ name: String, _ attributes: [HTMLToken.Attribute], _ isClosed: Bool, _ place: HTMLPlace) {
        let isForeign = open.last.map { $0.isForeign && $0.name != "foreignobject" } ?? false
        if !isForeign {
            endImplied(before: name)
            judge(name, attributes, isClosed, place)
        }
        note(name, attributes, place, isForeign)
        open.indices.last.map { open[$0].children += 1 }
        if ElementKinds.void.contains(name), !isForeign { return }
        if isClosed, isForeign || name == "svg" || name == "math" { return }
        open.append(
            Open(
                name: name, attributes: attributes, place: place,
                isNamed: !(attributes["aria-label"] ?? "").isEmpty || attributes["aria-labelledby"] != nil
                    || !(attributes["title"] ?? "").isEmpty,
                isForeign: isForeign || name == "svg" || name == "math"))
    }

    /// Ends what a start tag ends by itself.
    private mutating func endImplied(before name: String) {
        if open.last?.name == "head", name == "body" || ElementKinds.children(of: "head")?.contains(name) == false {
            close(at: open.count - 1)
        }
        let (ended, stops) = ElementKinds.impliedEnds(before: name)
        guard !ended.isEmpty else { return }
        var index = open.count - 1
        var target: Int?
        while index >= 0, !stops.contains(open[index].name) {
            if ended.contains(open[index].name) { target = index }
            // A paragraph ends at the nearest one; anything between it and here is left open.
            if target != nil, name != "tr", name != "thead", name != "tbody", name != "tfoot" { break }
            index -= 1
        }
        guard let target else { return }
        while open.count > target { closeImplied() }
    }

    private mutating func closeImplied() {
        guard let last = open.last else { return }
        if !ElementKinds.optionalEnd.contains(last.name) { unclosed(last) }
        close(at: open.count - 1)
    }

    private mutating func unclosed(_ element: Open) {
        fault(
            "html.unclosed", "<\(element.name)> is opened here and not closed", hint: "close it with </\(element.name)>", at: element.place)
    }

    private mutating func end(_ name: String, _ place: HTMLPlace) {
        let isForeign = open.last?.isForeign ?? false
        if ElementKinds.void.contains(name), !isForeign {
            return fault("html.stray", "</\(name)>: this element has no end tag", hint: "remove it; WHATWG HTML 13.1.2", at: place)
        }
        guard let index = open.lastIndex(where: { $0.name == name }) else {
            let hint =
                name == "p"
                ? "a list, heading, table or other block ends a paragraph: it cannot stand in one" : "remove it, or open the element before"
            return fault("html.stray", "</\(name)> closes nothing", hint: hint, at: place)
        }
        while open.count - 1 > index { closeImplied() }
        close(at: index)
    }

    private mutating func close(at index: Int) {
        let element = open.remove(at: index)
        guard !element.isForeign || element.name == "svg" else { return }
        judgeEnd(element)
    }

    mutating func finish() {
        while !open.isEmpty { closeImplied() }
        let page = HTMLPlace(offset: 0, mark: facts.start.mark, near: facts.start.near)
        if !hasType { fault("html.document", "the page does not begin with <!doctype html>", hint: "WHATWG HTML 13.1.1", at: page) }
        if !hasCharset { fault("html.document", "the page does not say <meta charset=\"utf-8\">", hint: "WHATWG HTML 4.2.5.4", at: page) }
        if (facts.language ?? "").isEmpty {
            fault("html.document", "<html> does not say its language", hint: "write lang=\"{{lang}}\"", at: page)
        }
        if (facts.title?.text ?? "").isEmpty { fault("html.document", "the page has no title", hint: "WHATWG HTML 4.2.2", at: page) }
        if mains != 1, !facts.isRedirect {
            fault(
                "html.document", "the page has \(mains) elements <main>; it should have one", hint: "WHATWG HTML 4.4.14", at: facts.start,
                isWarning: mains == 0)
        }
        for fault in fields.faults(ids: facts.ids) + headings.faults { faults.append(fault) }
    }

    // MARK: What a page holds

    private mutating func note(_ name: String, _ attributes: [HTMLToken.Attribute], _ place: HTMLPlace, _ isForeign: Bool) {
        if let id = attributes["id"] {
            if !facts.ids.insert(id).inserted {
                fault("html.id", "the id “\(id)” is given twice in the page", hint: "WHATWG HTML 3.2.6: an id is unique", at: place)
            }
            if id.isEmpty || id.contains(where: \.isWhitespace) {
                fault("html.id", "an id must not be empty or hold white space", at: place)
            }
        }
        if !isForeign || name == "a" || name == "image" || name == "use" { links(name, attributes, place) }
        guard !isForeign else { return }
        switch name {
        case "html":
            facts.language = attributes["lang"]
            facts.start = place
        case "main":
            if attributes["hidden"] == nil { mains += 1 }
            facts.start = place
        case "meta":
            if attributes["charset"]?.lowercased() == "utf-8" { hasCharset = true }
            if attributes["http-equiv"]?.lowercased() == "refresh" { facts.isRedirect = true }
            switch attributes["name"]?.lowercased() {
            case "description": facts.description = (attributes["content"] ?? "", place)
            case "robots": facts.isHidden = facts.isHidden || (attributes["content"] ?? "").lowercased().contains("noindex")
            default: break
            }
        case "link": if attributes["rel"]?.lowercased() == "canonical" { facts.canonical = attributes["href"] }
        case "input":
            if attributes["name"] == "sku", let value = attributes["value"] { facts.skus.insert(value) }
        case "img":
            if !(attributes["alt"] ?? "").isEmpty { for index in open.indices { open[index].isNamed = true } }
        default: break
        }
        if let property = attributes["itemprop"], property.split(separator: " ").contains("price"), let price = attributes["content"] {
            facts.microdata.append((price, place))
        }
        fields.note(name, attributes, place, open: open)
        if ElementKinds.headings.contains(name) { headings.note(name, place) }
    }

    private mutating func links(_ name: String, _ attributes: [HTMLToken.Attribute], _ place: HTMLPlace) {
        for attribute in attributes {
            switch attribute.name {
            case "href", "src", "poster", "action", "xlink:href":
                if attribute.value.isEmpty, attribute.name != "action" {
                    fault(
                        "link.empty", "\(attribute.name) of <\(name)> is empty",
                        hint: "put it into a section that is there only with an address", at: place)
                } else {
                    facts.links.append(PageFacts.Link(target: attribute.value, source: "\(name) \(attribute.name)", place: place))
                }
            case "srcset", "imagesrcset":
                for part in attribute.value.split(separator: ",") {
                    guard let target = part.split(whereSeparator: \.isWhitespace).first else { continue }
                    facts.links.append(PageFacts.Link(target: String(target), source: "\(name) \(attribute.name)", place: place))
                }
            default: continue
            }
        }
    }
}
