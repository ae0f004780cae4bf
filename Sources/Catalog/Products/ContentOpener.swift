/// Reads a content file as far as its front matter.
struct ContentOpener {
    let folder: ShopFolder

    /// - Returns: no report when the file cannot be read as text at all; then `mistakes` says why.
    func open(_ path: String) -> (report: Report?, matter: FrontMatter?, mistakes: [Diagnostic]) {
        do {
            let (source, mistake) = Encoding.decode(try folder.read(path), path: path)
            if let mistake { return (nil, nil, [mistake]) }
            let report = Report(source)
            return (report, folder.profile.measure(.frontMatter) { FrontMatter(report) }, [])
        } catch {
            return (nil, nil, [Diagnostic(at: SourceLocation(path: path, line: 1, column: 1), error.message)])
        }
    }
}
