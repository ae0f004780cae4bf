internal import Catalog
internal import Cryptography
internal import Payments

/// An order before it is written: checked, priced, its secrets made and sealed. Made outside any transaction.
struct OrderDraft: Sendable {
    let id: String
    let createdAt: Int64
    let sku: String
    let product: String
    let title: String
    let delivery: Product.Delivery
    /// Uses of a shared text; 0: no cap.
    let cap: Int64
    let quantity: Int64
    let unitPrice: Money
    let amount: Money
    let gateway: String
    let language: String
    let rates: [ExactRate]
    let holdDays: Int64
    let buyer: [UInt8]
    let person: [UInt8]
    let email: String
    let address: [UInt8]
    let mask: String
    let client: [UInt8]?
    let token: LinkToken
    let tokenSealed: [UInt8]
    /// The promoter in an authentic token.
    let promoter: String?
    /// Its token.
    let referral: String?
    /// A token was given that is not authentic.
    let refusedToken: Bool
    let expiresAt: Int64
    /// Whether keys are held for it; without (`hold_minutes: 0`) it waits an hour for its payment, and who pays first is served first.
    let reserves: Bool
    /// Keys to fall back on for generated stock.
    let generated: GeneratedKeys?

    /// - Throws: `FulfilmentError` for what the buyer got wrong; what the random source throws.
    init(_ request: CheckoutRequest, engine: Engine) throws {
        let catalogue = engine.catalogue
        let shop = catalogue.shop
        let createdAt = engine.clock.now()
        let (product, variant) = try Self.offer(request.sku, in: catalogue, now: createdAt)
        guard (product.quantity.minimum...max(product.quantity.minimum, product.quantity.maximum)).contains(request.quantity) else {
            throw FulfilmentError(
                .invalidQuantity, "\(request.quantity) pieces cannot be ordered",
                hint: "order \(product.quantity.minimum) to \(product.quantity.maximum)")
        }
        guard let gateway = shop.gateways.first(where: { $0.name.utf8.elementsEqual(request.gateway.utf8) }) else {
            throw FulfilmentError(.unknownGateway, "there is no way to pay of this name")
        }
        self = try OrderDraft(
            request, product, variant, gateway: gateway.name, id: try Self.newID(now: createdAt, engine.random), now: createdAt,
            reserves: shop.stock.holdMinutes > 0, prepares: true, engine: engine)
    }

    /// The parts that every order has, however it came.
    /// - Parameter prepares: makes the keys of generated stock beforehand, to be held.
    private init(
        _ request: CheckoutRequest, _ product: Product, _ variant: Variant, gateway: String, id: String, now: Int64, reserves: Bool,
        prepares: Bool, engine: Engine
    ) throws {
        let shop = engine.catalogue.shop
        let mail = try BuyerAddress(request.email)
        createdAt = now
        language = shop.languages.first { $0.utf8.elementsEqual(request.language.utf8) } ?? shop.defaultLanguage

        self.id = id
        sku = variant.sku
        self.product = product.slug
        title = [product.text(language).title, variant.title(language)].compactMap(\.self).joined(separator: " · ")
        delivery = product.delivery
        cap = Int64(product.stock.cap ?? 0)
        quantity = Int64(request.quantity)
        unitPrice = variant.price(quantity: request.quantity)
        amount = try Self.total(unitPrice, quantity)
        self.gateway = gateway
        rates = product.commission ?? shop.promoters.levels
        holdDays = Int64(shop.promoters.holdDays)
        buyer = engine.buyerDigest(mail)
        person = engine.personDigest(mail)
        email = mail.text
        address = try engine.vault.seal(mail.text, .address, owner: buyer)
        mask = mail.mask
        client = request.clientAddress.map { engine.keyring.keyedDigest(purpose: "client", data: Array($0.utf8)) }
        token = try LinkToken(engine.random)
        tokenSealed = try engine.vault.seal(token.text, .orderToken, owner: Array(id.utf8))
        let presented = request.ref.flatMap { $0.isEmpty ? nil : $0 }
        promoter = presented.flatMap { ReferralToken.verify($0, keyring: engine.keyring) }
        referral = promoter == nil ? nil : presented
        refusedToken = presented != nil && promoter == nil
        self.reserves = reserves
        expiresAt = createdAt + Int64(reserves ? shop.stock.holdMinutes : 60) * 60
        generated =
            product.delivery == .generated && prepares
            ? try GeneratedKeys(sku: variant.sku, count: quantity, engine: engine, now: createdAt) : nil
    }

    /// The order to make of a purchase over a payment link: named after the purchase, so that every notice of it means the same one. The
    /// quantity is the one whose price was paid; if none fits, the least, and a person looks at the payment.
    /// - Returns: nil for any other fact, and for what cannot be an order: an SKU that this account has no link for, or a buyer whom no
    ///   mail would reach. Its fact is then kept as one of no order.
    init?(of fact: Fact, account: String, engine: Engine) throws {
        let catalogue = engine.catalogue
        guard fact.kind == .paid, let sale = fact.sale, sale.sku.utf8.allSatisfy({ $0 < 0x80 }),
            let gateway = catalogue.shop.gateways.first(where: { $0.name.utf8.elementsEqual(account.utf8) }),
            gateway.paymentLinks[sale.sku] != nil, let (product, variant) = catalogue.variant(sku: sale.sku),
            (try? BuyerAddress(sale.email)) != nil
        else { return nil }
        let least = product.quantity.minimum
        let quantity = (least...max(least, product.quantity.maximum)).first { count in
            guard let amount = try? Self.total(variant.price(quantity: count), Int64(count)) else { return false }
            return amount.minor == fact.amountMinor && amount.currency.code == fact.currency
        }
        let request = CheckoutRequest(
            sku: sale.sku, quantity: quantity ?? least, email: sale.email, gateway: account, ref: sale.referral,
            language: sale.language ?? catalogue.shop.defaultLanguage)
        let now = engine.clock.now()
        let salt = engine.keyring.keyedDigest(purpose: "link-sale", data: Array("\(account)|\(sale.session)".utf8))
        try self.init(
            request, product, variant, gateway: account, id: Self.id(seconds: sale.createdAt ?? 0, salt: salt), now: now, reserves: false,
            prepares: false, engine: engine)
    }

    var placed: PlacedOrder {
        PlacedOrder(
            order: id, token: token.text, amount: amount, gateway: gateway, description: PlacedOrder.description(title, quantity),
            language: language, email: email, referral: referral, createdAt: createdAt, expiresAt: expiresAt)
    }

    private static func offer(_ sku: String, in catalogue: Catalogue, now: Int64) throws(FulfilmentError) -> (Product, Variant) {
        // SKUs are ASCII, so a text that merely is canonically equal to one is none.
        guard sku.utf8.allSatisfy({ $0 < 0x80 }), let (product, variant) = catalogue.variant(sku: sku), product.isForSale,
            product.publishAt ?? .min <= now, now < product.expiresAt ?? .max
        else { throw FulfilmentError(.unknownSKU, "there is no such product for sale") }
        return (product, variant)
    }

    private static func total(_ price: Money, _ quantity: Int64) throws(FulfilmentError) -> Money {
        let (minor, overflow) = price.minor.multipliedReportingOverflow(by: quantity)
        guard !overflow, minor > 0, minor <= 1_000_000_000_000_000 else {
            throw FulfilmentError(.invalidQuantity, "this amount cannot be sold at once", hint: "order fewer pieces")
        }
        return Money(minor: minor, currency: price.currency)
    }

    /// 16 characters: the seconds first, so that orders lie in the order of their time, then 45 random bits.
    private static func newID(now: Int64, _ random: RandomSource) throws -> String {
        id(seconds: now, salt: try random.bytes(6))
    }

    private static func id(seconds: Int64, salt: [UInt8]) -> String {
        let time = UInt64(clamping: seconds) & 0x7_FFFF_FFFF
        let salt = salt.prefix(6).reduce(0 as UInt64) { $0 << 8 | UInt64($1) } & 0x1FFF_FFFF_FFFF
        let bits = time << 45 | salt
        // 80 bits as 16 characters: 35 of time, 45 of salt.
        let high = time >> 19
        let bytes =
            (0..<2).map { UInt8(truncatingIfNeeded: high >> (8 - 8 * UInt64($0))) }
            + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
        return Base32Crockford.encode(bytes)
    }
}

extension Engine {
    /// Who a buyer is: equal for equal addresses, whatever their case.
    func buyerDigest(_ address: BuyerAddress) -> [UInt8] {
        keyring.keyedDigest(purpose: "buyer", data: Array(address.normalised.utf8))
    }

    /// Which person that probably is: equal for spellings of one mailbox.
    func personDigest(_ address: BuyerAddress) -> [UInt8] {
        keyring.keyedDigest(purpose: "person", data: Array(address.folded.utf8))
    }
}
