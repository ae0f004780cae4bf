import Glibc

/// The folder a site is published into, and what we keep in its hidden `.keyfront` folder.
///
/// It is ours when it is empty (a `.gitignore` does not count) or has our manifest. Anything else is
/// refused: a mistyped `--out` never costs somebody their files.
struct OutFolder: Sendable {
    let path: String

    var control: String { path + "/.keyfront" }
    var manifestPath: String { control + "/manifest" }
    /// The manifest of a publication under way; found at start, it tells that the last one was cut off.
    var journalPath: String { control + "/manifest.next" }
    var stagingPath: String { control + "/staging" }
    var lockPath: String { control + "/lock" }
    /// What the last build knew of its sources; see ``BuildCache``.
    var cachePath: String { control + "/cache" }
    /// Where a first publication is staged.
    var treePath: String { stagingPath + "/tree" }

    /// What the last publication left.
    struct State {
        /// Every file that may be there and is ours; sorted by the bytes of their paths.
        var files: [Manifest.File]
        /// False after an interrupted publication: what the files hold is then not known.
        var isWhole: Bool
        var isPublished: Bool
    }

    /// Makes the folder if it is missing, and looks whether it is ours.
    ///
    /// - Throws: ``SiteError`` `foreignFolder` when it is not, `file` when it cannot be made or read.
    init(claiming path: String) throws(SiteError) {
        self.path = path
        try Files.makeFolders(path)
        guard let names = Files.names(in: path) else { throw Files.failure("cannot read the folder", path) }
        let others = names.map(\.name).filter { $0 != ".gitignore" && $0 != ".keyfront" }
        let kept = Files.entry(control)
        if let kept, kept.kind != .folder {
            throw SiteError(.foreignFolder, "a file or link stands where our own folder should be", hint: "remove it", path: control)
        }
        let ours = Files.entry(manifestPath)?.kind == .file || Files.entry(journalPath)?.kind == .file
        if !ours, let other = others.first {
            throw SiteError(
                .foreignFolder, "the folder holds “\(other)”, and was not written by keyfront",
                hint: "choose an empty folder with --out; nothing was changed", path: path)
        }
        if kept == nil { try Files.makeFolders(control, mode: 0o700) }
    }

    /// Reads the manifest, and the journal if the last publication was cut off. Call it with the lock held.
    ///
    /// - Throws: ``SiteError`` `foreignFolder` when the manifest is damaged.
    func state() throws(SiteError) -> State {
        var manifests: [Manifest] = []
        for path in [manifestPath, journalPath] where Files.entry(path)?.kind == .file {
            guard let manifest = Manifest(bytes: try Files.read(path)) else {
                // The journal is written before anything is moved: if it is cut short, nothing was moved.
                if path == journalPath { continue }
                throw SiteError(
                    .foreignFolder, "the manifest is damaged, so it cannot be told which files are ours",
                    hint: "delete the folder and build again", path: path)
            }
            manifests.append(manifest)
        }
        let interrupted = Files.entry(journalPath) != nil
        // Both list most files; the later manifest's word counts, though nothing is trusted then.
        var files = manifests.first?.files ?? []
        if manifests.count > 1 {
            var byPath = manifests[0].byPath()
            for file in manifests[1].files { byPath[file.path] = file }
            files = Manifest(files: Array(byPath.values)).files
        }
        return State(
            files: files, isWhole: !interrupted, isPublished: Files.entry(manifestPath)?.kind == .file)
    }

    /// Empties the staging folder, making it if needed.
    func prepareStaging() throws(SiteError) {
        clearStaging()
        try Files.makeFolders(stagingPath, mode: 0o700)
    }

    /// Removes the staging folder with all that was staged and not published.
    func clearStaging() {
        Files.removeTree(stagingPath)
    }
}
