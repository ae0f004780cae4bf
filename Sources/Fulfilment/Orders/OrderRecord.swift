internal import Catalog
internal import Database

/// An order as stored: everything that was agreed at checkout, and what became of it.
struct OrderRecord: Sendable {
    var id: String
    var createdAt: Int64
    var state: OrderState
    var sku: String
    var product: String
    var title: String
    var delivery: Product.Delivery
    var quantity: Int64
    var unitMinor: Int64
    var amountMinor: Int64
    var currency: String
    var gateway: String
    var language: String
    /// Basis points by level, as agreed.
    var rates: [ExactRate]
    var holdDays: Int64
    /// Keyed digest of the address: who bought.
    var buyer: [UInt8]
    /// Keyed digest of the folded address: which person that probably is.
    var person: [UInt8]
    var address: [UInt8]
    /// What of the address may be shown.
    var mask: String
    var tokenSealed: [UInt8]
    /// The promoter whose token was given at checkout.
    var promoter: String?
    var expiresAt: Int64
    var reference: String?
    var payURL: String?
    var paidAt: Int64?
    var maturesAt: Int64?
    /// How many keys were handed out.
    var granted: Int64
    /// The stock id of the shared text, when that is what is delivered.
    var sharedKey: Int64?
    /// Who earns, fixed at the first payment.
    var shares: [OrderBook.Share]?
    /// What the buyer scans to pay, where the gateway has no page of its own.
    var payQR: String?

    var terms: Standing.Terms { Standing.Terms(amountMinor: amountMinor, currency: currency, account: gateway) }

    static let columns = """
        id, created_at, state, sku, product, title, delivery, quantity, unit_minor, amount_minor, currency, gateway, language, \
        rates, hold_days, buyer, person, address, mask, token_sealed, promoter, expires_at, reference, pay_url, paid_at, matures_at, \
        granted, shared_key, shares, pay_qr
        """

    init(_ row: Row) throws {
        var read = RowReader(row)
        id = try read.text()
        createdAt = try read.int()
        state = try Self.known(OrderState(rawValue: try read.text()), "state")
        sku = try read.text()
        product = try read.text()
        title = try read.text()
        delivery = try Self.known(Product.Delivery(rawValue: try read.text()), "delivery")
        quantity = try read.int()
        unitMinor = try read.int()
        amountMinor = try read.int()
        currency = try read.text()
        gateway = try read.text()
        language = try read.text()
        rates = Self.rates(try read.text())
        holdDays = try read.int()
        buyer = try read.blob()
        person = try read.blob()
        address = try read.blob()
        mask = try read.text()
        tokenSealed = try read.blob()
        promoter = try read.optionalText()
        expiresAt = try read.int()
        reference = try read.optionalText()
        payURL = try read.optionalText()
        paidAt = try read.optionalInt()
        maturesAt = try read.optionalInt()
        granted = try read.int()
        sharedKey = try read.optionalInt()
        shares = try read.optionalText().map(Self.shares)
        payQR = try read.optionalText()
    }

    private static func known<T>(_ value: T?, _ column: String) throws(FulfilmentError) -> T {
        guard let value else {
            throw FulfilmentError(.unavailable, "the column orders.\(column) holds a word that this program does not know")
        }
        return value
    }

    /// `1000,500`
    static func text(_ rates: [ExactRate]) -> String { rates.map { String($0.basisPoints) }.joined(separator: ",") }

    static func rates(_ text: String) -> [ExactRate] {
        text.split(separator: ",").compactMap { Int64($0).flatMap { ExactRate(basisPoints: $0) } }
    }

    /// `1:k3m9x2aa:1000 2:…`, empty when nobody earns.
    static func text(_ shares: [OrderBook.Share]) -> String {
        shares.map { "\($0.level):\($0.promoter):\($0.rate.basisPoints)" }.joined(separator: " ")
    }

    static func shares(_ text: String) -> [OrderBook.Share] {
        text.split(separator: " ").compactMap { part in
            let fields = part.split(separator: ":")
            guard fields.count == 3, let level = Int64(fields[0]), let points = Int64(fields[2]),
                let rate = ExactRate(basisPoints: points)
            else { return nil }
            return OrderBook.Share(level: level, promoter: String(fields[1]), rate: rate)
        }
    }
}
