/// Rendered Markdown: safe HTML, and the places in it that name files of the shop.
package struct Prose: Hashable, Sendable {
    /// A place in ``html`` that another layer may want to rewrite.
    package struct Reference: Hashable, Sendable {
        package enum Kind: Sendable {
            /// The source of an `<img>`.
            case image
            /// The target of an `<a>`.
            case link
        }

        package let kind: Kind
        /// The file, relative to the shop folder (`content/products/lamp/table.png`), or, for a link that names
        /// no file (`/pages/terms/`), the target as written.
        package let path: String
        /// What follows the path: `#fragment`, or empty.
        package let suffix: String
        /// Byte offsets in ``html`` of the attribute's value, between the quotes.
        package let range: Range<Int>
    }

    /// UTF-8, trusted: raw HTML of the author has been dropped.
    package let html: [UInt8]
    /// In the order of their places; only targets without a scheme or host.
    package let references: [Reference]
    package let headings: [Heading]

    package init(html: [UInt8] = [], references: [Reference] = [], headings: [Heading] = []) {
        self.html = html
        self.references = references
        self.headings = headings
    }

    /// ``html`` with each reference's value replaced by what `target` answers (escaped here); nil leaves it as written.
    package func resolved(_ target: (Reference) -> String?) -> [UInt8] {
        guard !references.isEmpty else { return html }
        var out: [UInt8] = []
        out.reserveCapacity(html.count + references.count * 24)
        var position = 0
        for reference in references {
            guard let value = target(reference) else { continue }
            out += html[position..<reference.range.lowerBound]
            HTMLEscape.append(value, to: &out)
            position = reference.range.upperBound
        }
        out += html[position...]
        return out
    }
}

/// A heading of a text, for a table of contents.
package struct Heading: Hashable, Sendable {
    /// 1…6.
    package let level: Int
    /// The `id` of its element; unique in the text.
    package let id: String
    /// Plain text.
    package let title: String
}
