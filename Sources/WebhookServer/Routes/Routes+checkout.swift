import Catalog
import Fulfilment
import Logging
import Payments

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
        let session = try await open(placed, gateway: gateway, form: form, client: request.client?.text, language: language)
        logger.info("order placed", metadata: ["order": "\(placed.order)", "account": "\(gateway.account)"])
        if request.mediaType == "application/json" || request.wantsJSON { return created(placed, session) }
        switch session.way {
        case .redirect(let url): return .seeOther(url)
        case .qr: return .seeOther(orderURL(placed.token))
        }
    }

    private func open(
        _ placed: PlacedOrder, gateway: any Gateway, form: CheckoutForm, client: String?, language: String
    ) async throws(Problem) -> CheckoutSession {
        let intent = CheckoutIntent(
            order: placed.order, amount: placed.amount, description: placed.description, language: language, buyerMail: form.email,
            affiliate: form.ref, clientAddress: client, returnURL: orderURL(placed.token),
            notifyURL: "\(shop.webhook.url)/notify/\(gateway.account)",
            createdAt: clock.now(), expiresAt: placed.expiresAt)
        let session: CheckoutSession
        do {
            session = try await gateway.createCheckout(intent)
        } catch {
            logger.warning(
                "a gateway opened no checkout",
                metadata: ["order": "\(placed.order)", "account": "\(gateway.account)", "code": "\(error.code.rawValue)"])
            throw Problem(.gatewayDown, "the payment service did not open a payment")
        }
        try await books { () throws(FulfilmentError) in
            try await engine.recordPayment(order: placed.order, reference: session.gatewayReference, payURL: session.way.url)
        }
        return session
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

    private func orderURL(_ token: String) -> String { "\(shop.webhook.url)/orders/\(token)" }
}

extension CheckoutSession.Way {
    fileprivate var url: String? {
        if case .redirect(let url) = self { url } else { nil }
    }
}
