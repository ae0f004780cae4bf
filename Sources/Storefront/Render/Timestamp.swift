/// Moments as texts, in UTC (RFC 3339).
enum Timestamp {
    /// `2026-03-01T09:30:00Z`
    ///
    /// - Parameter seconds: since 1970, of the proleptic Gregorian calendar.
    static func text(_ seconds: Int64) -> String {
        let clock = seconds - floored(seconds, 86_400) * 86_400
        return "\(day(seconds))T\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60))Z"
    }

    /// `2026-03-01`
    static func day(_ seconds: Int64) -> String {
        // Years are counted from March, so that the leap day is the last; 400 years are 146,097 days.
        let days = floored(seconds, 86_400) + 719_468
        let era = floored(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let digits = String(year)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
            + "-\(two(month))-\(two(dayOfYear - (153 * shifted + 2) / 5 + 1))"
    }

    private static func floored(_ value: Int64, _ by: Int64) -> Int64 {
        value >= 0 ? value / by : -((by - 1 - value) / by)
    }

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : String(value) }
}
