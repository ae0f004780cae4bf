import Catalog

/// What `build --profile` prints.
enum ProfileTable {
    /// Templates shown at most.
    private static let shown = 8

    /// One line each: the phases in their order, then the templates that took most.
    static func lines(_ profile: Profile) -> [String] {
        var lines = ["where the time went, over all threads:"]
        for phase in Profile.Phase.allCases { lines.append(line(phase.name, profile[phase])) }
        let templates = profile.templates
        if !templates.isEmpty { lines.append("slowest templates:") }
        for template in templates.prefix(shown) { lines.append(line(template.name, template.share)) }
        return lines
    }

    private static func line(_ name: String, _ share: Profile.Share) -> String {
        let label = "  " + name + String(repeating: " ", count: max(1, 24 - name.count))
        let time = decimal(share.nanoseconds / 1000, 3)
        let each = share.count == 0 ? "0.0" : decimal(share.nanoseconds / UInt64(share.count) / 100, 1)
        return "\(label)\(padded(time, 10)) ms \(padded(String(share.count), 9)) times \(padded(each, 10)) µs each"
    }

    /// A whole number of the smallest unit with a decimal point before its last digits.
    private static func decimal(_ value: UInt64, _ places: Int) -> String {
        let digits = String(value)
        let long = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return "\(long.dropLast(places)).\(long.suffix(places))"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
