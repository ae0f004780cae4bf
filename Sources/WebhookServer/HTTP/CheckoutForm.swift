import Fulfilment
import Payments

/// What a buyer sent to `/checkout`, from a form or as JSON. There is no price in it: the catalogue has it.
struct CheckoutForm: Sendable, Equatable {
    var sku: String
    var quantity: Int
    var email: String
    var gateway: String
    var ref: String?
    var language: String?

    /// Throws `unsupportedMediaType`, `badRequest`, or `invalidQuantity`.
    init(_ request: Inbound) throws(Problem) {
        switch request.mediaType {
        case "application/x-www-form-urlencoded": try self.init(form: FormFields(request.body))
        case "application/json": try self.init(json: request.body)
        default: throw Problem(.unsupportedMediaType, "send a form (application/x-www-form-urlencoded) or application/json")
        }
    }

    private init(form: FormFields) throws(Problem) {
        func required(_ name: String) throws(Problem) -> String {
            guard let value = form[name], !value.isEmpty else { throw Problem(.badRequest, "the field “\(name)” is missing") }
            return value
        }
        let text = form["quantity"] ?? "1"
        guard (1...6).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let quantity = Int(text) else {
            throw Problem(.invalidQuantity, "the quantity is not a whole number")
        }
        try self.init(
            sku: required("sku"), quantity: quantity, email: required("email"), gateway: required("gateway"), ref: form["ref"],
            language: form["language"])
    }

    private init(json bytes: [UInt8]) throws(Problem) {
        let json: JSON
        do {
            json = try JSONReader.read(bytes)
        } catch {
            throw Problem(.badRequest, "the body is not one JSON object: \(error.message) at byte \(error.offset)")
        }
        guard case .object(let members) = json else { throw Problem(.badRequest, "the body is not a JSON object") }
        let known = ["sku", "quantity", "email", "gateway", "ref", "language"]
        for member in members where !known.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
            throw Problem(.badRequest, "the body has a member that is not known here")
        }
        func text(_ name: String) throws(Problem) -> String? {
            if json.isMissing(name) { return nil }
            guard let text = json[name]?.text else { throw Problem(.badRequest, "“\(name)” is not text") }
            return text
        }
        func required(_ name: String) throws(Problem) -> String {
            guard let value = try text(name), !value.isEmpty else { throw Problem(.badRequest, "“\(name)” is missing") }
            return value
        }
        var quantity = 1
        if !json.isMissing("quantity") {
            guard let number = json["quantity"]?.integer, (0...999_999).contains(number) else {
                throw Problem(.invalidQuantity, "the quantity is not a whole number")
            }
            quantity = Int(number)
        }
        try self.init(
            sku: required("sku"), quantity: quantity, email: required("email"), gateway: required("gateway"), ref: text("ref"),
            language: text("language"))
    }

    private init(
        sku: String, quantity: Int, email: String, gateway: String, ref: String?, language: String?
    ) throws(Problem) {
        guard sku.utf8.count <= 200, email.utf8.count <= 254, gateway.utf8.count <= 64, (ref ?? "").utf8.count <= 64,
            (language ?? "").utf8.count <= 35
        else { throw Problem(.badRequest, "a field is longer than it can be") }
        self.sku = sku
        self.quantity = quantity
        self.email = email
        self.gateway = gateway
        self.ref = ref?.isEmpty == true ? nil : ref
        self.language = language?.isEmpty == true ? nil : language
    }
}
