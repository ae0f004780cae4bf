/// “Did you mean …?”
enum Suggestion {
    /// A hint with the known word nearest to `word`, or, when none is near, the list of all.
    static func hint(_ word: String, among known: [String], all: String = "known") -> String? {
        if let near = nearest(word, among: known) { return "did you mean “\(near)”?" }
        return known.isEmpty ? nil : "\(all): \(known.joined(separator: ", "))"
    }

    /// The known word with the fewest edits, if they are few for its length; the first of equals.
    static func nearest(_ word: String, among known: [String]) -> String? {
        let lowered = word.lowercased().map { $0 == "-" ? "_" : $0 }
        guard lowered.count <= 64 else { return nil }
        var best: (distance: Int, word: String)?
        for candidate in known {
            let letters = candidate.lowercased().map { $0 == "-" ? "_" : $0 }
            let allowed = max(1, min(lowered.count, letters.count) / 3)
            guard abs(letters.count - lowered.count) <= allowed else { continue }
            let distance = edits(lowered, letters)
            if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    static func edits(_ a: [Character], _ b: [Character]) -> Int {
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var before: [Int] = []
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var cost = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
                row.append(cost)
            }
            before = last
            last = row
        }
        return last[b.count]
    }
}
