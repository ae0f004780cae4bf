/// What the WHATWG HTML standard says of each element (sections 3.2.5 and 4): which there are, and what may stand in what.
enum ElementKinds {
    /// Elements without content and without an end tag (13.1.2).
    static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]

    /// Flow content that is not phrasing content: it ends an open paragraph (13.2.6.4.7), and stands in no phrase.
    static let block: Set<String> = [
        "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "table",
        "ul",
    ]

    static let headings: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]

    /// Elements that hold phrasing content alone (4.3–4.10), with headings where `legend` and `summary` allow them.
    static let phraseOnly: Set<String> = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "em", "strong", "small", "s", "cite", "q", "dfn", "abbr", "ruby", "rt", "rp",
        "data",
        "time", "code", "var", "samp", "kbd", "sub", "sup", "i", "b", "u", "mark", "bdi", "bdo", "span", "label", "button", "output",
        "progress", "meter", "legend", "summary",
    ]

    /// Phrasing elements that hold whatever the element around them may hold (3.2.5.3, transparent).
    static let transparent: Set<String> = ["a", "ins", "del", "map", "object", "noscript", "slot", "canvas", "audio", "video"]

    private static let others: Set<String> = [
        "html", "head", "title", "base", "link", "meta", "style", "body", "li", "dt", "dd", "a", "br", "wbr", "ins", "del", "picture",
        "source", "img", "iframe", "embed", "object", "video", "audio", "track", "map", "area", "caption", "colgroup", "col", "tbody",
        "thead", "tfoot", "tr", "td", "th", "input", "select", "datalist", "optgroup", "option", "textarea", "script", "noscript",
        "template",
        "slot", "canvas", "svg", "math", "selectedcontent",
    ]

    /// Every element of the standard's index, in lower case.
    static let all: Set<String> = block.union(phraseOnly).union(others)

    /// Elements of older standards, and what is written instead (16.2).
    static let obsolete: [String: String] = [
        "acronym": "abbr", "applet": "embed", "basefont": "CSS", "bgsound": "audio", "big": "CSS", "blink": "CSS", "center": "CSS",
        "dir": "ul", "font": "CSS", "frame": "iframe", "frameset": "iframe", "marquee": "CSS", "nobr": "CSS", "noembed": "object",
        "noframes": "iframe", "param": "data attributes", "plaintext": "pre", "strike": "s or del", "tt": "code", "xmp": "pre",
    ]

    /// What may stand directly in an element that takes certain children alone (4.4, 4.9, 4.10); nil: it is not one.
    static func children(of parent: String) -> Set<String>? { strict[parent] }

    private static let strict: [String: Set<String>] = [
        "ul": ["li", "script", "template"], "ol": ["li", "script", "template"], "menu": ["li", "script", "template"],
        "dl": ["dt", "dd", "div", "script", "template"],
        "table": ["caption", "colgroup", "thead", "tbody", "tfoot", "tr", "script", "template"],
        "thead": ["tr", "script", "template"], "tbody": ["tr", "script", "template"], "tfoot": ["tr", "script", "template"],
        "tr": ["td", "th", "script", "template"], "colgroup": ["col", "template"],
        "select": ["option", "optgroup", "hr", "button", "script", "template"], "optgroup": ["option", "legend", "script", "template"],
        "head": ["title", "base", "link", "meta", "style", "script", "noscript", "template"],
        "picture": ["source", "img", "script", "template"], "html": ["head", "body"],
    ]

    /// The parents of which an element needs one; nil: it may stand anywhere.
    static func parents(of child: String) -> Set<String>? { needed[child] }

    private static let needed: [String: Set<String>] = [
        "li": ["ul", "ol", "menu"], "dt": ["dl", "div"], "dd": ["dl", "div"], "td": ["tr"], "th": ["tr"],
        "tr": ["table", "thead", "tbody", "tfoot"], "thead": ["table"], "tbody": ["table"], "tfoot": ["table"], "caption": ["table"],
        "colgroup": ["table"], "col": ["colgroup"], "option": ["select", "datalist", "optgroup"], "optgroup": ["select"],
        "summary": ["details"], "legend": ["fieldset", "optgroup"], "figcaption": ["figure"], "source": ["picture", "video", "audio"],
        "track": ["video", "audio"], "head": ["html"], "body": ["html"],
    ]

    /// The elements that a start tag ends when they are open (13.2.6.4.7 and 13.2.6.4.9–15), and those that the search stops at.
    static func impliedEnds(before name: String) -> (ended: Set<String>, stops: Set<String>) {
        switch name {
        case "li": (["li"], ["ul", "ol", "menu"])
        case "dt", "dd": (["dt", "dd"], ["dl"])
        case "option": (["option"], ["select", "datalist", "optgroup"])
        case "optgroup": (["option", "optgroup"], ["select"])
        case "tr": (["tr", "td", "th"], ["table"])
        case "td", "th": (["td", "th"], ["tr", "table"])
        case "thead", "tbody", "tfoot": (["thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup"], ["table"])
        case "rt", "rp": (["rt", "rp"], ["ruby"])
        default: block.contains(name) ? (["p"], scope) : ([], [])
        }
    }

    /// Where the search for an open paragraph ends (13.2.4.2, button scope).
    private static let scope: Set<String> = [
        "html", "table", "td", "th", "caption", "button", "object", "template", "svg", "math", "body",
    ]

    /// Elements whose end tag may be left out (13.1.2.4).
    static let optionalEnd: Set<String> = [
        "html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup", "rt", "rp", "tr", "td", "th", "thead", "tbody", "tfoot",
        "colgroup",
        "caption",
    ]

    /// Whether a reader can act on the element (3.2.5.2.7): such elements do not stand in each other.
    static func isInteractive(_ name: String, _ attributes: [HTMLToken.Attribute]) -> Bool {
        switch name {
        case "button", "details", "embed", "iframe", "label", "select", "textarea": true
        case "a": attributes["href"] != nil
        case "input": attributes["type"]?.lowercased() != "hidden"
        case "audio", "video": attributes["controls"] != nil
        case "img": attributes["usemap"] != nil
        default: false
        }
    }
}
