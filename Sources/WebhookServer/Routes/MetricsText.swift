import Fulfilment

/// What a monitor reads: Prometheus' text exposition format 0.0.4. Sorted, so equal states give equal texts.
struct MetricsText {
    private var lines: [String] = []

    init(engine: EngineMetrics, counters: ServerCounters) {
        tally("keyfront_requests_total", "Requests answered.", ["route", "status"], counters.requests)
        tally("keyfront_problems_total", "Requests refused or failed.", ["problem"], counters.problems)
        tally("keyfront_notices_total", "Authentic notices by what they did.", ["account", "effect"], counters.notices)
        tally("keyfront_notices_refused_total", "Notices refused.", ["account", "category", "reason"], counters.rejections)
        tally("keyfront_queries_total", "Questions to gateways by what came of them.", ["account", "result"], counters.queries)
        tally("keyfront_mails_total", "Mails by what became of them.", ["kind", "result"], counters.mails)
        number("keyfront_checkouts_total", "counter", "Orders placed.", engine.counters.checkouts)
        number("keyfront_unsealed_total", "counter", "Keys opened for a mail, a page or the merchant.", engine.counters.unsealed)
        number("keyfront_holds_expired_total", "counter", "Holds that ran out unpaid.", engine.counters.expiredHolds)
        number("keyfront_holds_open", "gauge", "Unpaid orders that hold keys.", Int(engine.openHolds))
        number("keyfront_outbox_open", "gauge", "Mails and pages still to be made.", Int(engine.outboxOpen))
        number("keyfront_outbox_oldest_seconds", "gauge", "Age of the oldest of them.", Int(engine.outboxOldestSeconds))
        number("keyfront_outbox_dead", "gauge", "Mails given up.", Int(engine.outboxDead))
        stock("keyfront_stock_free", "Keys free to sell.", engine.levels) { $0.free }
        stock("keyfront_orders_owed", "Keys paid for and not yet there.", engine.levels) { $0.owed }
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    private mutating func head(_ name: String, _ type: String, _ help: String) {
        lines.append("# HELP \(name) \(help)")
        lines.append("# TYPE \(name) \(type)")
    }

    private mutating func number(_ name: String, _ type: String, _ help: String, _ value: Int) {
        head(name, type, help)
        lines.append("\(name) \(value)")
    }

    private mutating func tally(_ name: String, _ help: String, _ labels: [String], _ tally: Tally) {
        head(name, "counter", help)
        for (values, count) in tally.all {
            let pairs = zip(labels, values).map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
            lines.append("\(name){\(pairs)} \(count)")
        }
    }

    private mutating func stock(_ name: String, _ help: String, _ levels: [StockLevel], _ value: (StockLevel) -> Int64) {
        head(name, "gauge", help)
        for level in levels { lines.append("\(name){sku=\"\(Self.escaped(level.sku))\"} \(value(level))") }
    }

    /// Backslash, quotation mark and line end, as the format asks.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
