/// Moments as Chinese gateways write them: `2026-11-17 19:59:56`, the clock of Beijing (UTC+8, no summer time).
extension Moment {
    /// nil for another form or a date that does not exist; a fraction is dropped.
    static func beijingSeconds(_ text: String) -> Int64? {
        var bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes[10] == UInt8(ascii: " ") else { return nil }
        bytes[10] = UInt8(ascii: "T")
        bytes.append(UInt8(ascii: "Z"))
        return seconds(String(decoding: bytes, as: UTF8.self)).map { $0 - 8 * 3_600 }
    }

    /// `2026-11-17`
    static func beijingDay(_ seconds: Int64) -> String { String(beijingText(seconds).prefix(10)) }

    /// `2026-11-17 19:59:56`
    static func beijingText(_ seconds: Int64) -> String {
        var bytes = Array(text(seconds + 8 * 3_600).utf8.dropLast())
        bytes[10] = UInt8(ascii: " ")
        return String(decoding: bytes, as: UTF8.self)
    }
}
