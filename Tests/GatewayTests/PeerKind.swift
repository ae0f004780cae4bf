import Testing

/// The gateways under test, and what each of them is and does.
enum PeerKind: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case stripe, standard, alipay, alipayPhone, epayV1, epayV2, wechat, wechatPhone, paypal

    var testDescription: String { rawValue }

    /// Its program in `Tests/Peers/gateways`.
    var program: String {
        switch self {
        case .alipay, .alipayPhone: "alipay"
        case .epayV1, .epayV2: "epay"
        case .wechat, .wechatPhone: "wechat"
        default: rawValue
        }
    }

    /// The variant of that program.
    var variant: String? {
        switch self {
        case .alipay: "computer"
        case .alipayPhone: "phone"
        case .epayV1: "v1"
        case .epayV2: "v2"
        case .wechat: "native"
        case .wechatPhone: "h5"
        default: nil
        }
    }

    /// What it must hear when a notice was taken, to the byte.
    var success: Simulator.Reply {
        switch self {
        case .stripe, .paypal: .init(status: 200, body: "")
        case .standard, .wechat, .wechatPhone: .init(status: 204, body: "")
        case .alipay, .alipayPhone, .epayV1, .epayV2: .init(status: 200, body: "success")
        }
    }

    /// Whether it tells of refunds by itself; one of EPay's does not.
    var tellsOfRefunds: Bool { self != .epayV1 && self != .epayV2 }

    /// Whether its notices say that a buyer's bank wants the money back.
    var tellsOfDisputes: Bool { self == .stripe || self == .standard || self == .paypal }

    /// Whether a checkout is opened by calling it, rather than by sending the buyer's browser there.
    var isCalledAtCheckout: Bool { self == .stripe || self == .wechat || self == .wechatPhone || self == .paypal }

    /// Whether it takes refunds over its interface.
    var refunds: Bool { self != .standard && self != .epayV1 }

    static let tellingOfRefunds = allCases.filter(\.tellsOfRefunds)
    static let tellingOfDisputes = allCases.filter(\.tellsOfDisputes)
    static let calledAtCheckout = allCases.filter(\.isCalledAtCheckout)
    /// Whether it can be asked about a payment.
    var answers: Bool { self != .standard }

    static let answering = allCases.filter(\.answers)
    static let refunding = allCases.filter(\.refunds)
}
