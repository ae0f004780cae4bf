import Foundation

/// Two folders that should hold the same files.
enum FolderComparison {
    /// The names of files that are in one alone, or have other bytes, sorted. What starts with a dot does not count.
    static func differing(_ one: String, _ other: String) throws -> [String] {
        let names = try Set(files(one)).union(files(other)).sorted()
        return names.filter { !FileManager.default.contentsEqual(atPath: "\(one)/\($0)", andPath: "\(other)/\($0)") }
    }

    private static func files(_ folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
            var isFolder: ObjCBool = false
            return name.first != "." && FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }
}
