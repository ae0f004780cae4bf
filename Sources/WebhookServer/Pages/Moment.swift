/// Times as a buyer or a program reads them. Always UTC: where the reader is, nobody told us.
enum Moment {
    /// `2026-11-21 12:30 UTC`
    static func readable(_ unixSeconds: Int64) -> String {
        let (year, month, day, seconds) = parts(unixSeconds)
        return "\(year)-\(two(month))-\(two(day)) \(two(seconds / 3600)):\(two(seconds / 60 % 60)) UTC"
    }

    /// `2026-11-21`
    static func day(_ unixSeconds: Int64) -> String {
        let (year, month, day, _) = parts(unixSeconds)
        return "\(year)-\(two(month))-\(two(day))"
    }

    /// `2026-11-21T12:30:05Z` (RFC 3339)
    static func stamp(_ unixSeconds: Int64) -> String {
        let (year, month, day, seconds) = parts(unixSeconds)
        return "\(year)-\(two(month))-\(two(day))T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// Years are counted from 1 March, so that the leap day is the last of its year; an era has 400 years, 146,097 days.
    private static func parts(_ unixSeconds: Int64) -> (year: Int, month: Int, day: Int, seconds: Int) {
        let clamped = min(max(unixSeconds, 0), 253_402_300_799)
        let shifted = Int(clamped / 86_400) + 719_468
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + shifted / 146_097 * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, Int(clamped % 86_400))
    }
}
