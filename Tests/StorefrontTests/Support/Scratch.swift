import Foundation

@testable import Storefront

/// A folder of its own for one test, removed at its end.
final class Scratch {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "storefront-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        try write(name, Array(text.utf8))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let target = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: target))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(name)")
    }

    /// Every file below a folder with its bytes, hidden ones as well; not the lock.
    func snapshot(_ folder: String) throws -> [String: Data] {
        var found: [String: Data] = [:]
        let root = "\(path)/\(folder)"
        for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder), !isFolder.boolValue,
                name != ".keyfront/lock"
            else { continue }
            found[name] = try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(name)"))
        }
        return found
    }
}
