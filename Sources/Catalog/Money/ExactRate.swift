/// A share of an amount, in whole basis points (hundredths of a percent).
package struct ExactRate: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 0…10,000.
    package let basisPoints: Int64

    /// - Returns: nil outside 0…10,000.
    package init?(basisPoints: Int64) {
        guard (0...10_000).contains(basisPoints) else { return nil }
        self.basisPoints = basisPoints
    }

    /// Reads `10%`, `7.5%`, `0.25%`.
    ///
    /// - Throws: ``CatalogError`` `.rate` for another form, more than two decimals, or more than 100 %.
    package init(text: String) throws(CatalogError) {
        let hint = "write a percentage, e.g. \"10%\" or \"7.5%\""
        guard text.utf8.last == UInt8(ascii: "%") else { throw CatalogError(.rate, "“\(text)” is not a rate", hint: hint) }
        let parts = Array(text.utf8.dropLast()).split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...3).contains(whole.count), parts.count <= 2, whole.allSatisfy(isDigit),
            parts.count == 1 || ((1...2).contains(parts[1].count) && parts[1].allSatisfy(isDigit))
        else { throw CatalogError(.rate, "“\(text)” is not a rate", hint: hint) }
        var points: Int64 = 0
        let decimals = parts.count == 2 ? Array(parts[1]) : []
        for digit in whole + decimals { points = points * 10 + Int64(digit - UInt8(ascii: "0")) }
        for _ in decimals.count..<2 { points *= 10 }
        guard let rate = ExactRate(basisPoints: points) else { throw CatalogError(.rate, "“\(text)” is more than 100%") }
        self = rate
    }

    /// The share of `minor`, rounded down (towards zero for what is negative), so that a promoter never gets more
    /// than the rate says and shares never exceed their base. Exact for every Int64.
    package func of(_ minor: Int64) -> Int64 {
        let product = minor.magnitude.multipliedFullWidth(by: UInt64(basisPoints))
        let share = UInt64(10_000).dividingFullWidth((product.high, product.low)).quotient
        return minor < 0 ? -Int64(share) : Int64(share)
    }

    package static func < (a: ExactRate, b: ExactRate) -> Bool { a.basisPoints < b.basisPoints }

    /// `10%`, `7.5%`
    package var description: String {
        let fraction = basisPoints % 100
        if fraction == 0 { return "\(basisPoints / 100)%" }
        let digits = fraction < 10 ? "0\(fraction)" : fraction % 10 == 0 ? "\(fraction / 10)" : "\(fraction)"
        return "\(basisPoints / 100).\(digits)%"
    }
}
