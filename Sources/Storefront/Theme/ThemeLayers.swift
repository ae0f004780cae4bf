import Catalog

/// The folders a shop's theme is made of, the strongest first.
///
/// `theme: paper` lays `themes/paper/` over the shop's `templates/`, and both over the default theme that comes
/// with the program. A file is taken from the first folder that has one of its path, so that each folder holds
/// only what is its own.
enum ThemeLayers {
    /// The theme that needs no folder of its own.
    static let plain = "default"

    /// - Parameters:
    ///   - shopFolder: the shop's folder.
    ///   - name: `theme` of shop.yaml.
    ///   - shipped: theme folders below the shop's own.
    /// - Returns: the folders, or the mistake in shop.yaml when there is no theme of this name.
    static func folders(_ shopFolder: String, theme name: String, shipped: [String]) -> Result<[String], Diagnostics> {
        let own = ["\(shopFolder)/templates"] + shipped
        guard name != plain else { return .success(own) }
        let folder = "\(shopFolder)/themes/\(name)"
        if SitePath.isName(name), Files.entry(folder)?.kind == .folder { return .success([folder] + own) }
        let known = (Files.names(in: "\(shopFolder)/themes") ?? []).filter { $0.isFolder && SitePath.isName($0.name) }.map(\.name)
        let hint = "known themes: \(([plain] + known).joined(separator: ", "))"
        return .failure(Diagnostics([mistake(shopFolder, "there is no theme “\(name)”: themes/\(name) is no folder", hint)]))
    }

    /// Said at the value of `theme:` in shop.yaml.
    private static func mistake(_ shopFolder: String, _ message: String, _ hint: String) -> Diagnostic {
        let text = (try? Files.read("\(shopFolder)/shop.yaml")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where line.hasPrefix("theme:") {
            let space = line.dropFirst(6).prefix { $0 == " " || $0 == "\t" }.count
            return Diagnostic(
                at: SourceLocation(path: "shop.yaml", line: number + 1, column: 7 + space), message, hint: hint, sourceLine: String(line))
        }
        return Diagnostic(at: SourceLocation(path: "shop.yaml", line: 1, column: 1), message, hint: hint)
    }
}
