import Catalog
import Glibc

/// One change of a published site, all or nothing.
///
/// Files are *offered* while the old site stands: those that differ go to a staging folder on the same
/// file system. ``commit(_:keeping:)`` then renames them into place, assets first, pages last, removes
/// what is no longer listed, and replaces the manifest as the last step. Whatever fails before the
/// commit has changed nothing. If the machine stops in the middle of it, the journal makes the next
/// build write every file again. A first publication is staged as a tree and moved folder by folder.
struct Publication: Sendable {
    /// A file of the new site, and the number under which its bytes are staged; nil: they are in place.
    struct Offer: Sendable {
        var file: Manifest.File
        var staged: Int?
        /// The digest of all that the file was made from; 0 when nobody keeps it.
        var key: UInt64 = 0
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
    /// Sorted by the bytes of their paths, each path once.
    private let old: [Manifest.File]
    private let places: [String: Int]
    private let isWhole: Bool
    private let tree: StagingTree?
    private let root: FolderHandle
    private let profile: Profile?

    /// - Parameters:
    ///   - out: with its lock held for as long as the publication is used.
    ///   - trusting: whether files whose digest and size agree with the manifest are left as they are.
    init(_ out: OutFolder, state: OutFolder.State, trusting: Bool, durable: Bool = false, profile: Profile? = nil) throws(SiteError) {
        self.out = out
        self.durable = durable
        self.profile = profile
        isWhole = state.isWhole && trusting
        root = FolderHandle(out.path)
        old = state.files
        var places: [String: Int] = Dictionary(minimumCapacity: old.count)
        for (place, file) in old.enumerated() { places[file.path] = place }
        self.places = places
        try out.prepareStaging()
        tree = state.isWhole && !state.isPublished ? try StagingTree(making: out.treePath) : nil
    }

    /// The file that stands at a path as the manifest says, or nil: also when somebody removed it or changed its size.
    func standing(_ path: String) -> Manifest.File? {
        guard isWhole, let place = places[path], old[place].path.hasBytes(of: path),
            root.size(path) == old[place].size
        else { return nil }
        return old[place]
    }

    /// Offers a file of the new site. May be called from many threads, with different numbers.
    ///
    /// - Parameters:
    ///   - number: of no other file of this publication.
    ///   - key: kept with the offer.
    /// - Throws: ``SiteError`` `file` when it cannot be staged, `invalidName` for a path that leads outside, `collision` when a
    ///   first publication has the path already.
    func offer(_ bytes: [UInt8], path: String, kind: Manifest.Kind, number: Int, key: UInt64 = 0) throws(SiteError) -> Offer {
        try profile.measure(.write) { () throws(SiteError) in
            try stage(bytes, path: path, kind: kind, number: number, key: key)
        }
    }

    private func stage(_ bytes: [UInt8], path: String, kind: Manifest.Kind, number: Int, key: UInt64) throws(SiteError) -> Offer {
        guard SitePath.isInside(path) else { throw SiteError(.invalidName, "a page cannot have this path", path: path) }
        let file = Manifest.File(path: path, size: bytes.count, digest: ContentHash.of(bytes), kind: kind)
        if let tree {
            try tree.write(bytes, to: path, durable: durable)
            return Offer(file: file, staged: number, key: key)
        }
        if let before = standing(path), before.size == file.size, before.digest == file.digest {
            return Offer(file: file, staged: nil, key: key)
        }
        try Files.write(bytes, to: "\(out.stagingPath)/\(number)", durable: durable)
        return Offer(file: file, staged: number, key: key)
    }

    /// Puts the offered files in place, and removes those the old manifest had beyond them.
    ///
    /// - Parameter keeping: files of the old manifest that stay though they were not offered.
    /// - Throws: ``SiteError`` `collision` when two offers have one path, `file` when folders cannot be
    ///   made (both before anything is published), `interrupted` after that.
    func commit(_ offers: [Offer], keeping: [Manifest.File] = []) throws(SiteError) -> Outcome {
        let manifest = Manifest(files: offers.map(\.file) + keeping)
        for (one, next) in zip(manifest.files, manifest.files.dropFirst()) where one.path.hasBytes(of: next.path) {
            throw SiteError(.collision, "two pages would have one path", path: one.path)
        }
        let staged = offers.filter { $0.staged != nil }
        let stale = stale(manifest.files)
        var outcome = Outcome(written: staged.count, unchanged: offers.count - staged.count, removed: 0)
        if staged.isEmpty, stale.isEmpty, isWhole, Files.entry(out.manifestPath) != nil {
            out.clearStaging()
            return outcome
        }
        var folders = FolderTree(root: out.path)
        if tree == nil { for offer in staged { try folders.make(above: offer.file.path) } }
        try Files.write(manifest.bytes, to: out.journalPath, mode: 0o600, durable: durable)
        if let tree { try move(tree) } else { try move(staged) }
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

    private func move(_ tree: StagingTree) throws(SiteError) {
        for name in tree.names() {
            let target = "\(out.path)/\(name)"
            guard rename("\(tree.path)/\(name)", target) == 0 else { throw interrupted("cannot put it in place", target) }
        }
    }

    private func move(_ staged: [Offer]) throws(SiteError) {
        for offer in staged.sorted(by: { ($0.file.kind, $0.staged ?? 0) < ($1.file.kind, $1.staged ?? 0) }) {
            let target = "\(out.path)/\(offer.file.path)"
            guard rename("\(out.stagingPath)/\(offer.staged ?? 0)", target) == 0 else {
                throw interrupted("cannot put the file in place", target)
            }
        }
    }

    /// The paths of the old files that the new ones lack; both are sorted.
    private func stale(_ files: [Manifest.File]) -> [String] {
        var stale: [String] = []
        var at = 0
        for file in old {
            while at < files.count, files[at].path.precedesByBytes(file.path) { at += 1 }
            if at == files.count || file.path.precedesByBytes(files[at].path) { stale.append(file.path) }
        }
        return stale
    }

    private func interrupted(_ what: String, _ path: String) -> SiteError {
        var error = Files.failure(what, path, code: .interrupted)
        error.hint = "the site is partly new; build again when this is mended, and every file will be written anew"
        return error
    }
}
