import Catalog
import Fulfilment
import Payments
import Templates

extension Routes {
    /// `GET|POST /sandbox/<account>?…`: the pay page of a gateway that takes no money, and what its buttons do.
    ///
    /// The parameters are signed, so a page can neither be made up nor changed. A button sends a notice to our own notify address
    /// over HTTP, as a gateway would; nothing is booked here.
    func sandbox(_ request: Inbound, account: String) async throws(Problem) -> Reply {
        let setup = state.current
        guard let sandbox = setup.gateways.sandbox(named: account) else { throw Problem(.notFound, "there is no such sandbox") }
        guard let query = request.query, let payment = sandbox.payment(query: query) else {
            throw Problem(.notFound, "this is not the address of a payment")
        }
        guard request.method == "POST" else { return try await till(payment, sandbox, query, setup, declined: false) }
        guard request.mediaType == "application/x-www-form-urlencoded" else { throw Problem(.unsupportedMediaType, "send a form") }
        switch try FormFields(request.body)["action"] {
        case "pay":
            await courier.send(.paid, of: payment, from: sandbox)
            return .seeOther(payment.returnURL)
        case "decline":
            await courier.send(.failed, of: payment, from: sandbox)
            return try await till(payment, sandbox, query, setup, declined: true)
        case "refund":
            await courier.send(.refunded, of: payment, from: sandbox)
            return .seeOther("\(shop.webhook.url)\(sandbox.pagePath)?\(query)")
        default: throw Problem(.badRequest, "the field “action” is not pay, decline or refund")
        }
    }

    private func till(
        _ payment: SandboxPayment, _ sandbox: SandboxGateway, _ query: String, _ setup: Setup, declined: Bool
    ) async throws(Problem) -> Reply {
        let order = try await books { () throws(FulfilmentError) in try await engine.order(id: payment.order) }
        let pages = try pages(setup, language: payment.language)
        let action = "\(shop.webhook.basePath)\(sandbox.pagePath)?\(query)"
        let body = try rendered { () throws(TemplateError) in
            try pages.sandbox(payment, action: action, state: order.state, declined: declined)
        }
        return page(body, pages)
    }
}
