import Catalog
package import Templates

/// A theme, compiled: the templates of each language, its texts and its asset files.
package struct Theme: Sendable {
    /// The templates of each of the shop's languages, in their order.
    private let sets: [TemplateSet]
    private let texts: [[String: String]]
    private let languages: [String]
    /// What lies in `assets/`, as it is published.
    package let assets: ThemeAssets
    /// Of all its files and their names.
    let digest: UInt64

    /// Compiles every template of a theme in every language.
    ///
    /// Templates are named by their path without `.html`: `pages/home`, `partials/card`,
    /// `mail/delivered.subject.txt`. What lies in `assets/` is published.
    ///
    /// - Parameters:
    ///   - base: the path of the shop's URL, which leads the URLs of assets.
    ///   - marks: for a check: marks the places of tags in pages and pieces.
    /// - Returns: the theme, or every mistake in templates, `strings.yaml` and style sheets.
    static func load(_ folder: ThemeFolder, languages: [String], base: String, marks: SourceMarks? = nil) -> Result<Theme, Diagnostics> {
        var problems: [Diagnostic] = []
        var sources: [String: TemplateSource] = [:]
        var assetFiles: [ThemeFolder.File] = []
        var strings: StringTable?
        var digester = Digester()
        for file in folder.files() {
            digester.add(file.path)
            if let bytes = try? Files.read(file.location) { digester.add(bytes) }
            if file.path.hasPrefix("assets/") {
                assetFiles.append(file)
            } else if file.path == "strings.yaml" {
                do throws(Diagnostics) {
                    strings = try StringTable.load(path: file.location, name: file.shown, languages: languages)
                } catch {
                    problems += error.all
                }
            } else if let name = templateName(file.path) {
                do throws(SiteError) {
                    let text = String(decoding: try Files.read(file.location), as: UTF8.self)
                    let isMarked = name.hasPrefix("pages/") || name.hasPrefix("partials/")
                    sources[name] = TemplateSource(path: file.shown, text: isMarked ? marks?.marked(text, path: file.shown) ?? text : text)
                } catch {
                    problems.append(Diagnostic(at: SourceLocation(path: file.shown, line: 1, column: 1), error.message))
                }
            }
        }
        for name in PageModels.required.sorted() where sources[name] == nil {
            let path = "templates/\(name).html"
            problems.append(
                Diagnostic(
                    at: SourceLocation(path: path, line: 1, column: 1), "the theme has no such template",
                    hint: "copy it from the default theme"))
        }
        if strings == nil, problems.isEmpty {
            problems.append(
                Diagnostic(
                    at: SourceLocation(path: "templates/strings.yaml", line: 1, column: 1), "the theme has no texts",
                    hint: "copy strings.yaml from the default theme"))
        }
        var sets: [TemplateSet] = []
        var texts: [[String: String]] = []
        for language in languages {
            let table = strings?.table(language)
            texts.append(table ?? [:])
            do throws(TemplateErrors) {
                // Where the texts themselves are broken, everything else in the templates is still checked.
                sets.append(
                    try TemplateSet(
                        sources: sources, strings: table, models: table == nil ? PageModels.withoutTexts : PageModels.all,
                        compact: marks == nil))
            } catch {
                problems += error.all.map(\.diagnostic)
            }
        }
        var assets: ThemeAssets?
        switch ThemeAssets.load(assetFiles, base: base) {
        case .success(let loaded): assets = loaded
        case .failure(let errors): problems += errors.all
        }
        guard problems.isEmpty, let assets else { return .failure(Diagnostics(problems)) }
        return .success(Theme(sets: sets, texts: texts, languages: languages, assets: assets, digest: digester.digest))
    }

    /// The templates of a language, or of the default one.
    package func templates(_ language: String) -> TemplateSet {
        sets[languages.firstIndex(of: language) ?? 0]
    }

    /// The texts of a language, or of the default one, by key.
    package func texts(_ language: String) -> [String: String] {
        texts[languages.firstIndex(of: language) ?? 0]
    }

    private static func templateName(_ path: String) -> String? {
        if path == Cards.template { return path }
        guard ["pages/", "partials/", "account/", "mail/"].contains(where: path.hasPrefix) else { return nil }
        if path.hasSuffix(".html") {
            // A mail's HTML part stands beside its text part, so it keeps its ending.
            return path.hasPrefix("mail/") ? path : String(path.dropLast(5))
        }
        return path.hasSuffix(".txt") ? path : nil
    }
}

extension TemplateError {
    /// The same mistake among those of the catalogue.
    var diagnostic: Diagnostic {
        Diagnostic(at: SourceLocation(path: path, line: max(1, line), column: max(1, column)), message, hint: hint, sourceLine: sourceLine)
    }
}
