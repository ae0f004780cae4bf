/// A currency of ISO 4217: its code and how many decimals its amounts have.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
    /// Three upper-case letters.
    package let code: String
    /// Decimals of the minor unit by ISO 4217: 0, 2 or 3. (What a gateway puts on its wire may differ.)
    package let exponent: Int

    /// - Throws: ``CatalogError`` `.currency` for anything but a code of ISO 4217 in upper case.
    package init(code: String) throws(CatalogError) {
        guard Self.codes.contains(code) else {
            let upper = code.uppercased()
            let hint =
                Self.codes.contains(upper)
                ? "did you mean “\(upper)”?" : "write a code of ISO 4217, e.g. CNY, USD or EUR"
            throw CatalogError(.currency, "“\(code)” is not a currency", hint: hint)
        }
        self.code = code
        exponent = Self.withoutDecimals.contains(code) ? 0 : Self.withThreeDecimals.contains(code) ? 3 : 2
    }

    /// The minor units in one major unit: 1, 100 or 1000.
    package var scale: Int64 { exponent == 0 ? 1 : exponent == 2 ? 100 : 1000 }

    package var description: String { code }

    private static let withoutDecimals: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let withThreeDecimals: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
    private static let codes = Set(
        """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP \
        CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR \
        ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT \
        MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD \
        SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND \
        VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
        """.split(separator: " ").map(String.init))
}
