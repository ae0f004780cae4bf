/// Gives each heading of a text an `id` of its own, the same on every build.
struct HeadingIDs {
    private var used: Set<String> = []
    private var counts: [String: Int] = [:]

    /// The slug of `title` (of any script); `section` when nothing of it is left; with `-2`, `-3`, … when taken.
    mutating func next(_ title: String) -> String {
        let slug = Slug.make(title)
        let base = slug.isEmpty ? "section" : slug
        if used.insert(base).inserted { return base }
        var number = counts[base] ?? 1
        repeat { number += 1 } while !used.insert("\(base)-\(number)").inserted
        counts[base] = number
        return "\(base)-\(number)"
    }
}
