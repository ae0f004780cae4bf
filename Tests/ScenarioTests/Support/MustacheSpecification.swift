import Foundation
import TestSupport

/// One file of the published Mustache specification.
struct MustacheSpecification: Decodable {
    struct Case: Decodable {
        let name: String
        let data: AnyJSON
        let template: String
        let partials: [String: String]?
        let expected: String
    }

    let tests: [Case]

    /// The specification's files: `KEYFRONT_MUSTACHE_SPEC`, else `../shared/mustache-spec`; without them, but never in CI, our own cases.
    static func files() throws -> [URL] {
        let environment = ProcessInfo.processInfo.environment
        let named = environment["KEYFRONT_MUSTACHE_SPEC"].map { URL(fileURLWithPath: $0) }
        let beside = Program.root.deletingLastPathComponent().appendingPathComponent("shared/mustache-spec")
        let own = Program.root.appendingPathComponent("Tests/Fixtures")
        let folders = [named ?? beside] + (environment["CI"] == nil && named == nil ? [own] : [])
        for folder in folders {
            let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
            let cases = files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
            if !cases.isEmpty { return cases }
        }
        throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: folders[0].path])
    }
}

/// Any JSON value, kept as its text.
struct AnyJSON: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            text = "null"
        } else if let value = try? container.decode(Bool.self) {
            text = value ? "true" : "false"
        } else if let value = try? container.decode(Decimal.self) {
            text = "\(value)"
        } else if let value = try? container.decode(String.self) {
            text = String(decoding: try JSONEncoder().encode([value]), as: UTF8.self).dropFirst().dropLast().description
        } else if let value = try? container.decode([AnyJSON].self) {
            text = "[" + value.map(\.text).joined(separator: ",") + "]"
        } else {
            let value = try container.decode([String: AnyJSON].self)
            let names = try value.keys.sorted().map { name in
                String(decoding: try JSONEncoder().encode([name]), as: UTF8.self).dropFirst().dropLast() + ":"
                    + (value[name]?.text ?? "null")
            }
            text = "{" + names.joined(separator: ",") + "}"
        }
    }
}

/// The names and bytes of every file below a folder.
struct Snapshot: Equatable {
    private let files: [String: Data]

    init(_ folder: String) throws {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
        }
        self.files = files
    }
}
