/// Finds the units of one content folder (`content/products` …) and what is wrong with their names.
struct ContentScan {
    let folder: ShopFolder
    /// Relative to the shop folder.
    let root: String
    let languages: [String]
    /// Whether slugs may hold letters of any script (topics).
    var anyScript = false
    private(set) var diagnostics: [Diagnostic] = []
    private var bases: [String: String] = [:]
    private var translations: [String: [ContentUnit.Translation]] = [:]

    init(_ folder: ShopFolder, root: String, languages: [String], anyScript: Bool = false) {
        self.folder = folder
        self.root = root
        self.languages = languages
        self.anyScript = anyScript
    }

    /// The units, sorted by slug. A folder that does not exist holds none.
    mutating func units() -> [ContentUnit] {
        for entry in list(root) where !isHidden(entry.name) {
            switch entry.kind {
            case .folder: scanFolder(entry.name)
            case .file: add(entry.name, slug: nil, path: root + "/" + entry.name)
            case .link: addLink(root + "/" + entry.name) { $0.add(entry.name, slug: nil, path: $0.root + "/" + entry.name) }
            }
        }
        for (slug, found) in translations where bases[slug] == nil {
            for translation in found {
                refuse(
                    translation.path, "a translation of nothing",
                    hint: "the text in \(languages.first ?? "en") must be in \(slug).md or \(slug)/index.md")
            }
        }
        return bases.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { slug, path in
            let others = (translations[slug] ?? []).sorted { $0.language.utf8.lexicographicallyPrecedes($1.language.utf8) }
            return ContentUnit(slug: slug, path: path, translations: others)
        }
    }

    private mutating func scanFolder(_ name: String) {
        let path = root + "/" + name
        let entries = list(path).filter { !isHidden($0.name) && $0.name.hasSuffix(".md") }
        guard !entries.isEmpty else { return }
        if !entries.contains(where: { $0.name == "index.md" }) {
            return refuse(path, "this folder has no index.md", hint: "the text in \(languages.first ?? "en") is \(name)/index.md")
        }
        for entry in entries {
            guard let parts = ContentName(entry.name), parts.stem == "index" else {
                refuse(
                    path + "/" + entry.name, "this file is not read",
                    hint: "a product's folder holds index.md and its translations, e.g. index.zh.md")
                continue
            }
            if entry.kind == .link {
                addLink(path + "/" + entry.name) { $0.add(entry.name, slug: name, path: path + "/" + entry.name) }
            } else {
                add(entry.name, slug: name, path: path + "/" + entry.name)
            }
        }
    }

    /// Links to files inside the content folder are followed; links to folders are not, so there are no loops.
    private mutating func addLink(_ path: String, _ body: (inout ContentScan) -> Void) {
        do {
            try folder.check(path, inside: "content")
            body(&self)
        } catch .notAFile {
            refuse(path, "a link to a folder is not followed", hint: "move or copy the folder here")
        } catch {
            refuse(path, error.message)
        }
    }

    private mutating func add(_ name: String, slug folderSlug: String?, path: String) {
        guard let parts = ContentName(name) else { return }
        let slug = folderSlug ?? parts.stem
        guard anyScript ? Slug.make(slug).utf8.elementsEqual(slug.utf8) && !slug.isEmpty : Slug.isValid(slug) else {
            let better = Slug.make(slug)
            let hint = Slug.isValid(better) ? "did you mean “\(better)”?" : "use a-z, 0-9 and “-”"
            return refuse(path, "“\(slug)” cannot stand in an address", hint: hint)
        }
        guard let suffix = parts.suffix else {
            if let first = bases[slug] { return refuse(path, "“\(slug)” is taken", hint: "it is also in \(first)") }
            bases[slug] = path
            return
        }
        guard let language = ContentName.language(suffix, among: languages) else {
            return refuse(path, "the shop has no language “\(suffix)”", hint: "languages of the shop: \(languages.joined(separator: ", "))")
        }
        if language == languages.first {
            return refuse(path, "\(language) is the shop's first language", hint: "its text is the file without “.\(suffix)”")
        }
        if let first = translations[slug]?.first(where: { $0.language == language }) {
            return refuse(path, "there is another text in \(language)", hint: "it is in \(first.path)")
        }
        translations[slug, default: []].append(ContentUnit.Translation(language: language, path: path))
    }

    private mutating func list(_ path: String) -> [ShopFolder.Entry] {
        do {
            return try folder.list(path) ?? []
        } catch {
            refuse(path, error.message)
            return []
        }
    }

    private func isHidden(_ name: String) -> Bool { name.hasPrefix(".") || name.hasPrefix("_") }

    private mutating func refuse(_ path: String, _ message: String, hint: String? = nil) {
        diagnostics.append(Diagnostic(at: SourceLocation(path: path, line: 1, column: 1), message, hint: hint))
    }
}
