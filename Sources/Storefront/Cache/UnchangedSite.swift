import Catalog

/// The shortest build: nothing changed since the last one, neither sources nor site nor question.
///
/// It only looks at files from outside, so it costs a system call a file.
struct UnchangedSite {
    private let build: SiteBuild
    private let request: BuildRequest
    private let out: OutFolder
    private let cache: BuildCache

    init(_ build: SiteBuild, _ request: BuildRequest, _ out: OutFolder, _ cache: BuildCache) {
        self.build = build
        self.request = request
        self.out = out
        self.cache = cache
    }

    /// - Parameter began: when the build began, in nanoseconds since 1970.
    /// - Returns: what the build would report; nil when something may have changed.
    /// - Throws: ``SiteError`` `file` when the manifest cannot be read.
    func report(_ began: Int64) throws(SiteError) -> BuildReport? {
        let question = cache.question
        guard question.request == build.digest(request), question.since <= build.now, question.until.map({ build.now < $0 }) ?? true,
            question.theme != 0, question.theme == build.themeStamp(began, request),
            Files.entry(out.journalPath) == nil, Files.entry(out.manifestPath)?.kind == .file
        else { return nil }
        let bytes = try Files.read(out.manifestPath)
        guard ContentHash.of(bytes) == cache.manifest, let files = Manifest(bytes: bytes)?.files else { return nil }
        let root = FolderHandle(out.path)
        let chunk = 256
        let same = try parallelMap((files.count + chunk - 1) / chunk, jobs: request.jobs) { (piece) throws(SiteError) in
            files[(piece * chunk)..<min((piece + 1) * chunk, files.count)].allSatisfy { root.size($0.path) == $0.size }
        }
        guard same.allSatisfy({ $0 }) else { return nil }
        return BuildReport(
            written: 0, unchanged: files.count, removed: 0, pages: files.count { $0.path.hasSuffix(".html") }, nextBuild: question.until)
    }
}
