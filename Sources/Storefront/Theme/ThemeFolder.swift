import Catalog

/// The files of a theme: the shop's own `templates/` laid over the folders it builds upon.
///
/// A shop overrides a single file by having one of the same path.
package struct ThemeFolder: Sendable {
    /// One file: its path within the theme, where it is, and how a diagnostic names it.
    struct File: Sendable {
        var path: String
        var location: String
        var shown: String
    }

    /// The folders, the strongest first.
    let folders: [String]
    /// Paths below it are shown without it.
    let shopFolder: String

    /// - Parameters:
    ///   - folders: the strongest first; those that do not exist are passed over.
    ///   - shopFolder: the folder that diagnostics name files in.
    package init(_ folders: [String], shopFolder: String) {
        self.folders = folders
        self.shopFolder = shopFolder
    }

    /// Every file of the theme, each path once, sorted.
    func files() -> [File] {
        var found: [String: File] = [:]
        for folder in folders.reversed() {
            for path in Files.tree(folder) {
                let location = "\(folder)/\(path)"
                let shown = location.hasPrefix(shopFolder + "/") ? String(location.dropFirst(shopFolder.count + 1)) : location
                found[path] = File(path: path, location: location, shown: shown)
            }
        }
        return found.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The digest of how every file looks from outside; 0 when one of them changed so shortly before `moment` that it may change
    /// again without looking different.
    func stamp(before moment: Int64, grain: Int64) -> UInt64 {
        var digester = Digester()
        for file in files() {
            let stamp = FileStamp(file.location)
            guard stamp.settled(before: moment, grain: grain) == stamp else { return 0 }
            digester.add(file.location)
            digester.add(stamp)
        }
        return max(1, digester.digest)
    }
}
