import Catalog
import Fulfilment
import Payments
import Templates

extension Routes {
    /// `GET /orders/<token>`: an order with its keys, as a page or as JSON. HEAD opens no key.
    func order(_ request: Inbound, token: String) async throws(Problem) -> Reply {
        let view = try await opened(request) { () throws(FulfilmentError) in
            try await engine.order(token: token, reveal: request.method == "GET")
        }
        if view.state == .pending { questions.add(view.order) }
        if request.wantsJSON { return .json(document(view).written, headers: [("Vary", "Accept, Accept-Language")]) }
        let setup = state.current
        let pages = try pages(setup, language: view.language)
        let body = try rendered { () throws(TemplateError) in
            try pages.order(
                view, gateway: setup.gateways.gateway(named: view.gateway), payPath: payPath(token), now: clock.now())
        }
        return page(body, pages, pays: view.state == .pending)
    }

    /// `GET /p/<token>`: a promoter's earnings.
    func promoter(_ request: Inbound, token: String) async throws(Problem) -> Reply {
        let view = try await opened(request) { () throws(FulfilmentError) in try await engine.promoterPage(linkToken: token) }
        if request.wantsJSON { return .json(document(view).written, headers: [("Vary", "Accept, Accept-Language")]) }
        let pages = try pages(state.current, language: view.language)
        let body = try rendered { () throws(TemplateError) in try pages.promoter(view, linkToken: token) }
        return page(body, pages)
    }

    /// `POST /orders/lookup`: mails links to whoever has the address. The answer is the same whether or not there are orders.
    func lookup(_ request: Inbound) async throws(Problem) -> Reply {
        try limiters.take(limiters.lookups, request)
        let (email, language) = try lookupFields(request)
        do {
            try await engine.lookup(email: email)
        } catch {
            throw Problem(error)
        }
        wake()
        if request.wantsJSON { return .json(JSON.object(["accepted": .bool(true)]).written, status: 202) }
        let setup = state.current
        let pages = try pages(setup, language: self.language(of: request, setup, form: language))
        return page(try rendered { () throws(TemplateError) in try pages.message("lookup_done", isError: false) }, pages)
    }

    private func lookupFields(_ request: Inbound) throws(Problem) -> (email: String, language: String?) {
        let missing = Problem(.badRequest, "the field “email” is missing")
        switch request.mediaType {
        case "application/x-www-form-urlencoded":
            let form = try FormFields(request.body)
            guard let email = form["email"], !email.isEmpty else { throw missing }
            return (email, form["language"])
        case "application/json":
            guard let json = try? JSONReader.read(request.body) else { throw Problem(.badRequest, "the body is not one JSON object") }
            guard let email = json["email"]?.text, !email.isEmpty else { throw missing }
            return (email, json["language"]?.text)
        default: throw Problem(.unsupportedMediaType, "send a form (application/x-www-form-urlencoded) or application/json")
        }
    }

    /// Opens something by its secret link. Links that open nothing are counted against whoever tries them.
    func opened<T>(_ request: Inbound, _ body: () async throws(FulfilmentError) -> T) async throws(Problem) -> T {
        try limiters.check(limiters.guesses, request)
        do throws(Problem) {
            return try await books(body)
        } catch {
            if error.code == .notFound { try limiters.take(limiters.guesses, request) }
            throw error
        }
    }

    private func document(_ view: OrderView) -> JSON {
        .object([
            "order": .text(view.order), "state": .text(view.state.rawValue), "amountMinor": .integer(view.amount.minor),
            "currency": .text(view.amount.currency.code),
            "lines": .list(
                view.lines.map { line in
                    .object([
                        "sku": .text(line.sku), "title": .text(line.title), "quantity": .integer(line.quantity),
                        "keys": .list(line.keys.map(JSON.text)),
                    ])
                }),
            "promoterToken": .text(view.promoterToken), "payUrl": .text(view.payURL), "expiresAt": .integer(view.expiresAt),
        ])
    }

    private func document(_ view: PromoterView) -> JSON {
        .object([
            "id": .text(view.id), "token": .text(view.token), "pendingMinor": .integer(view.pending.minor),
            "availableMinor": .integer(view.available.minor), "paidMinor": .integer(view.paid.minor),
            "currency": .text(view.pending.currency.code),
        ])
    }
}
