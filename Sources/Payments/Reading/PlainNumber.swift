/// Numbers of JSON as decimal text, worked on as digits: no floating point comes near them.
enum PlainNumber {
    /// The shortest decimal text of the same number: `42` for `42.00`, `0.0000001` for `1e-7`, `0` for `-0.0`. nil for anything that is
    /// no number of JSON's grammar, and for one with more than 40 digits either side of its point.
    static func shortest(_ text: String) -> String? {
        guard var number = Digits(text), number.whole.count <= 40, number.fraction.count <= 40 else { return nil }
        while number.fraction.last == zero { number.fraction.removeLast() }
        while number.whole.count > 1, number.whole.first == zero { number.whole.removeFirst() }
        let isZero = number.fraction.isEmpty && number.whole == [zero]
        let sign = number.isNegative && !isZero ? [UInt8(ascii: "-")] : []
        let tail = number.fraction.isEmpty ? [] : [UInt8(ascii: ".")] + number.fraction
        return String(decoding: sign + number.whole + tail, as: UTF8.self)
    }

    /// Whether the first of two numbers that are not negative is less than the second; nil when one is no such number.
    static func isLess(_ left: String, _ right: String) -> Bool? {
        guard let left = shortest(left), let right = shortest(right), let one = Digits(left), let other = Digits(right),
            !one.isNegative, !other.isNegative
        else { return nil }
        if one.whole.count != other.whole.count { return one.whole.count < other.whole.count }
        if one.whole != other.whole { return one.whole.lexicographicallyPrecedes(other.whole) }
        return one.fraction.lexicographicallyPrecedes(other.fraction)
    }

    private static let zero = UInt8(ascii: "0")

    /// A number with its exponent worked in.
    private struct Digits {
        var isNegative = false
        var whole: [UInt8]
        var fraction: [UInt8] = []

        /// `-?digits[.digits][e[+-]digits]`, the exponent at most 40.
        init?(_ text: String) {
            var rest = Array(text.utf8)[...]
            if rest.first == UInt8(ascii: "-") {
                isNegative = true
                rest.removeFirst()
            }
            whole = Self.take(&rest)
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                fraction = Self.take(&rest)
                guard !fraction.isEmpty else { return nil }
            }
            guard !whole.isEmpty else { return nil }
            if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
                rest.removeFirst()
                let down = rest.first == UInt8(ascii: "-")
                if down || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
                guard let places = Field.seconds(String(decoding: Self.take(&rest), as: UTF8.self)), places <= 40 else { return nil }
                for _ in 0..<places { down ? shiftDown() : shiftUp() }
            }
            guard rest.isEmpty else { return nil }
        }

        private static func take(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest.dropFirst(digits.count)
            return Array(digits)
        }

        private mutating func shiftDown() {
            fraction.insert(whole.removeLast(), at: 0)
            if whole.isEmpty { whole = [zero] }
        }

        private mutating func shiftUp() {
            whole.append(fraction.isEmpty ? zero : fraction.removeFirst())
        }
    }
}
