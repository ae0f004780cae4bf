import Glibc

/// The folders below the out folder as far as they have been looked at: no symbolic link is followed.
struct FolderTree {
    let root: String
    private var real: Set<String> = []

    init(root: String) {
        self.root = root
    }

    /// Makes the folders above a file.
    ///
    /// - Throws: ``SiteError`` `file` when one cannot be made, or a file or link stands in its place.
    mutating func make(above path: String) throws(SiteError) {
        guard let folder = Self.folder(above: path), !real.contains(folder) else { return }
        try make(above: folder)
        if mkdir("\(root)/\(folder)", 0o755) != 0 {
            guard errno == EEXIST else { throw Files.failure("cannot make the folder", "\(root)/\(folder)") }
            guard Files.entry("\(root)/\(folder)")?.kind == .folder else {
                throw SiteError(.file, "a file or link stands where a folder is needed", hint: "remove it", path: "\(root)/\(folder)")
            }
        }
        real.insert(folder)
    }

    /// Whether every folder above a file is there and is a folder, not a link to one.
    mutating func isReal(above path: String) -> Bool {
        guard let folder = Self.folder(above: path) else { return true }
        if real.contains(folder) { return true }
        guard isReal(above: folder), Files.entry("\(root)/\(folder)")?.kind == .folder else { return false }
        real.insert(folder)
        return true
    }

    /// Removes the folders above a removed file that are empty now.
    mutating func removeEmpty(above path: String) {
        var path = path
        while let folder = Self.folder(above: path), rmdir("\(root)/\(folder)") == 0 {
            real.remove(folder)
            path = folder
        }
    }

    private static func folder(above path: String) -> String? {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) }
    }
}
