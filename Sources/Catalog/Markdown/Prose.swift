/// Rendered Markdown: safe HTML, and the places in it that name files of the shop.
package struct Prose: Hashable, Sendable {
    /// A place in ``html`` that another layer may want to rewrite.
    package struct Reference: Hashable, Sendable {
        package enum Kind: Sendable {
            /// The source of an `<img>`.
            case image
            /// The target of an `<a>`.
            case link
            /// The source of a `<video>`.
            case film
            /// The target of an `<a>` that leads to where a SKU is bought; ``path`` is the SKU.
            case buy
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

    /// A place in ``html`` where somebody who knows it puts a price or a word.
    package struct Insert: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            /// What a SKU costs, as people read it.
            case price(sku: String)
            /// The text of a key of `templates/strings.yaml`.
            case word(String)
        }

        package let kind: Kind
        /// Byte offset in ``html``; nothing is replaced.
        package let offset: Int
    }

    /// UTF-8, trusted: raw HTML of the author has been dropped.
    package let html: [UInt8]
    /// In the order of their places; only targets without a scheme or host.
    package let references: [Reference]
    /// In the order of their places.
    package let inserts: [Insert]
    package let headings: [Heading]
    /// The SKUs that the text names. All of a catalogue's exist.
    package let mentions: [SKUMention]

    package init(
        html: [UInt8] = [], references: [Reference] = [], inserts: [Insert] = [], headings: [Heading] = [], mentions: [SKUMention] = []
    ) {
        self.html = html
        self.references = references
        self.inserts = inserts
        self.headings = headings
        self.mentions = mentions
    }

    /// The same, its SKUs named at one place: inside a YAML text there are no others.
    func mentioned(at place: SourceLocation, _ line: @autoclosure () -> String?) -> Prose {
        guard !mentions.isEmpty else { return self }
        let line = line()
        return Prose(
            html: html, references: references, inserts: inserts, headings: headings,
            mentions: mentions.map { SKUMention(sku: $0.sku, location: place, line: line) })
    }

    /// ``html`` with each reference's value replaced by what `target` answers; nil leaves it as written. Each insert becomes what
    /// `insert` answers. Both are plain text, escaped here.
    package func resolved(_ target: (Reference) -> String?, insert: (Insert.Kind) -> String = { _ in "" }) -> [UInt8] {
        guard !references.isEmpty || !inserts.isEmpty else { return html }
        var out: [UInt8] = []
        out.reserveCapacity(html.count + (references.count + inserts.count) * 24)
        var position = 0
        var next = inserts.startIndex
        func fill(upTo end: Int) {
            while next < inserts.endIndex, inserts[next].offset <= end {
                out += html[position..<inserts[next].offset]
                position = inserts[next].offset
                HTMLEscape.append(insert(inserts[next].kind), to: &out)
                next += 1
            }
        }
        for reference in references {
            fill(upTo: reference.range.lowerBound)
            guard let value = target(reference) else { continue }
            out += html[position..<reference.range.lowerBound]
            HTMLEscape.append(value, to: &out)
            position = reference.range.upperBound
        }
        fill(upTo: html.count)
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
