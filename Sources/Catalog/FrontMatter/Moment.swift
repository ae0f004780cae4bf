/// Moments as merchants write them: `2026-12-01` (midnight UTC) or `2026-12-01T09:30:00+08:00`.
enum Moment {
    /// Reads a date, or a date and time with an offset, of ISO 8601 (RFC 3339).
    ///
    /// - Returns: unix seconds.
    /// - Throws: ``CatalogError`` `.moment`, also for a time without an offset and a day that no month has.
    static func parse(_ text: String) throws(CatalogError) -> Int64 {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, let year = number(bytes, 0, 4), bytes[4] == dash, let month = number(bytes, 5, 2), bytes[7] == dash,
            let day = number(bytes, 8, 2), (1...12).contains(month), day >= 1, day <= days(month, year)
        else { throw refusal(text) }
        var seconds = daysSinceEpoch(year, month, day) * 86_400
        if bytes.count == 10 { return seconds }
        guard bytes[10] == UInt8(ascii: "T"), bytes.count >= 16, let hour = number(bytes, 11, 2), bytes[13] == colon,
            let minute = number(bytes, 14, 2), hour < 24, minute < 60
        else { throw refusal(text) }
        seconds += Int64(hour * 3600 + minute * 60)
        var rest = bytes[16...]
        if rest.first == colon {
            guard let second = number(bytes, 17, 2), second < 60 else { throw refusal(text) }
            seconds += Int64(second)
            rest = bytes[19...]
        }
        if rest.isEmpty { throw CatalogError(.moment, "“\(text)” has no time zone", hint: "add Z, or an offset such as +08:00") }
        if rest.elementsEqual([UInt8(ascii: "Z")]) { return seconds }
        guard rest.count == 6, let sign = rest.first, sign == dash || sign == UInt8(ascii: "+"),
            let hours = number(bytes, rest.startIndex + 1, 2), bytes[rest.startIndex + 3] == colon,
            let minutes = number(bytes, rest.startIndex + 4, 2), hours < 24, minutes < 60
        else { throw refusal(text) }
        let offset = Int64(hours * 3600 + minutes * 60)
        return sign == dash ? seconds + offset : seconds - offset
    }

    private static let dash = UInt8(ascii: "-")
    private static let colon = UInt8(ascii: ":")

    private static func refusal(_ text: String) -> CatalogError {
        CatalogError(.moment, "“\(text)” is not a date", hint: "write 2026-12-01 or 2026-12-01T09:30:00+08:00")
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
        guard start + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[start..<(start + count)] {
            guard isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar; years begin in March so that the leap day is last.
    private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }
}
