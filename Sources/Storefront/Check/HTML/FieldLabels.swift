/// Whether every field of a form has a label, and every reference from one element to another leads to one (WCAG 2.2, 1.3.1 and 4.1.2).
struct FieldLabels {
    private struct Field {
        var name: String
        var id: String?
        var isLabelled: Bool
        var place: HTMLPlace
    }

    private struct Reference {
        var attribute: String
        var id: String
        var place: HTMLPlace
    }

    private var fields: [Field] = []
    private var labelled: Set<String> = []
    private var references: [Reference] = []

    private static let single: Set<String> = ["for", "list", "form", "popovertarget", "commandfor"]
    private static let several: Set<String> = [
        "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "headers",
    ]
    private static let withoutLabel: Set<String> = ["hidden", "submit", "reset", "button", "image"]

    mutating func note(_ name: String, _ attributes: [HTMLToken.Attribute], _ place: HTMLPlace, open: [PageReader.Open]) {
        for attribute in attributes {
            if Self.single.contains(attribute.name) {
                references.append(Reference(attribute: attribute.name, id: attribute.value, place: place))
            } else if Self.several.contains(attribute.name) {
                for id in attribute.value.split(whereSeparator: \.isWhitespace) {
                    references.append(Reference(attribute: attribute.name, id: String(id), place: place))
                }
            }
        }
        if name == "label", let id = attributes["for"] { labelled.insert(id) }
        let type = attributes["type"]?.lowercased() ?? "text"
        guard name == "select" || name == "textarea" || name == "input" && !Self.withoutLabel.contains(type) else { return }
        let isLabelled =
            open.contains { $0.name == "label" } || !(attributes["aria-label"] ?? "").isEmpty || attributes["aria-labelledby"] != nil
            || !(attributes["title"] ?? "").isEmpty
        fields.append(Field(name: name, id: attributes["id"], isLabelled: isLabelled, place: place))
    }

    func faults(ids: Set<String>) -> [HTMLFault] {
        let bare = fields.filter { field in !field.isLabelled && !(field.id.map(labelled.contains) ?? false) }.map { field in
            HTMLFault(
                rule: "html.label", message: "<\(field.name)> has no label",
                hint: "put it into a <label>, or name its id in for=\"…\" of one; WCAG 2.2, 1.3.1",
                place: field.place)
        }
        let lost = references.filter { !ids.contains($0.id) }.map { reference in
            HTMLFault(
                rule: "html.reference", message: "\(reference.attribute)=\"\(reference.id)\": the page has no element with this id",
                hint: nil,
                place: reference.place)
        }
        return bare + lost
    }
}

/// Whether headings go down a level at a time, so that a screen reader's outline has no holes.
struct HeadingOrder {
    private(set) var faults: [HTMLFault] = []
    private var last = 0

    mutating func note(_ name: String, _ place: HTMLPlace) {
        let level = Int(name.dropFirst()) ?? 1
        if last > 0, level > last + 1 {
            faults.append(
                HTMLFault(
                    rule: "html.heading", message: "<\(name)> follows <h\(last)>: a level is left out", hint: "WCAG 2.2, 1.3.1",
                    place: place,
                    isWarning: true))
        }
        last = level
    }
}
