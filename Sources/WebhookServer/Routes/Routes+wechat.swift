import Fulfilment
import Logging
import Payments
import Templates

/// A payment on a page inside WeChat's own browser, where the account can do that.
extension Routes {
    /// The order's gateway, when it is WeChat Pay and the browser that asks is WeChat; nil when the payment is open already another way:
    /// WeChat Pay takes an order's number for one way of paying only.
    func insideWeChat(_ request: Inbound, _ view: OrderView) -> WeChatGateway? {
        guard view.payURL == nil, view.payQR == nil, let gateway = state.current.gateways.gateway(named: view.gateway) else { return nil }
        return insideWeChat(request, at: gateway)
    }

    /// What a browser says of itself decides only which page it gets.
    func insideWeChat(_ request: Inbound, at gateway: any Gateway) -> WeChatGateway? {
        guard request.values(of: "User-Agent").contains(where: { $0.contains("MicroMessenger") }) else { return nil }
        return (gateway as? WeChatGateway).flatMap { $0.entrance(back: "") == nil ? nil : $0 }
    }

    /// First over WeChat, which sends the browser back with a `code`; then the payment is opened for whom it stands for. Each look at the
    /// page begins anew: a code is good once.
    func pay(inside gateway: WeChatGateway, _ view: OrderView, _ request: Inbound, _ token: String) async throws(Problem) -> Reply {
        guard view.expiresAt > clock.now(), let entrance = gateway.entrance(back: payURL(token)) else {
            return .seeOther(orderURL(token))
        }
        let query = request.query.flatMap { try? FormFields(Array($0.utf8)) }
        guard let code = query?["code"], !code.isEmpty, request.method != "POST" else { return .seeOther(entrance) }
        try limiters.take(limiters.checkouts, request)
        let placed = try await books { () throws(FulfilmentError) in try await engine.placed(token: token) }
        guard let placed else { return .seeOther(orderURL(token)) }
        let parameters: WeChatPagePayment
        do {
            parameters = try await gateway.pagePayment(intent(placed, gateway, request.client?.text), code: code)
        } catch {
            logger.warning(
                "a gateway opened no checkout",
                metadata: ["order": "\(placed.order)", "account": "\(gateway.account)", "code": "\(error.code.rawValue)"])
            throw down(placed)
        }
        try await books { () throws(FulfilmentError) in
            try await engine.recordPayment(order: placed.order, reference: nil, payURL: nil)
        }
        let pages = try pages(state.current, language: view.language)
        let body = try rendered { () throws(TemplateError) in try pages.wechat(parameters, placed, orderURL: orderURL(token)) }
        return page(body, pages, scripts: true)
    }
}
