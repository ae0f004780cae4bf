/// Where a shop's files are read from: a folder on disk, or a literal in memory.
enum ShopFolder: Sendable {
    /// An absolute or relative path.
    case disk(String)
    /// Files by their path in the shop folder.
    case memory([String: [UInt8]])
    /// A folder on disk whose every use is noted.
    case logged(String, SourceLog)

    /// A file longer than this is refused.
    static let largestFile = 8 << 20

    /// One name in a folder.
    struct Entry: Hashable, Sendable {
        enum Kind: Sendable { case file, folder, link }
        let name: String
        let kind: Kind
    }

    /// Why a file or folder could not be read.
    enum Refusal: Error, Equatable {
        case missing
        case tooLarge
        case notAFile
        case outside
        case system(Int32)

        /// For a diagnostic.
        var message: String {
            switch self {
            case .missing: "there is no such file"
            case .tooLarge: "the file is larger than 8 MiB"
            case .notAFile: "this is not a plain file"
            case .outside: "this link leads out of the shop's content"
            case .system(let code): "cannot be read: \(POSIXFiles.reason(code))"
            }
        }
    }

    /// The bytes of the file at `path` (relative to the shop folder).
    func read(_ path: String) throws(Refusal) -> [UInt8] {
        switch self {
        case .disk(let root): return try POSIXFiles.read(root + "/" + path, limit: Self.largestFile)
        case .memory(let files):
            guard let bytes = files[path] else { throw .missing }
            guard bytes.count <= Self.largestFile else { throw .tooLarge }
            return bytes
        case .logged(let root, let log):
            let bytes = try log.profile.measure(.read) { () throws(Refusal) in
                log.note(path, in: root)
                return try POSIXFiles.read(root + "/" + path, limit: Self.largestFile)
            }
            log.saw(ContentHash.of(bytes))
            return bytes
        }
    }

    /// The names in the folder at `path`, sorted by their bytes; nil when there is no such folder.
    func list(_ path: String) throws(Refusal) -> [Entry]? {
        switch self {
        case .disk(let root), .logged(let root, _):
            if case .logged(_, let log) = self { log.note(path, in: root) }
            return try POSIXFiles.list(root + "/" + path)?.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        case .memory(let files):
            var entries: Set<Entry> = []
            for file in files.keys where file.hasPrefix(path + "/") {
                let rest = file.dropFirst(path.count + 1)
                let name = rest.prefix { $0 != "/" }
                entries.insert(Entry(name: String(name), kind: name.count == rest.count ? .file : .folder))
            }
            return entries.isEmpty ? nil : entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        }
    }

    /// Whether `path` is a plain file that lies, links followed, inside `folder`; says why not.
    func check(_ path: String, inside folder: String) throws(Refusal) {
        switch self {
        case .disk(let root): try POSIXFiles.check(root + "/" + path, inside: root + "/" + folder)
        case .memory(let files): if files[path] == nil { throw .missing }
        case .logged(let root, let log):
            log.note(path, in: root)
            try POSIXFiles.check(root + "/" + path, inside: root + "/" + folder)
            log.saw(1)
        }
    }

    /// The first bytes of a file, at most `count`.
    func head(_ path: String, _ count: Int) throws(Refusal) -> [UInt8] {
        switch self {
        case .disk(let root): return try POSIXFiles.head(root + "/" + path, count)
        case .memory(let files):
            guard let bytes = files[path] else { throw .missing }
            return Array(bytes.prefix(count))
        case .logged(let root, let log):
            log.note(path, in: root)
            let bytes = try POSIXFiles.head(root + "/" + path, count)
            log.saw(ContentHash.of(bytes))
            return bytes
        }
    }

    /// Where the time goes, when somebody asks.
    var profile: Profile? { if case .logged(_, let log) = self { log.profile } else { nil } }

    /// The same folder with everything that is looked at noted; a folder in memory has nothing to note.
    func logged(_ log: SourceLog) -> ShopFolder {
        switch self {
        case .disk(let root), .logged(let root, _): .logged(root, log)
        case .memory: self
        }
    }
}
