/// `content/redirects.yaml` and `aliases:` → old addresses.
struct RedirectReader {
    static let path = "content/redirects.yaml"

    /// A redirect as written, and where.
    struct Found: Sendable {
        let redirect: Redirect
        let place: Alias
    }

    /// The old addresses of a page under `section`; a bare name stands for a page that was there.
    ///
    /// - Parameter section: `products`, `pages`, `categories` or `tags`.
    static func aliases(_ fields: Fields, section: String) -> [Alias] {
        guard fields.has("aliases") else { return [] }
        let report = fields.report
        var aliases: [Alias] = []
        for text in fields.texts("aliases", single: true) {
            do {
                let path = Slug.isValid(text.text) ? "/\(section)/\(text.text)/" : try SitePath.old(text.text)
                aliases.append(alias(path, text.mark, report))
            } catch {
                report.error(text.mark, error)
            }
        }
        return aliases
    }

    /// The redirects of the file; none when there is no such file.
    static func read(_ folder: ShopFolder) -> (found: [Found], diagnostics: [Diagnostic]) {
        let start = SourceLocation(path: path, line: 1, column: 1)
        let bytes: [UInt8]
        do {
            bytes = try folder.read(path)
        } catch .missing {
            return ([], [])
        } catch {
            return ([], [Diagnostic(at: start, error.message)])
        }
        let (source, mistake) = Encoding.decode(bytes, path: path)
        if let mistake { return ([], [mistake]) }
        let report = Report(source)
        guard let node = YAMLReader(report: report, lineOffset: 0).read(source.bytes[...]) else { return ([], report.diagnostics) }
        guard case .fields(let fields) = node.content else {
            report.error(node.mark, "the file must be a set of keys, not \(node.shape)", hint: "write “/old/: /new/”, a line for each")
            return ([], report.diagnostics)
        }
        let found = fields.compactMap { redirect($0, report) }
        return (found, report.diagnostics)
    }

    private static func redirect(_ field: YAMLNode.Field, _ report: Report) -> Found? {
        var from: String?
        do { from = try SitePath.old(field.key.text) } catch { report.error(field.key.mark, error) }
        guard let target = field.value.scalar, !target.text.isEmpty else {
            report.error(field.value.mark, "“\(field.key.text)” leads nowhere", hint: "write “\(field.key.text): /new/”")
            return nil
        }
        do {
            let to = try SitePath.target(target.text)
            return from.map { Found(redirect: Redirect(from: $0, to: to), place: alias($0, field.key.mark, report)) }
        } catch {
            report.error(target.mark, error)
            return nil
        }
    }

    private static func alias(_ path: String, _ mark: YAMLNode.Mark, _ report: Report) -> Alias {
        let location = report.location(mark)
        return Alias(path: path, location: location, line: report.source.line(location.line))
    }
}
