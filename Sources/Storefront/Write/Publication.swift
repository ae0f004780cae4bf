import Glibc

/// One change of a published site, all or nothing.
///
/// Files are *offered* while the old site stands: those that differ go to a staging folder on the same
/// file system. ``commit(keeping:)`` then renames them into place, assets first, pages last, removes
/// what is no longer listed, and replaces the manifest as the last step. Whatever fails before the
/// commit has changed nothing. If the machine stops in the middle of it, the journal makes the next
/// build write every file again.
struct Publication: Sendable {
    /// A file of the new site, and the number under which its bytes are staged; nil: they are in place.
    struct Offer: Sendable {
        var file: Manifest.File
        var staged: Int?
    }

    /// What a commit did.
    struct Outcome: Sendable {
        var written = 0
        var unchanged = 0
        var removed = 0
    }

    let out: OutFolder
    /// Flushes files to the disk before they are moved into place.
    let durable: Bool
    private let old: [String: Manifest.File]
    private let isWhole: Bool

    /// - Parameters:
    ///   - out: with its lock held for as long as the publication is used.
    ///   - trusting: whether files whose digest and size agree with the manifest are left as they are.
    init(_ out: OutFolder, state: OutFolder.State, trusting: Bool, durable: Bool = false) throws(SiteError) {
        self.out = out
        self.durable = durable
        isWhole = state.isWhole && trusting
        old = Dictionary(state.files.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
        try out.prepareStaging()
    }

    /// Offers a file of the new site. May be called from many threads, with different numbers.
    ///
    /// - Parameter number: of no other file of this publication.
    /// - Throws: ``SiteError`` `file` when it cannot be staged, `invalidName` for a path that leads outside.
    func offer(_ bytes: [UInt8], path: String, kind: Manifest.Kind, number: Int) throws(SiteError) -> Offer {
        guard SitePath.isInside(path) else { throw SiteError(.invalidName, "a page cannot have this path", path: path) }
        let file = Manifest.File(path: path, size: bytes.count, digest: ContentHash.of(bytes), kind: kind)
        if isWhole, let before = old[path], before.size == file.size, before.digest == file.digest,
            let there = Files.entry("\(out.path)/\(path)"), there.kind == .file, there.size == file.size
        {
            return Offer(file: file, staged: nil)
        }
        try Files.write(bytes, to: "\(out.stagingPath)/\(number)", durable: durable)
        return Offer(file: file, staged: number)
    }

    /// Puts the offered files in place, and removes those the old manifest had beyond them.
    ///
    /// - Parameter keeping: files of the old manifest that stay though they were not offered.
    /// - Throws: ``SiteError`` `collision` when two offers have one path, `file` when folders cannot be
    ///   made (both before anything is published), `interrupted` after that.
    func commit(_ offers: [Offer], keeping: [Manifest.File] = []) throws(SiteError) -> Outcome {
        let manifest = Manifest(files: offers.map(\.file) + keeping)
        for (one, next) in zip(manifest.files, manifest.files.dropFirst()) where one.path.utf8.elementsEqual(next.path.utf8) {
            throw SiteError(.collision, "two pages would have one path", path: one.path)
        }
        var folders = FolderTree(root: out.path)
        let staged = offers.filter { $0.staged != nil }
            .sorted { ($0.file.kind, $0.staged ?? 0) < ($1.file.kind, $1.staged ?? 0) }
        for offer in staged { try folders.make(above: offer.file.path) }
        let listed = Set(manifest.files.map(\.path))
        let stale = old.keys.filter { !listed.contains($0) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var outcome = Outcome(written: staged.count, unchanged: offers.count - staged.count, removed: 0)
        if staged.isEmpty, stale.isEmpty, isWhole, Files.entry(out.manifestPath) != nil {
            out.clearStaging()
            return outcome
        }
        try Files.write(manifest.bytes, to: out.journalPath, mode: 0o600, durable: durable)
        for offer in staged {
            let target = "\(out.path)/\(offer.file.path)"
            guard rename("\(out.stagingPath)/\(offer.staged ?? 0)", target) == 0 else {
                throw interrupted("cannot put the file in place", target)
            }
        }
        for path in stale where folders.isReal(above: path) {
            if unlink("\(out.path)/\(path)") == 0 {
                outcome.removed += 1
                folders.removeEmpty(above: path)
            } else if errno != ENOENT {
                throw interrupted("cannot remove the file", "\(out.path)/\(path)")
            }
        }
        guard rename(out.journalPath, out.manifestPath) == 0 else {
            throw interrupted("cannot put the manifest in place", out.manifestPath)
        }
        out.clearStaging()
        return outcome
    }

    private func interrupted(_ what: String, _ path: String) -> SiteError {
        var error = Files.failure(what, path, code: .interrupted)
        error.hint = "the site is partly new; build again when this is mended, and every file will be written anew"
        return error
    }
}
