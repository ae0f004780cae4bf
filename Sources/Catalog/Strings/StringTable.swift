/// `templates/strings.yaml`: the words of pages and mails, in every language.
///
/// ```yaml
/// buy:
///   en: Buy now
///   zh-CN: 立即购买
/// ```
package struct StringTable: Sendable {
    /// The languages of the file, sorted.
    package let languages: [String]
    private let tables: [String: [String: String]]

    /// Reads the file at `path`, shown in messages as `name`.
    ///
    /// - Parameter languages: those every entry must have; empty: all that any entry has.
    /// - Throws: ``Diagnostics``; a language that an entry lacks is an error at its key.
    package static func load(path: String, name: String? = nil, languages: [String] = []) throws(Diagnostics) -> StringTable {
        let shown = name ?? path
        do {
            return try parse(try POSIXFiles.read(path, limit: ShopFolder.largestFile), name: shown, languages: languages)
        } catch let error as ShopFolder.Refusal {
            throw Diagnostics([Diagnostic(at: SourceLocation(path: shown, line: 1, column: 1), error.message)])
        } catch let error as Diagnostics {
            throw error
        } catch {
            throw Diagnostics([])
        }
    }

    /// As ``load(path:name:languages:)``, from bytes.
    package static func parse(_ bytes: [UInt8], name: String, languages: [String] = []) throws(Diagnostics) -> StringTable {
        let (source, mistake) = Encoding.decode(bytes, path: name)
        if let mistake { throw Diagnostics([mistake]) }
        let report = Report(source)
        guard let node = YAMLReader(report: report, lineOffset: 0).read(source.bytes[...]) else { throw Diagnostics(report.diagnostics) }
        let table = read(node, report, languages)
        if !report.diagnostics.isEmpty { throw Diagnostics(report.diagnostics) }
        return table
    }

    /// Every text in `language` by its key: of the same tag, or else of one with the same primary subtag; nil when the
    /// file does not know the language.
    package func table(_ language: String) -> [String: String]? {
        if let table = tables[language] { return table }
        let near = languages.first { Language.primary($0) == Language.primary(language) }
        return near.flatMap { tables[$0] }
    }

    private static func read(_ node: YAMLNode, _ report: Report, _ required: [String]) -> StringTable {
        var tables: [String: [String: String]] = [:]
        var entries: [(key: YAMLNode.Scalar, languages: Set<String>)] = []
        guard case .fields(let fields) = node.content else {
            report.error(node.mark, "the file must be a set of keys, not \(node.shape)")
            return StringTable(languages: [], tables: [:])
        }
        for field in fields {
            if !isKey(field.key.text) {
                report.error(field.key.mark, "“\(field.key.text)” is not a key", hint: "use a-z, 0-9, “_” and “.”")
            }
            guard case .fields(let texts) = field.value.content else {
                report.error(
                    field.key.mark, "“\(field.key.text)” must have a text for each language", hint: "write {en: \"…\", zh-CN: \"…\"}")
                continue
            }
            var found: Set<String> = []
            for text in texts {
                do { try Language.check(text.key.text) } catch { report.error(text.key.mark, error) }
                guard let scalar = text.value.scalar else {
                    report.error(text.value.mark, "“\(text.key.text)” must be a text, not \(text.value.shape)")
                    continue
                }
                found.insert(text.key.text)
                tables[text.key.text, default: [:]][field.key.text] = scalar.text
            }
            entries.append((field.key, found))
        }
        let all = required.isEmpty ? tables.keys.sorted() : required
        for entry in entries {
            for language in all
            where !entry.languages.contains(where: {
                $0 == language || (!required.isEmpty && Language.primary($0) == Language.primary(language))
            }) {
                report.error(entry.key.mark, "“\(entry.key.text)” has no text in \(language)")
            }
        }
        return StringTable(languages: tables.keys.sorted(), tables: tables)
    }

    private static func isKey(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                isDigit($0) || ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
            }
    }
}
