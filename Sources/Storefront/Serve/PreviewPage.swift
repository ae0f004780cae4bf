/// A page as the preview sends it: with the script that loads it again, and a policy that lets the script work.
enum PreviewPage {
    static func bytes(_ page: [UInt8], generation: UInt64) -> [UInt8] {
        let element = Array(
            "<script src=\"/\(Preview.folder)/reload.js\" data-generation=\"\(generation)\" defer></script>".utf8)
        var out = allowing(page)
        // A page without an end of its head takes the script at its end, where parsers put it into the body.
        let place = out.firstRange(of: Array("</head>".utf8))?.lowerBound ?? out.count
        out.insert(contentsOf: element, at: place)
        return out
    }

    /// The page with its `meta` policy (CSP Level 3) opened for scripts and requests of the preview's own origin.
    private static func allowing(_ page: [UInt8]) -> [UInt8] {
        guard let name = page.firstRange(of: Array("Content-Security-Policy".utf8)),
            let start = page[..<name.lowerBound].lastIndex(of: UInt8(ascii: "<")),
            let content = page[start...].firstRange(of: Array("content=".utf8)), content.upperBound < page.count
        else { return page }
        let quote = page[content.upperBound]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let end = page[(content.upperBound + 1)...].firstIndex(of: quote)
        else { return page }
        let written = String(decoding: page[(content.upperBound + 1)..<end], as: UTF8.self)
        var out = Array(page[..<content.upperBound])
        out.append("\"")
        out.append(escaped: policy(HTMLText.decoded(written)))
        out.append("\"")
        return out + page[(end + 1)...]
    }

    /// A policy in which `script-src` and `connect-src` hold `'self'`; what a page did not say, `default-src` says for it.
    static func policy(_ policy: String) -> String {
        var directives = policy.split(separator: ";").map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }.filter {
            !$0.isEmpty
        }
        let fallback = directives.first { $0[0].lowercased() == "default-src" }.map { Array($0.dropFirst()) }
        for name in ["script-src", "connect-src"] {
            if let place = directives.firstIndex(where: { $0[0].lowercased() == name }) {
                directives[place] = [name] + opened(Array(directives[place].dropFirst()))
            } else if let fallback {
                directives.append([name] + opened(fallback))
            }
        }
        return directives.map { $0.joined(separator: " ") }.joined(separator: "; ")
    }

    private static func opened(_ sources: [String]) -> [String] {
        let others = sources.filter { $0.lowercased() != "'none'" }
        return others.contains("'self'") ? others : ["'self'"] + others
    }
}

/// Text as it stands in HTML.
enum HTMLText {
    /// The text with the references resolved that we write ourselves.
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var text = text
        for (entity, character) in [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text
    }
}
