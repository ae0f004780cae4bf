/// Finds the word that somebody probably meant.
enum Suggestion {
    /// `did you mean “stripe”?` for the nearest word, if one is near; else the list of all.
    static func hint(for word: String, among words: [String]) -> String {
        let near = words.map { (distance(Array(word.utf8), Array($0.utf8)), $0) }.min { $0.0 < $1.0 }
        if let near, near.0 <= max(1, word.utf8.count / 3) { return "did you mean “\(near.1)”?" }
        return "known: \(words.joined(separator: ", "))"
    }

    /// How many bytes must be changed, added or dropped (Levenshtein), of words up to 64 bytes.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard left.count <= 64, right.count <= 64 else { return .max }
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let cost = min(diagonal + (a == b ? 0 : 1), row[j] + 1, row[j + 1] + 1)
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[right.count]
    }
}
