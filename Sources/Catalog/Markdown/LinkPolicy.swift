/// Where links and images of a text may point.
struct LinkPolicy {
    enum Verdict {
        /// Written as it is.
        case open
        /// A file of the shop (checked) or a path of the site.
        case reference(path: String, suffix: String)
        case refused(message: String, hint: String)
    }

    let context: MarkdownContext

    func judge(_ url: String, _ kind: Prose.Reference.Kind) -> Verdict {
        if let scheme = Self.scheme(url) {
            if kind != .link { return foreign(kind) }
            if ["http", "https", "mailto", "tel"].contains(scheme) { return .open }
            let near = Suggestion.nearest(scheme, among: ["price", "buy", "https", "http", "mailto", "tel"])
            return .refused(
                message: "a link may not begin with “\(scheme):”",
                hint: near.map { "did you mean “\($0):”?" } ?? "use https:, mailto: or tel:, or a path of the site")
        }
        // Browsers take a backslash for a slash: "/\host" is another machine as well.
        if url.utf8.starts(with: "//".utf8) || url.utf8.starts(with: "/\\".utf8) || url.utf8.starts(with: "\\".utf8) {
            return kind != .link ? foreign(kind) : .refused(message: "“\(url)” leads to another machine", hint: "write https: before it")
        }
        if url.isEmpty || url.hasPrefix("#") || url.hasPrefix("?") {
            return kind != .link ? .refused(message: "this image has no file", hint: "write ![what it shows](picture.png)") : .open
        }
        let end = url.utf8.firstIndex { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "?") } ?? url.endIndex
        let path = String(url[..<end])
        let suffix = String(url[end...])
        if kind == .link, path.utf8.first == UInt8(ascii: "/") { return .reference(path: path, suffix: suffix) }
        return file(path, suffix)
    }

    private func foreign(_ kind: Prose.Reference.Kind) -> Verdict {
        .refused(
            message: kind == .film ? "a film must be a file of the shop" : "an image must be a file of the shop",
            hint: "another machine would see every visitor; put the file beside this one" + (kind == .film ? ", or write a link" : ""))
    }

    private func file(_ path: String, _ suffix: String) -> Verdict {
        switch ContentPath.resolve(Self.percentDecoded(path), from: context.base) {
        case .failure(let refusal): return .refused(message: refusal.message, hint: refusal.hint ?? "")
        case .success(let resolved):
            do {
                try context.folder.check(resolved, inside: "content")
                return .reference(path: resolved, suffix: suffix)
            } catch {
                let hint = error == .missing ? "it is looked for at \(resolved)" : "put a plain file there"
                return .refused(message: "“\(path)”: \(error.message)", hint: hint)
            }
        }
    }

    /// The lower-case scheme of `url` as a browser sees it: white space and controls inside it do not hide it.
    static func scheme(_ url: String) -> String? {
        var name: [UInt8] = []
        for byte in url.utf8 where byte > 0x20 {
            switch byte {
            case UInt8(ascii: ":"): return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): name.append(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): name.append(byte)
            case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): name.append(byte)
            default: return nil
            }
        }
        return nil
    }

    /// Appends `url` as an attribute's value: what may not stand in a URL as `%XX`, `&` and `'` as entities.
    static func append(_ url: [UInt8], to out: inout [UInt8]) {
        for byte in url {
            switch byte {
            case UInt8(ascii: "&"): out += "&amp;".utf8
            case UInt8(ascii: "'"): out += "&#x27;".utf8
            case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "[")...UInt8(ascii: "^"), UInt8(ascii: "`"),
                UInt8(ascii: "{")...UInt8(ascii: "}"), 0...0x20, 0x7F...:
                out += "%\(Hexadecimal.two(byte))".utf8
            default: out.append(byte)
            }
        }
    }

    private static func percentDecoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                out.append(value)
                index += 3
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
