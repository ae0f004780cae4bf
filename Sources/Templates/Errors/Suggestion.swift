/// The nearest of the names that would have been right.
enum Suggestion {
    /// “did you mean “price”?”, or nil where nothing is near.
    static func hint(for name: String, among candidates: some Sequence<String>) -> String? {
        nearest(to: name, among: candidates).map { "did you mean “\($0)”?" }
    }

    /// Near is at most a third of the longer name's letters changed; of equally near ones the first by bytes.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(name.unicodeScalars)
        var best: (distance: Int, name: String)?
        for candidate in candidates.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let letters = Array(candidate.unicodeScalars)
            let allowed = max(1, max(letters.count, wanted.count) / 3)
            guard abs(letters.count - wanted.count) <= allowed else { continue }
            let found = distance(wanted, letters)
            if found <= allowed, found < best?.distance ?? .max { best = (found, candidate) }
        }
        return best?.name
    }

    /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
