/// `content/data/bought-together.csv`: which SKUs stood in one order, and how often.
///
/// ```
/// sku,sku,count
/// lantern-pro,inkwell,41
/// ```
/// SKUs that the shop does not sell any more are passed over: an export is older than the shop.
struct BoughtTogether {
    static let path = "content/data/bought-together.csv"

    struct Pair: Hashable, Sendable {
        let first: String
        let second: String
        let count: Int
    }

    /// The pairs in the order of the file; none when there is no such file.
    static func read(_ folder: ShopFolder) -> (pairs: [Pair], diagnostics: [Diagnostic]) {
        let bytes: [UInt8]
        do {
            bytes = try folder.read(path)
        } catch .missing {
            return ([], [])
        } catch {
            return ([], [Diagnostic(at: SourceLocation(path: path, line: 1, column: 1), error.message)])
        }
        let (source, mistake) = Encoding.decode(bytes, path: path)
        if let mistake { return ([], [mistake]) }
        let report = Report(source)
        var pairs: [Pair] = []
        for number in 1...source.lineCount {
            guard let line = source.content(number), !line.isEmpty else { continue }
            let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            if number == 1, fields.last == "count" { continue }
            let place = YAMLNode.Mark(line: number, scalar: 1)
            guard fields.count == 3 else {
                report.error(place, "this is not “SKU,SKU,count”", hint: "e.g. lantern-pro,inkwell,41")
                continue
            }
            for sku in fields.prefix(2) where !OfferReader.isSKU(sku) { report.error(place, "“\(sku)” is not a SKU") }
            guard let count = Int(fields[2]), (1...1_000_000_000).contains(count), fields[2].utf8.allSatisfy(isDigit) else {
                report.error(place, "“\(fields[2])” is not a number of orders", hint: "write a whole number from 1 on")
                continue
            }
            pairs.append(Pair(first: fields[0], second: fields[1], count: count))
        }
        return (pairs, report.diagnostics)
    }
}
