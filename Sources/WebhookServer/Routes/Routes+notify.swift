import Cryptography
import Fulfilment
import Logging
import Payments

extension Routes {
    /// `GET|POST /notify/<account>`: judges a notice on its raw bytes, books what it says, and only then tells the gateway so.
    ///
    /// A repeat is success to the gateway. When the books cannot take it, the answer is 503 and the gateway comes again.
    func notify(_ request: Inbound, account: String) async throws(Problem) -> Reply {
        guard let gateway = state.current.gateways.gateway(named: account) else {
            throw Problem(.notFound, "there is no such account")
        }
        guard gateway.noticeMethods.contains(request.method) else {
            throw Problem(
                .methodNotAllowed, "notices of this account come by \(gateway.noticeMethod)",
                headers: [("Allow", gateway.noticeMethods.joined(separator: ", "))])
        }
        let notice = RawNotice(
            method: request.method, path: request.path, query: request.query, headers: request.headers, body: request.body)
        do {
            try await gateway.prepare(for: notice)
        } catch {
            logger.warning("a notice cannot be judged yet", metadata: ["account": "\(gateway.account)", "code": "\(error.code.rawValue)"])
            throw Problem(.busy, "what judging this notice needs could not be fetched")
        }
        switch gateway.judge(notice, now: clock.now()) {
        case .rejected(let category, let reason, let reply):
            counters.rejections.add(gateway.account, category.rawValue, reason)
            logger.notice(
                "notice refused", metadata: ["account": "\(gateway.account)", "category": "\(category.rawValue)", "reason": "\(reason)"])
            return Reply(reply)
        case .accepted(let fact, let success):
            let outcome = try await books { () throws(FulfilmentError) in
                try await engine.apply(account: gateway.account, fact: fact, bodyDigest: Digest.sha256(request.body))
            }
            guard outcome.effect != .forged else {
                counters.rejections.add(gateway.account, "replay", "transmission_id_reused")
                logger.notice("notice refused", metadata: ["account": "\(gateway.account)", "reason": "transmission_id_reused"])
                return Reply(NoticeReply(status: 400))
            }
            counters.notices.add(gateway.account, outcome.effect.rawValue)
            if outcome.effect != .duplicate, outcome.effect != .ignored { wake() }
            logger.info(
                "notice booked",
                metadata: [
                    "account": "\(gateway.account)", "kind": "\(fact.kind.rawValue)", "effect": "\(outcome.effect.rawValue)",
                    "order": "\(outcome.order ?? "-")",
                ])
            return Reply(success)
        }
    }
}

extension Reply {
    /// What a gateway is told, as it wants to hear it.
    fileprivate init(_ reply: NoticeReply) {
        self.init(status: reply.status, headers: reply.headers.map { ($0.name, $0.value) }, body: Array(reply.body.utf8))
    }
}
