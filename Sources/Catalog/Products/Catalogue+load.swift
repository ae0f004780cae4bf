extension Catalogue {
    /// Reads a shop folder: `shop.yaml` and `content/`, on all cores.
    ///
    /// - Parameters:
    ///   - folder: path of the shop folder.
    ///   - now: unix seconds; decides which products are published and not expired.
    ///   - drafts: also takes drafts and what is not published yet.
    /// - Throws: ``Diagnostics`` with every mistake (and doubt) of every file, when there is a mistake.
    package static func load(folder: String, now: Int64, drafts: Bool = false) throws(Diagnostics) -> Catalogue {
        try CatalogueLoader(folder: .disk(folder), now: now, drafts: drafts).load()
    }

    /// As ``load(folder:now:drafts:)``, with what the next load needs to know.
    ///
    /// - Parameter known: what an earlier load of the folder noted, compared (``ContentSources/compared(in:)``). Products whose
    ///   files look as they did then are not read again and come without bodies (``SourcedCatalogue/wholeProduct(_:)``). It then throws for every mistake, but may not name all of
    ///   them with their places: load again without it for that.
    package static func load(
        folder: String, now: Int64, drafts: Bool, known: ContentSources?, profile: Profile? = nil
    ) throws(Diagnostics) -> SourcedCatalogue {
        var loader = CatalogueLoader(folder: .disk(folder), now: now, drafts: drafts)
        loader.known = known
        loader.profile = profile
        return try loader.loadWithSources()
    }

    /// As ``load(folder:now:drafts:)``, from a literal: the files' texts by their paths in the shop folder.
    package static func load(files: [String: String], now: Int64, drafts: Bool = false) throws(Diagnostics) -> Catalogue {
        try CatalogueLoader(folder: .memory(files.mapValues { Array($0.utf8) }), now: now, drafts: drafts).load()
    }
}

extension Shop {
    /// Reads `shop.yaml` alone.
    ///
    /// - Throws: ``Diagnostics``.
    package static func load(folder: String) throws(Diagnostics) -> Shop {
        try read(.disk(folder), provisional: false).shop
    }

    /// - Parameter provisional: whether a shop whose mistakes do not touch its content is answered all the same, so that
    ///   the mistakes of the content can be said together with its own.
    static func read(_ folder: ShopFolder, provisional: Bool) throws(Diagnostics) -> (shop: Shop, diagnostics: [Diagnostic]) {
        let start = SourceLocation(path: ShopReader.path, line: 1, column: 1)
        let bytes: [UInt8]
        do {
            bytes = try folder.read(ShopReader.path)
        } catch {
            let hint = error == .missing ? "this is not a shop folder: make one with “keyfront init”, or name one with --shop" : nil
            throw Diagnostics([Diagnostic(at: start, error.message, hint: hint)])
        }
        let (source, mistake) = Encoding.decode(bytes, path: ShopReader.path)
        if let mistake { throw Diagnostics([mistake]) }
        let report = Report(source)
        let node = YAMLReader(report: report, lineOffset: 0).read(source.bytes[...])
        let shop = node.flatMap { ShopReader(report: report).read($0) }
        let isWrong = report.diagnostics.contains { $0.severity == .error }
        guard let shop, provisional || !isWrong else { throw Diagnostics(report.diagnostics) }
        return (shop, report.diagnostics)
    }
}
