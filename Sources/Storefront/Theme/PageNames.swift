import Templates

/// The names that each template may use, as rows to read: `keyfront template model` and docs/page-models.md.
package struct PageNames: Sendable {
    /// One name: `product.images[].url`, where `[]` is an item of a list.
    package struct Row: Sendable, Equatable, Comparable {
        package let name: String
        /// What can be done with it.
        package let kind: Kind

        package static func < (one: Row, other: Row) -> Bool { one.name.utf8.lexicographicallyPrecedes(other.name.utf8) }
    }

    package enum Kind: String, Sendable {
        /// Written as `{{name}}`, or asked for with `{{#name}}`.
        case text
        /// Asked for with `{{#name}}` or `{{^name}}`.
        case flag
    }

    /// The template: `pages/product`, `account/order`, `mail/delivered` (for its three files).
    package let template: String
    /// Sorted by name.
    package let rows: [Row]

    /// Every template that has a model, sorted.
    package static let all: [PageNames] = {
        var found: [String: Model] = [:]
        for (name, model) in PageModels.all { found[mail(name)] = model }
        return found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { PageNames(template: $0.key, rows: rows($0.value)) }
    }()

    /// The names of one template.
    ///
    /// - Parameter name: `pages/product`, or its last part alone.
    /// - Returns: nil when there is no such template.
    package static func of(_ name: String) -> PageNames? {
        let wanted = mail(name.hasSuffix(".html") && !name.hasPrefix("mail/") ? String(name.dropLast(5)) : name)
        return all.first { $0.template == wanted } ?? all.first { $0.template.split(separator: "/").last.map(String.init) == wanted }
    }

    /// The names that every template of a folder has: `pages` for what all pages of the site share.
    package static func shared(_ folder: String) -> [Row] {
        let members = all.filter { $0.template.hasPrefix(folder + "/") }
        guard let first = members.first else { return [] }
        return first.rows.filter { row in members.allSatisfy { $0.rows.contains(row) } }
    }

    /// The rows in columns, a line each, with a line end after the last.
    package static func table(_ rows: [Row]) -> String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.kind.rawValue + "\n" }.joined()
    }

    /// What stands between the marks of docs/page-models.md: for each kind of template what all of them have, then
    /// what each has beyond that.
    package static var document: String {
        var out = ""
        for (folder, title) in [("pages", "every page of the site"), ("account", "every page of the daemon"), ("mail", "every mail")] {
            let shared = shared(folder)
            out += "### \(title)\n\n```\n\(table(shared))```\n\n"
            for names in all where names.template.hasPrefix(folder + "/") {
                let own = names.rows.filter { !shared.contains($0) }
                out += own.isEmpty ? "### \(names.template)\n\nNothing more.\n\n" : "### \(names.template)\n\n```\n\(table(own))```\n\n"
            }
        }
        for names in all where names.template == Cards.template { out += "### \(names.template)\n\n```\n\(table(names.rows))```\n\n" }
        return out
    }

    private static func mail(_ name: String) -> String {
        for ending in [".subject.txt", ".txt", ".html"] where name.hasPrefix("mail/") && name.hasSuffix(ending) {
            return String(name.dropLast(ending.count))
        }
        return name
    }

    private static func rows(_ model: Model) -> [Row] {
        var rows: [Row] = []
        func walk(_ model: Model, _ name: String) {
            switch model {
            case .text, .any: rows.append(Row(name: name, kind: .text))
            case .flag: rows.append(Row(name: name, kind: .flag))
            case .list(let item): walk(item, name + "[]")
            case .record(let fields):
                for (key, field) in fields { walk(field, name.isEmpty ? key : "\(name).\(key)") }
            }
        }
        walk(model, "")
        return rows.sorted()
    }
}
