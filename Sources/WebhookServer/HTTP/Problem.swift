import Fulfilment
import Payments

/// A refusal or a failure that is told to whoever asked. The codes are stable: clients and themes know them by name.
struct Problem: Error, Sendable, Equatable {
    enum Code: String, Sendable, CaseIterable {
        case badRequest = "bad_request"
        case notFound = "not_found"
        case methodNotAllowed = "method_not_allowed"
        case requestTimeout = "request_timeout"
        case tooLarge = "too_large"
        case unsupportedMediaType = "unsupported_media_type"
        case tooManyRequests = "too_many_requests"
        case unknownSKU = "unknown_sku"
        case soldOut = "sold_out"
        case invalidQuantity = "invalid_quantity"
        case invalidEmail = "invalid_email"
        case unknownGateway = "unknown_gateway"
        case tooManyHolds = "too_many_holds"
        case gatewayDown = "gateway_down"
        case conflict
        case busy
        case internalError = "internal"
    }

    var code: Code
    /// One sentence for a developer; nothing that was sent is repeated in it.
    var detail: String
    /// Further headers of the answer.
    var headers: [(name: String, value: String)] = []
    /// The order that was placed all the same, with the secret of its link: it can be paid by trying again.
    var order: (id: String, token: String)?

    init(_ code: Code, _ detail: String, headers: [(name: String, value: String)] = []) {
        self.code = code
        self.detail = detail
        self.headers = headers
    }

    static func == (left: Problem, right: Problem) -> Bool { left.code == right.code && left.detail == right.detail }

    var status: Int {
        switch code {
        case .badRequest: 400
        case .notFound, .unknownSKU: 404
        case .methodNotAllowed: 405
        case .requestTimeout: 408
        case .conflict, .soldOut: 409
        case .tooLarge: 413
        case .unsupportedMediaType: 415
        case .invalidQuantity, .invalidEmail, .unknownGateway: 422
        case .tooManyRequests, .tooManyHolds: 429
        case .internalError: 500
        case .gatewayDown: 502
        case .busy: 503
        }
    }

    /// The key of the theme's texts `error_<key>_title` and `_text`.
    var themeKey: String {
        switch code {
        case .methodNotAllowed, .unsupportedMediaType, .requestTimeout, .conflict: Code.badRequest.rawValue
        default: code.rawValue
        }
    }

    /// The document of RFC 9457. `type` is a URN: it names the problem and leads nowhere.
    var document: Reply {
        let type = "urn:keyfront:problem:\(code.rawValue)"
        let body: JSON =
            if let order {
                .object([
                    "type": .text(type), "title": .text(title), "status": .integer(Int64(status)), "detail": .text(detail),
                    "order": .text(order.id), "token": .text(order.token),
                ])
            } else {
                .object(["type": .text(type), "title": .text(title), "status": .integer(Int64(status)), "detail": .text(detail)])
            }
        return Reply(
            status: status, headers: [("Content-Type", "application/problem+json")] + allHeaders, body: Array(body.written.utf8) + [0x0A])
    }

    /// `headers`, and what RFC 9110 asks for beside the status.
    var allHeaders: [(name: String, value: String)] {
        switch code {
        case .busy: headers + [("Retry-After", "2")]
        case .tooManyRequests, .tooManyHolds: headers + [("Retry-After", "60")]
        default: headers
        }
    }

    /// The code in words.
    private var title: String {
        let words = code == .internalError ? "internal error" : code.rawValue.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension Problem {
    /// What a refusal of the books is to the outside.
    init(_ error: FulfilmentError) {
        let code: Code =
            switch error.code {
            case .unknownSKU: .unknownSKU
            case .soldOut: .soldOut
            case .invalidQuantity: .invalidQuantity
            case .invalidEmail: .invalidEmail
            case .unknownGateway: .unknownGateway
            case .tooManyHolds: .tooManyHolds
            case .notFound: .notFound
            case .conflict: .conflict
            case .invalid: .badRequest
            case .busy, .unavailable: .busy
            }
        // What lies behind `unavailable` is for the log.
        self.init(code, code == .busy ? "the shop cannot take this just now" : error.message)
    }
}
