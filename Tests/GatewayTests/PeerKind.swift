import Testing

/// The gateways under test, and what each of them is and does.
enum PeerKind: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case stripe, standard, alipay, alipayPhone, epayV1, epayV2, wechat, wechatPhone, paypal
    case paddle, lemonsqueezy, btcpay, nowpayments, tokenpay, epusdt
    /// Other ways of the same gateways, which have a test of their own and not every one.
    case epayV1Server, epayV2Server, paddleTaxed, lemonsqueezyTaxed, bepusdt

    var testDescription: String { rawValue }

    /// Its program in `Tests/Peers/gateways`.
    var program: String {
        switch self {
        case .alipay, .alipayPhone: "alipay"
        case .epayV1, .epayV2, .epayV1Server, .epayV2Server: "epay"
        case .wechat, .wechatPhone: "wechat"
        case .paddleTaxed: "paddle"
        case .lemonsqueezyTaxed: "lemonsqueezy"
        case .bepusdt: "epusdt"
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
        case .epayV1Server: "v1 server"
        case .epayV2Server: "v2 server"
        case .wechat: "native"
        case .wechatPhone: "h5"
        case .paddleTaxed: "internal"
        case .lemonsqueezyTaxed: "inclusive"
        case .bepusdt: "bepusdt"
        default: nil
        }
    }

    /// What it must hear when a notice was taken, to the byte.
    var success: Simulator.Reply {
        switch self {
        case .standard, .wechat, .wechatPhone: .init(status: 204, body: "")
        case .alipay, .alipayPhone, .epayV1, .epayV2, .epayV1Server, .epayV2Server: .init(status: 200, body: "success")
        case .tokenpay, .epusdt, .bepusdt: .init(status: 200, body: "ok")
        default: .init(status: 200, body: "")
        }
    }

    /// Whether buyers scan a code on a page of ours.
    var showsCode: Bool { self == .wechat || self == .epayV2Server }
    /// Whether it gives back a part over its interface, or the whole alone.
    var refundsParts: Bool { self != .lemonsqueezy }
    /// Whether it tells of a part that it gave back.
    var tellsOfParts: Bool { self != .nowpayments }
    /// Whether it tells of refunds by itself; EPay's sites do not.
    var tellsOfRefunds: Bool { Self.tellingOfRefunds.contains(self) }
    /// Whether it tells that the buyer's bank got the money.
    var tellsOfLosses: Bool { self != .paddle }
    /// Whether it is asked whether a notice is so before the notice counts.
    var isAskedFirst: Bool { Self.askedFirst.contains(self) }
    /// Whether it can be asked about a payment.
    var answers: Bool { Self.answering.contains(self) }

    /// One way of each gateway.
    static let main: [PeerKind] = allCases.filter {
        ![.epayV1Server, .epayV2Server, .paddleTaxed, .lemonsqueezyTaxed, .bepusdt].contains($0)
    }
    /// Those whose notices name a currency.
    static let namingCurrency: [PeerKind] = [.stripe, .standard, .paypal, .paddle, .lemonsqueezy, .btcpay, .nowpayments, .tokenpay]
    static let tellingOfRefunds: [PeerKind] = [
        .stripe, .standard, .alipay, .alipayPhone, .wechat, .wechatPhone, .paypal, .paddle, .lemonsqueezy, .nowpayments,
    ]
    static let tellingOfParts = tellingOfRefunds.filter(\.tellsOfParts)
    /// Those whose notices say that a buyer's bank wants the money back.
    static let tellingOfDisputes: [PeerKind] = [.stripe, .standard, .wechat, .wechatPhone, .paypal, .paddle]
    /// A complaint at WeChat ends, and what is paid back is a refund: nothing is lost by it.
    static let losingDisputes: [PeerKind] = [.stripe, .standard, .paypal, .paddle]
    /// Those whose checkout is opened by calling them, rather than by sending the buyer's browser there.
    static let calledAtCheckout: [PeerKind] = [
        .stripe, .wechat, .wechatPhone, .paypal, .paddle, .lemonsqueezy, .btcpay, .nowpayments, .tokenpay, .epusdt,
    ]
    static let answering: [PeerKind] = [
        .stripe, .alipay, .alipayPhone, .epayV1, .epayV2, .wechat, .wechatPhone, .paypal, .paddle, .btcpay, .tokenpay, .epusdt, .bepusdt,
    ]
    /// Those that take refunds over their interface.
    static let refunding: [PeerKind] = [
        .stripe, .alipay, .alipayPhone, .epayV2, .wechat, .wechatPhone, .paypal, .paddle, .lemonsqueezy,
    ]
    static let refundingParts = refunding.filter(\.refundsParts)
    static let notRefunding = main.filter { !refunding.contains($0) }
    static let askedFirst: [PeerKind] = [.paypal, .btcpay, .nowpayments, .tokenpay, .epusdt]
    /// Those with authentic notices that are no payment yet, or not of all.
    static let staged: [PeerKind] = [.paddle, .lemonsqueezy, .btcpay, .nowpayments, .bepusdt]
}
