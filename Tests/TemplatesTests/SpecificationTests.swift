import Foundation
import Testing

@testable import Templates

/// The published Mustache specification's own cases, from outside the repository.
///
/// The folder is `KEYFRONT_MUSTACHE_SPEC`, or `../shared/mustache-spec` beside the package. Under `CI=true`
/// a missing folder fails.
enum Specification {
    struct Case: Sendable, CustomTestStringConvertible {
        let module: String
        let fields: Record

        var testDescription: String { "\(module): \(text("name"))" }

        func text(_ key: Key) -> String {
            if case .text(let text)? = fields[key] { text } else { "" }
        }

        var partials: [String: TemplateSource] {
            guard case .record(let partials)? = fields["partials"] else { return [:] }
            return Dictionary(
                uniqueKeysWithValues: partials.names.map { name in
                    guard case .text(let text)? = partials[Key(name)] else { return (name, TemplateSource(path: name, text: "")) }
                    return (name, TemplateSource(path: name, text: text))
                })
        }
    }

    static let environment = ProcessInfo.processInfo.environment
    static let folder: URL? = {
        let beside = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "../shared/mustache-spec")
        let folder = environment["KEYFRONT_MUSTACHE_SPEC"].map { URL(filePath: $0) } ?? beside
        return environment["KEYFRONT_MUSTACHE_SPEC"] != nil || FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static let modules = ["comments", "delimiters", "dynamic-names", "inheritance", "interpolation", "inverted", "partials", "sections"]

    static func cases(of module: String) throws -> [Case] {
        let folder = try #require(folder, "set KEYFRONT_MUSTACHE_SPEC to the folder of the specification's cases")
        let path = folder.appending(path: "\(module).json")
        let file = try Value(json: Array(Data(contentsOf: path)), path: path.path)
        guard case .record(let record) = file, case .list(let tests)? = record["tests"] else { return [] }
        return tests.compactMap { if case .record(let fields) = $0 { Case(module: module, fields: fields) } else { nil } }
    }
}

@Suite("The Mustache specification", .enabled(if: Specification.folder != nil || Specification.environment["CI"] == "true"))
struct SpecificationTests {
    @Test("Every case of a module renders the expected bytes", arguments: Specification.modules)
    func module(_ name: String) throws {
        let cases = try Specification.cases(of: name)
        #expect(cases.count >= 10)
        for specified in cases {
            let bytes = try TemplateSet.renderFile(
                path: specified.text("name"), text: specified.text("template"), data: specified.fields["data"] ?? [:],
                partials: specified.partials, strict: false)
            #expect(String(decoding: bytes, as: UTF8.self) == specified.text("expected"), "\(specified.testDescription)")
        }
    }
}
