import ArgumentParser
import Foundation
import Storefront
import Templates

/// `keyfront template`: single templates.
struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Works on single templates.", subcommands: [Render.self, ModelCommand.self])

    /// `keyfront template render`: one Mustache file with data.
    struct Render: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "render", abstract: "Renders one Mustache template with JSON data.",
            discussion: """
                Without --strict it follows the Mustache specification: a missing name or partial renders as nothing. With it, \
                either is an error with its place. A partial «a/b» is the file a/b, a/b.mustache, a/b.html or a/b.txt below --partials. \
                A template whose name ends in .txt is not escaped.
                """)

        @Argument(help: "The template's file.")
        var file: String

        @Option(help: "The data as JSON: a file, or - for standard input.")
        var data: String

        @Option(help: "The folder with the partials.")
        var partials: String?

        @Flag(help: "Refuse a name or a partial that is missing.")
        var strict = false

        @OptionGroup var options: ShopOptions

        func run() throws {
            let text = String(decoding: try InputFile.read(file), as: UTF8.self)
            let value = try Value(json: try InputFile.read(data))
            let rendered = try TemplateSet.renderFile(
                path: file, text: text, data: value, partials: try partials.map(Self.sources) ?? [:], strict: strict)
            if options.json {
                try Console.print(json: ["output": String(decoding: rendered, as: UTF8.self)])
            } else {
                Console.print(bytes: rendered)
            }
        }

        /// Every file below the folder, under its path without its ending, and under its whole path.
        private static func sources(_ folder: String) throws -> [String: TemplateSource] {
            var found: [String: TemplateSource] = [:]
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
                guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { continue }
                let source = TemplateSource(path: "\(folder)/\(path)", text: String(decoding: data, as: UTF8.self))
                found[path] = source
                for ending in [".mustache", ".html", ".txt"] where path.hasSuffix(ending) {
                    found[String(path.dropLast(ending.count))] = source
                }
            }
            return found
        }
    }
}
