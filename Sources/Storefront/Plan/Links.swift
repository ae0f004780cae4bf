/// Where things are: paths as pages write them, and absolute URLs as feeds and maps need them.
///
/// The shop's URL may have a path of its own (`https://host/shop`); it leads every link.
package struct Links: Sendable {
    /// Scheme and host without a slash at the end: `https://shop.example`.
    package let origin: String
    /// The path of the shop's URL without a slash at the end: empty, or `/shop`.
    package let base: String
    /// The shop's languages; the first has no prefix.
    let languages: [String]

    /// - Parameter url: the shop's URL, `http(s)://host[:port][/path]`.
    package init(url: String, languages: [String]) {
        let bytes = Array(url.utf8)
        var at = 0
        if let scheme = url.range(ofText: "://") { at = scheme }
        let slash = bytes[at...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
        origin = String(decoding: bytes[..<slash], as: UTF8.self)
        var path = bytes[slash...]
        while path.last == UInt8(ascii: "/") { path.removeLast() }
        base = String(decoding: path, as: UTF8.self)
        self.languages = languages
    }

    /// The path below the out folder: `products/x/` in the second language is `zh-CN/products/x/`.
    func url(_ path: String, language: Int) -> String {
        language == 0 ? path : "\(languages[language])/\(path)"
    }

    /// The link as a page writes it, from the host's root.
    func href(_ path: String, language: Int) -> String {
        language == 0 ? "\(base)/\(path)" : "\(base)/\(languages[language])/\(path)"
    }

    /// The link with scheme and host.
    func absolute(_ path: String, language: Int) -> String {
        origin + href(path, language: language)
    }

    static func product(_ slug: String) -> String { "products/\(slug)/" }
    static func page(_ slug: String) -> String { "pages/\(slug)/" }

    /// The page of a listing, from 1: the first has no number.
    static func listing(_ root: String, _ slug: String, page: Int) -> String {
        page == 1 ? "\(root)/\(slug)/" : "\(root)/\(slug)/\(page)/"
    }

    static let shopCard = "card.png"
    static func card(_ slug: String) -> String { "products/\(slug)/card.png" }

    static func landing(_ token: String) -> String { "r/\(token)/" }
    static func poster(_ token: String) -> String { "r/\(token)/poster.svg" }
    static func promoted(_ token: String, product slug: String) -> String { "r/\(token)/products/\(slug)/" }
}

extension String {
    /// The UTF-8 offset behind the first occurrence of an ASCII text, or nil.
    fileprivate func range(ofText text: String) -> Int? {
        let (all, part) = (Array(utf8), Array(text.utf8))
        guard all.count >= part.count else { return nil }
        for start in 0...(all.count - part.count) where all[start..<start + part.count].elementsEqual(part) { return start + part.count }
        return nil
    }
}

/// The scheme, host and port of a URL: `https://pay.example:8443/x` → `https://pay.example:8443`.
///
/// Nil when it is not an http or https URL, or holds a byte that could end a policy's source list.
package func originOf(_ url: String) -> String? {
    for scheme in ["https://", "http://"] where url.hasPrefix(scheme) {
        let host = url.utf8.dropFirst(scheme.utf8.count).prefix {
            $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        guard !host.isEmpty,
            host.allSatisfy({ byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "["),
                    UInt8(ascii: "]"):
                    true
                default: false
                }
            })
        else { return nil }
        return scheme + String(decoding: Array(host), as: UTF8.self)
    }
    return nil
}
