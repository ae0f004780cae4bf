import Fulfilment

extension Routes {
    /// `GET /health/live`: the process answers. `GET /health/ready`: and its books do.
    func health(_ which: String) async throws(Problem) -> Reply {
        switch which {
        case "live": return .text("ok\n")
        case "ready":
            _ = try await books { () throws(FulfilmentError) in try await engine.orders(limit: 1) }
            return .text("ok\n")
        default: throw Problem(.notFound, "ask /health/live or /health/ready")
        }
    }

    /// `GET /metrics` in Prometheus' text form, for monitors on this machine or the private network: sales are nobody else's business.
    ///
    /// A proxy that is not listed asks from a private address for anybody, so what it forwards is not answered.
    func metrics(_ request: Inbound) async throws(Problem) -> Reply {
        guard request.client?.isPrivate == true, !request.isRelayedByStranger else { throw Problem(.notFound, "there is nothing here") }
        let engine = try await books { () throws(FulfilmentError) in try await self.engine.metrics() }
        return Reply(
            status: 200, headers: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
            body: Array(MetricsText(engine: engine, counters: counters).text.utf8))
    }
}
