import ArgumentParser
import Storefront

/// `keyfront template model`: what a template may ask for.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Prints the names that a template may use; without one, the templates there are.",
        discussion: """
            A name ending in [] is a list: {{#products}}{{title}}{{/products}} for products[].title. A text is written with {{name}}, \
            a flag is asked for with {{#name}} or {{^name}}. docs/page-models.md says what each of them means.
            """)

    @Argument(help: "The template: product, or pages/product.")
    var template: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    @Flag(help: .hidden)
    var document = false

    func run() throws {
        if document { return Console.print(bytes: Array(PageNames.document.utf8)) }
        guard let template else {
            let names = PageNames.all.map(\.template)
            return json ? try Console.print(json: names) : names.forEach(Console.print)
        }
        guard let names = PageNames.of(template) else { throw UnknownTemplate(name: template) }
        guard json else { return Console.print(bytes: Array(PageNames.table(names.rows).utf8)) }
        try Console.print(
            json: ModelOutcome(template: names.template, names: names.rows.map { .init(name: $0.name, kind: $0.kind.rawValue) }))
    }
}

/// What `template model NAME --json` prints.
private struct ModelOutcome: Encodable {
    struct Name: Encodable {
        let name: String
        let kind: String
    }
    let template: String
    let names: [Name]
}

/// A template that no page is made from.
struct UnknownTemplate: Error, CustomStringConvertible {
    let name: String

    var description: String {
        "“\(name)” is no template with a model\n  hint: known are \(PageNames.all.map(\.template).joined(separator: ", "))"
    }
}
