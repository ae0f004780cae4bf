import Catalog
import Cryptography
import Fulfilment
import Logging
import Payments
import Templates

/// What the daemon answers: a request in, an answer out. It knows no socket, no SQL and no signature.
struct Routes: Sendable {
    let engine: Engine
    let state: ShopState
    let limits: ServerLimits
    let limiters: RequestLimiters
    let clock: Clock
    let logger: Logger
    let counters: ServerCounters
    let courier: SandboxCourier
    let opener: CheckoutOpener
    /// Orders whose buyers came back.
    let questions: Questions
    /// Wakes the outbox worker: something to send may have been committed.
    let wake: @Sendable () -> Void

    var shop: Shop { engine.catalogue.shop }

    /// What is accepted as the body of a request, in bytes.
    func bodyLimit(_ request: Inbound) -> Int {
        guard request.method != "GET", request.method != "HEAD" else {
            // A notice by GET may, oddly, have a body; nothing else.
            return route(request).first == "notify" ? limits.noticeBody : 0
        }
        return route(request).first == "notify" ? limits.noticeBody : limits.formBody
    }

    /// Answers a request. Never throws: what goes wrong is an answer too.
    func reply(to request: Inbound) async -> Reply {
        let name = Self.name(route(request))
        var reply: Reply
        do throws(Problem) {
            reply = try await dispatch(request)
        } catch {
            reply = refusal(error, request)
        }
        reply.route = name
        counters.requests.add(name, String(reply.status))
        logger.debug("answered", metadata: ["route": "\(name)", "status": "\(reply.status)"])
        return reply
    }

    /// A problem as a document or as a page of the theme, whichever the request asks for.
    func refusal(_ problem: Problem, _ request: Inbound) -> Reply {
        counters.problems.add(problem.code.rawValue)
        guard !request.wantsJSON, route(request).first != "notify" else { return problem.document }
        let setup = state.current
        let form = request.mediaType == "application/x-www-form-urlencoded" ? try? FormFields(request.body)["language"] : nil
        let language = language(of: request, setup, form: form)
        guard let pages = AccountPages(shop: shop, face: setup.face, language: language),
            let body = try? pages.message(
                "error_\(problem.themeKey)", isError: true, retryURL: problem.order.map { payPath($0.token) },
                orderURL: problem.order.map { orderURL($0.token) })
        else { return problem.document }
        return page(body, pages, status: problem.status, headers: problem.allHeaders, pays: problem.order != nil)
    }

    /// The path's segments below the daemon's own address.
    func route(_ request: Inbound) -> [String] {
        let base = shop.webhook.basePath
        guard !base.isEmpty, request.path.utf8.starts(with: base.utf8) else { return request.segments }
        var inner = request
        inner.path = String(request.path.utf8.dropFirst(base.utf8.count)) ?? request.path
        return inner.path.utf8.first == UInt8(ascii: "/") ? inner.segments : request.segments
    }

    private func dispatch(_ request: Inbound) async throws(Problem) -> Reply {
        let route = route(request)
        switch (route.first, route.count) {
        case ("checkout", 1):
            try only(["POST"], request)
            return try await checkout(request)
        case ("notify", 2): return try await notify(request, account: route[1])
        case ("orders", 2) where route[1] == "lookup":
            try only(["POST"], request)
            return try await lookup(request)
        case ("orders", 2):
            try only(["GET", "HEAD"], request)
            return try await order(request, token: route[1])
        case ("orders", 3) where route[2] == "pay":
            try only(["GET", "HEAD", "POST"], request)
            return try await pay(request, token: route[1])
        case ("p", 2):
            try only(["GET", "HEAD"], request)
            return try await promoter(request, token: route[1])
        case ("sandbox", 2):
            try only(["GET", "HEAD", "POST"], request)
            return try await sandbox(request, account: route[1])
        default: return try await read(request, route)
        }
    }

    /// The routes that show what everybody may see.
    private func read(_ request: Inbound, _ route: [String]) async throws(Problem) -> Reply {
        let isKnown = ["assets", "health", "metrics", "stock.json"].contains(route.first ?? "")
        guard isKnown else { throw Problem(.notFound, "there is nothing here") }
        try only(["GET", "HEAD"], request)
        switch (route.first, route.count) {
        case ("stock.json", 1): return try await stock()
        case ("health", 2): return try await health(route[1])
        case ("metrics", 1): return try await metrics(request)
        case ("assets", 2...): return try asset(route.joined(separator: "/"))
        default: throw Problem(.notFound, "there is nothing here")
        }
    }

    private func only(_ methods: [String], _ request: Inbound) throws(Problem) {
        guard methods.contains(request.method) else {
            let allowed = methods.joined(separator: ", ")
            throw Problem(.methodNotAllowed, "this address takes \(allowed)", headers: [("Allow", allowed)])
        }
    }

    /// What a route is called in logs and metrics: never what a visitor typed.
    private static func name(_ route: [String]) -> String {
        let known = ["checkout", "notify", "orders", "p", "stock.json", "health", "metrics", "sandbox", "assets"]
        guard let first = route.first, known.contains(first) else { return "other" }
        return route.count == 2 && first == "orders" && route[1] == "lookup" ? "lookup" : first
    }
}

extension Routes {
    /// The language to answer in: the form's, when it is one of the shop's, else what the browser accepts.
    func language(of request: Inbound, _ setup: Setup, form: String? = nil) -> String? {
        if let form, shop.languages.contains(where: { $0.utf8.elementsEqual(form.utf8) }) { return form }
        return setup.face.language(accepting: request.values(of: "Accept-Language"))
    }

    /// A page of the theme as an answer. Forms on it lead to the daemon alone, and, where one `pays`, on to a gateway.
    /// `scripts`: it needs one of the theme's.
    func page(
        _ body: [UInt8], _ pages: AccountPages, status: Int = 200, headers: [(name: String, value: String)] = [], pays: Bool = false,
        scripts: Bool = false
    ) -> Reply {
        let own = WebAddress(shop.webhook.url)?.origin ?? "'self'"
        let others = pays ? CheckoutOrigins.all(of: shop.gateways, webhookURL: shop.webhook.url).filter { $0 != own } : []
        let origin = ([own] + others).joined(separator: " ")
        let policy =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self' \(origin); frame-ancestors 'none'"
            + (scripts ? "; script-src 'self'" : "")
        return .html(
            body, status: status,
            headers: [
                ("Content-Security-Policy", policy), ("Content-Language", pages.edition.language), ("Vary", "Accept, Accept-Language"),
            ] + headers)
    }

    /// The pages of a language. Throws `internal` when there is no theme.
    func pages(_ setup: Setup, language: String?) throws(Problem) -> AccountPages {
        guard let pages = AccountPages(shop: shop, face: setup.face, language: language) else {
            throw Problem(.internalError, "the shop has no theme")
        }
        return pages
    }

    /// Renders; a theme that cannot is our fault, and the log says where.
    func rendered(_ body: () throws(TemplateError) -> [UInt8]) throws(Problem) -> [UInt8] {
        do {
            return try body()
        } catch {
            logger.error(
                "a page could not be rendered", metadata: ["place": "\(error.path):\(error.line):\(error.column)", "code": "\(error.code)"])
            throw Problem(.internalError, "a page could not be rendered")
        }
    }

    /// Runs something on the books. What lies behind `unavailable` is for the log alone.
    func books<T>(_ body: () async throws(FulfilmentError) -> T) async throws(Problem) -> T {
        do {
            return try await body()
        } catch {
            if error.code == .unavailable { logger.error("the books do not answer", metadata: ["reason": "\(error.message)"]) }
            throw Problem(error)
        }
    }
}
