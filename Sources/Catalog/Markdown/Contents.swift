/// A line of a table of contents.
package struct ContentsEntry: Hashable, Sendable {
    package let title: String
    /// The `id` of the heading.
    package let id: String
    /// The headings of level 3 below one of level 2.
    package let children: [ContentsEntry]

    package init(title: String, id: String, children: [ContentsEntry] = []) {
        self.title = title
        self.id = id
        self.children = children
    }
}

extension Prose {
    /// The headings of levels 2 and 3, nested, in the order of the text. One of level 3 that has none of level 2 before it stands for itself.
    package var contents: [ContentsEntry] {
        var entries: [ContentsEntry] = []
        var hasParent = false
        for heading in headings where heading.level == 2 || heading.level == 3 {
            let entry = ContentsEntry(title: heading.title, id: heading.id)
            if heading.level == 3, hasParent, let parent = entries.popLast() {
                entries.append(ContentsEntry(title: parent.title, id: parent.id, children: parent.children + [entry]))
            } else {
                entries.append(entry)
                hasParent = heading.level == 2
            }
        }
        return entries
    }
}
