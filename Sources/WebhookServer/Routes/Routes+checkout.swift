import Catalog
import Fulfilment
import Logging
import Payments
import Templates

extension Routes {
    /// `POST /checkout`: places an order and opens its payment. A form is answered by a redirect, JSON by JSON.
    ///
    /// The price is the catalogue's. When the gateway does not answer, the order stays, unpaid, until its hold ends.
    func checkout(_ request: Inbound) async throws(Problem) -> Reply {
        try limiters.take(limiters.checkouts, request)
        let form = try CheckoutForm(request)
        let setup = state.current
        guard let gateway = setup.gateways.gateway(named: form.gateway) else {
            throw Problem(.unknownGateway, "there is no such way to pay")
        }
        let language = language(of: request, setup, form: form.language) ?? shop.defaultLanguage
        let placed = try await books { () throws(FulfilmentError) in
            try await engine.checkout(
                CheckoutRequest(
                    sku: form.sku, quantity: form.quantity, email: form.email, gateway: gateway.account, ref: form.ref,
                    language: language, clientAddress: request.client.map { "\($0.limitKey)" }))
        }
        logger.info("order placed", metadata: ["order": "\(placed.order)", "account": "\(gateway.account)"])
        return try await paying(placed, at: gateway, request)
    }

    /// `GET|POST /orders/<token>/pay`: the page with the code to scan, or on to the gateway's own. POST opens the payment once more
    /// when the gateway did not answer before.
    func pay(_ request: Inbound, token: String) async throws(Problem) -> Reply {
        let view = try await opened(request) { () throws(FulfilmentError) in try await engine.order(token: token, reveal: false) }
        guard view.state == .pending else { return .seeOther(orderURL(token)) }
        if let wechat = insideWeChat(request, view) { return try await pay(inside: wechat, view, request, token) }
        if let url = view.payURL { return .seeOther(url) }
        if let code = view.payQR {
            guard request.method != "POST" else { return .seeOther(payURL(token)) }
            questions.add(view.order)
            let setup = state.current
            let pages = try pages(setup, language: view.language)
            let body = try rendered { () throws(TemplateError) in try pages.code(code, view, orderURL: orderURL(token)) }
            return page(body, pages)
        }
        guard request.method == "POST", view.expiresAt > clock.now() else { return .seeOther(orderURL(token)) }
        try limiters.take(limiters.checkouts, request)
        guard let gateway = state.current.gateways.gateway(named: view.gateway) else {
            throw Problem(.unknownGateway, "there is no such way to pay")
        }
        let placed = try await books { () throws(FulfilmentError) in try await engine.placed(token: token) }
        guard let placed else { return .seeOther(orderURL(token)) }
        return try await paying(placed, at: gateway, request)
    }

    /// Opens the payment, and says where it is.
    private func paying(_ placed: PlacedOrder, at gateway: any Gateway, _ request: Inbound) async throws(Problem) -> Reply {
        if let wechat = insideWeChat(request, at: gateway), let entrance = wechat.entrance(back: payURL(placed.token)) {
            let session = CheckoutSession(way: .redirect(payURL(placed.token)), gatewayReference: nil)
            return request.mediaType == "application/json" || request.wantsJSON ? created(placed, session) : .seeOther(entrance)
        }
        let session = try await open(placed, gateway: gateway, client: request.client?.text)
        if request.mediaType == "application/json" || request.wantsJSON { return created(placed, session) }
        switch session.way {
        case .redirect(let url): return .seeOther(url)
        case .qr: return .seeOther(payURL(placed.token))
        }
    }

    private func open(_ placed: PlacedOrder, gateway: any Gateway, client: String?) async throws(Problem) -> CheckoutSession {
        let intent = intent(placed, gateway, client)
        let session: CheckoutSession
        do {
            session = try await opener.open(intent, at: gateway)
        } catch {
            logger.warning(
                "a gateway opened no checkout",
                metadata: ["order": "\(placed.order)", "account": "\(gateway.account)", "code": "\(error.code.rawValue)"])
            throw down(placed)
        }
        try await books { () throws(FulfilmentError) in
            try await engine.recordPayment(
                order: placed.order, reference: session.gatewayReference, payURL: session.way.url, payQR: session.way.code)
        }
        return session
    }

    func intent(_ placed: PlacedOrder, _ gateway: any Gateway, _ client: String?) -> CheckoutIntent {
        CheckoutIntent(
            order: placed.order, amount: placed.amount, description: placed.description, language: placed.language,
            buyerMail: placed.email, affiliate: placed.referral, clientAddress: client, returnURL: orderURL(placed.token),
            notifyURL: "\(shop.webhook.url)/notify/\(gateway.account)", createdAt: placed.createdAt, expiresAt: placed.expiresAt)
    }

    /// The order stays, unpaid, until its hold ends; its page tries again.
    func down(_ placed: PlacedOrder) -> Problem {
        var problem = Problem(.gatewayDown, "the payment service did not open a payment")
        problem.order = (placed.order, placed.token)
        return problem
    }

    private func created(_ placed: PlacedOrder, _ session: CheckoutSession) -> Reply {
        let pay: JSON =
            switch session.way {
            case .redirect(let url): .object(["url": .text(url)])
            case .qr(let text): .object(["qr": .text(text)])
            }
        let body = JSON.object([
            "order": .text(placed.order), "token": .text(placed.token), "amountMinor": .integer(placed.amount.minor),
            "currency": .text(placed.amount.currency.code), "pay": pay,
        ])
        return .json(body.written, status: 201, headers: [("Location", orderURL(placed.token))])
    }

    func orderURL(_ token: String) -> String { "\(shop.webhook.url)/orders/\(token)" }
    func payURL(_ token: String) -> String { "\(orderURL(token))/pay" }
    /// The same as a form's action: without the host, which a page on another name of it would not be let to post to.
    func payPath(_ token: String) -> String { "\(shop.webhook.basePath)/orders/\(token)/pay" }
}

extension CheckoutSession.Way {
    fileprivate var url: String? {
        if case .redirect(let url) = self { url } else { nil }
    }

    fileprivate var code: String? {
        if case .qr(let text) = self { text } else { nil }
    }
}
