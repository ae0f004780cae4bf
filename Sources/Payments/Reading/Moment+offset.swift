/// Moments that carry the distance of a local clock from UTC: `2026-11-17T19:59:54+08:00`.
extension Moment {
    /// Reads RFC 3339 with `Z`, `+hh:mm` or `-hh:mm`; nil for another form or a date that does not exist.
    static func zonedSeconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 25, bytes.last != UInt8(ascii: "Z") else { return seconds(text) }
        let zone = Array(bytes.suffix(6))
        guard zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"), zone[3] == UInt8(ascii: ":"),
            let hours = Field.seconds(String(decoding: zone[1...2], as: UTF8.self)), hours < 24,
            let minutes = Field.seconds(String(decoding: zone[4...5], as: UTF8.self)), minutes < 60,
            let local = seconds(String(decoding: bytes.dropLast(6) + [UInt8(ascii: "Z")], as: UTF8.self))
        else { return nil }
        let distance = hours * 3_600 + minutes * 60
        return zone[0] == UInt8(ascii: "+") ? local - distance : local + distance
    }
}
