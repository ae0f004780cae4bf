/// What a buyer reads on a gateway's page, made fit for it.
enum Title {
    /// At most `bytes` bytes of UTF-8, cut between characters; `-` when nothing is left.
    static func shortened(_ text: String, to bytes: Int) -> String {
        var short = text
        while short.utf8.count > bytes { short.removeLast() }
        return short.isEmpty ? "-" : short
    }

    /// The same without the characters that gateways refuse or rewrite (`& = / \ < > " '`) and without control
    /// characters: a blank stands in for each. Neither a border between parameters nor markup is left in it.
    static func plain(_ text: String, to bytes: Int) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&", "=", "/", "\\", "<", ">", "\"", "'": scalars.append(" ")
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value): scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        let words = String(scalars).split(separator: " ").joined(separator: " ")
        return shortened(words, to: bytes)
    }
}
