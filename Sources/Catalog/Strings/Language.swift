/// Language tags of BCP 47, as far as a shop needs them: `en`, `zh-CN`, `zh-Hant-TW`, `es-419`.
package enum Language {
    /// - Throws: ``CatalogError`` `.language` unless `tag` is language[-Script][-REGION], each in its usual case.
    static func check(_ tag: String) throws(CatalogError) {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        var usual: [String] = []
        for (index, part) in parts.enumerated() {
            let letters = part.utf8.allSatisfy { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
            switch (index, part.utf8.count) {
            case (0, 2...3) where letters: usual.append(part.lowercased())
            case (1, 4) where letters: usual.append(part.prefix(1).uppercased() + part.dropFirst().lowercased())
            case (1, 2) where letters: usual.append(part.uppercased())
            case (2, 2) where letters && usual.last?.utf8.count == 4: usual.append(part.uppercased())
            case (1, 3) where part.utf8.allSatisfy(isDigit): usual.append(part)
            default: throw CatalogError(.language, "“\(tag)” is not a language", hint: "write a tag of BCP 47, e.g. en or zh-CN")
            }
        }
        let expected = usual.joined(separator: "-")
        if expected != tag { throw CatalogError(.language, "“\(tag)” is not a language", hint: "did you mean “\(expected)”?") }
    }

    /// The first subtag: `zh` of `zh-CN`.
    package static func primary(_ tag: String) -> String {
        String(tag.prefix { $0 != "-" })
    }
}
