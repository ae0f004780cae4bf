/// Two published folders that should hold the same bytes.
package enum SiteComparison {
    /// Looks at what each manifest lists, and compares the files themselves.
    ///
    /// - Returns: a sentence for each difference, sorted by path.
    /// - Throws: ``SiteError`` `notPublished` when one of the folders holds no site of ours, `file` when a file cannot be read.
    package static func differing(_ one: String, _ other: String, jobs: Int) throws(SiteError) -> [String] {
        let (left, right) = (try manifest(one), try manifest(other))
        let (mine, clean) = (Set(left.files.map(\.path)), Set(right.files.map(\.path)))
        let paths = mine.union(clean).sorted { $0.precedesByBytes($1) }
        return try parallelMap(paths.count, jobs: jobs) { (index) throws(SiteError) -> String? in
            let path = paths[index]
            guard clean.contains(path) else { return "\(path) is not in a clean build" }
            guard mine.contains(path), Files.entry("\(one)/\(path)")?.kind == .file else { return "\(path) is missing" }
            return try Files.read("\(one)/\(path)") == Files.read("\(other)/\(path)") ? nil : "\(path) differs from a clean build"
        }.compactMap { $0 }
    }

    private static func manifest(_ folder: String) throws(SiteError) -> Manifest {
        let path = "\(folder)/.keyfront/manifest"
        guard Files.entry(path)?.kind == .file, let manifest = Manifest(bytes: try Files.read(path)) else {
            throw SiteError(.notPublished, "no whole site is published here", hint: "run keyfront build", path: folder)
        }
        return manifest
    }
}
