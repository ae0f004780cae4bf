/// What the standard says of single elements, and what our pages ask beyond it.
extension PageReader {
    /// Judges a start tag by itself and by the elements around it.
    mutating func judge(_ name: String, _ attributes: [HTMLToken.Attribute], _ isClosed: Bool, _ place: HTMLPlace) {
        if !ElementKinds.all.contains(name), !name.contains("-") {
            if let better = ElementKinds.obsolete[name] {
                fault("html.element", "<\(name)> is obsolete", hint: "use \(better) instead; WHATWG HTML 16.2", at: place)
            } else {
                fault("html.element", "there is no element <\(name)>", hint: "WHATWG HTML, index of elements", at: place)
            }
        }
        if isClosed, !ElementKinds.void.contains(name), name != "svg", name != "math" {
            fault(
                "html.syntax", "<\(name)/>: “/” closes no HTML element", hint: "write <\(name)></\(name)>; WHATWG HTML 13.1.2.1", at: place)
        }
        judgePlace(name, attributes, place)
        judgeAttributes(name, attributes, place)
    }

    private mutating func judgePlace(_ name: String, _ attributes: [HTMLToken.Attribute], _ place: HTMLPlace) {
        let parent = open.last?.name ?? ""
        if let only = ElementKinds.children(of: parent), !only.contains(name) {
            let takes = only.subtracting(["script", "template"]).sorted().joined(separator: ", ")
            fault("html.nesting", "<\(name)> directly in <\(parent)>", hint: "it takes \(takes)", at: place)
        } else if let parents = ElementKinds.parents(of: name), !parents.contains(parent), !open.isEmpty {
            fault("html.nesting", "<\(name)> outside of \(parents.sorted().map { "<\($0)>" }.joined(separator: ", "))", at: place)
        }
        if ElementKinds.block.contains(name), let around = phrase(),
            !(ElementKinds.headings.contains(name) && ["legend", "summary"].contains(around))
        {
            fault(
                "html.nesting", "<\(name)> in <\(around)>, which holds phrases alone",
                hint: "WHATWG HTML 3.2.5.2: use a <span>, or a <div> around it", at: place)
        }
        if ElementKinds.isInteractive(name, attributes) {
            for outer in open where outer.name == "a" && outer.attributes["href"] != nil || outer.name == "button" {
                fault(
                    "html.nesting", "<\(name)> in <\(outer.name)>: one cannot be pressed inside the other",
                    hint: "WHATWG HTML 4.5.1 and 4.10.6", at: place)
            }
        }
        if name == "form" || name == "label", open.contains(where: { $0.name == name }) {
            fault("html.nesting", "<\(name)> in <\(name)>", hint: "WHATWG HTML 4.10.3 and 4.10.4", at: place)
        }
        if name == "main", let outer = open.first(where: { ["article", "aside", "footer", "header", "nav"].contains($0.name) }) {
            fault("html.nesting", "<main> in <\(outer.name)>", hint: "WHATWG HTML 4.4.14", at: place)
        }
        if name == "summary", parent == "details", open.last?.children != 0 {
            fault("html.nesting", "<summary> is the first element of its <details>", hint: "WHATWG HTML 4.11.1", at: place)
        }
        if name == "legend", parent == "fieldset", open.last?.children != 0 {
            fault("html.nesting", "<legend> is the first element of its <fieldset>", hint: "WHATWG HTML 4.10.15", at: place)
        }
    }

    /// The element around this place that holds phrases alone, seen through those that hold what their parent holds.
    private func phrase() -> String? {
        for element in open.reversed() {
            if ElementKinds.transparent.contains(element.name) { continue }
            return ElementKinds.phraseOnly.contains(element.name) ? element.name : nil
        }
        return nil
    }

    private mutating func judgeAttributes(_ name: String, _ attributes: [HTMLToken.Attribute], _ place: HTMLPlace) {
        for attribute in attributes {
            if attribute.name.hasPrefix("on"), attribute.name.count > 3 {
                fault(
                    "html.policy", "“\(attribute.name)” does nothing: the page's policy forbids inline scripts",
                    hint: "put it into a file of assets/",
                    at: place)
            }
            if attribute.name == "style" {
                fault(
                    "html.policy", "“style” does nothing: the page's policy forbids inline styles", hint: "put it into assets/style.css",
                    at: place)
            }
            if attribute.name == "tabindex", let value = Int(attribute.value), value > 0 {
                fault(
                    "html.access", "tabindex=\"\(value)\" takes the keyboard out of the page's order", hint: "use 0; WCAG 2.2, 2.4.3",
                    at: place,
                    isWarning: true)
            }
        }
        switch name {
        case "img":
            if attributes["alt"] == nil {
                fault(
                    "html.alt", "<img> has no alt", hint: "say what it shows, or alt=\"\" when it only decorates; WCAG 2.2, 1.1.1",
                    at: place)
            }
            if attributes["src"] == nil, attributes["srcset"] == nil {
                fault("html.image", "<img> has no src", hint: "WHATWG HTML 4.8.3", at: place)
            }
            if Int(attributes["width"] ?? "") == nil || Int(attributes["height"] ?? "") == nil {
                fault("html.image", "<img> has no width and height: the page jumps when it arrives", at: place, isWarning: true)
            }
        case "script":
            let type = attributes["type"]?.lowercased() ?? ""
            if attributes["src"] == nil, type.isEmpty || type == "module" || type == "text/javascript" {
                fault(
                    "html.policy", "an inline script does nothing: the page's policy forbids it", hint: "put it into a file of assets/",
                    at: place)
            }
        case "style":
            fault(
                "html.policy", "an inline style does nothing: the page's policy forbids it", hint: "put it into assets/style.css", at: place
            )
        case "iframe":
            if (attributes["title"] ?? "").isEmpty { fault("html.access", "<iframe> has no title", hint: "WCAG 2.2, 4.1.2", at: place) }
        default: break
        }
    }

    /// Judges an element by what turned out to be in it.
    mutating func judgeEnd(_ element: Open) {
        guard element.attributes["aria-hidden"] != "true", !element.isNamed else { return }
        switch element.name {
        case "a" where element.attributes["href"] != nil:
            fault("html.access", "a link without a text", hint: "write one into it, or an aria-label; WCAG 2.2, 2.4.4", at: element.place)
        case "button":
            fault("html.access", "a button without a text", hint: "write one into it, or an aria-label; WCAG 2.2, 4.1.2", at: element.place)
        case "h1", "h2", "h3", "h4", "h5", "h6":
            fault("html.access", "an empty heading", hint: "WCAG 2.2, 1.3.1", at: element.place, isWarning: true)
        default: break
        }
    }
}
