import Catalog
import Cryptography

/// A buyer's complaint (消费者投诉) as the merchant platform answers it, single or in a list.
struct WeChatComplaint {
    private let object: JSON

    init(_ object: JSON) {
        self.object = object
    }

    /// What it means for the order it is about: a dispute until it is closed. Closing it moves no money: a refund, if one was agreed, comes
    /// as a refund of its own. nil when it names no payment.
    func fact(dedupeKey: String) -> Fact? {
        guard let id = object["complaint_id"]?.text, Field.isIdentifier(id), let state = object["complaint_state"]?.text,
            let payments = object["complaint_order_info"]?.list, let payment = payments.first,
            let transaction = payment["transaction_id"]?.text, Field.isIdentifier(transaction)
        else { return nil }
        let isClosed = state == "PROCESSED"
        return Fact(
            isClosed ? .disputeClosed : .disputed, dedupeKey: dedupeKey, orderID: Field.orderID(payment["out_trade_no"]?.text),
            amountMinor: payment["amount"]?.integer, currency: "CNY", gatewayTransactionID: transaction, disputeID: id,
            disputeWon: isClosed ? true : nil, occurredAt: object["complaint_time"]?.text.flatMap(Moment.zonedSeconds),
            // A complaint about several payments marks the first; a person sees to the others.
            remarks: payments.count > 1 ? [.needsLookup] : [])
    }

    /// A name for what the complaint says now, for answers that have no id of their own.
    var dedupeKey: String { "complaint:\(object["complaint_id"]?.text ?? ""):\(object["complaint_state"]?.text ?? "")" }
}

extension WeChatGateway {
    /// A notice of a complaint says its number alone: what it is about is asked for before it is judged.
    package func prepare(for notice: RawNotice) async throws(PaymentError) {
        guard case .accepted(let fact, _) = notices.judge(notice, now: now()), fact.kind == .disputed, let id = fact.disputeID,
            fact.remarks.contains(.needsLookup)
        else { return }
        do throws(PaymentError) {
            let path = "/v3/merchant-service/complaints-v2/\(FormText.escapePart(id))"
            let found = try await api.call("GET", path).flatMap { $0["complaint_id"]?.text == id ? WeChatComplaint($0) : nil }
            complaints.remember(Digest.sha256(notice.body), found?.fact(dedupeKey: fact.dedupeKey))
        } catch {
            // Without the right to look it stays what it was: a case for a person.
            guard error.code == .refused else { throw error }
            complaints.remember(Digest.sha256(notice.body), nil)
        }
    }

    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        let verdict = notices.judge(notice, now: now)
        guard case .accepted(let fact, let success) = verdict, fact.kind == .disputed,
            let known = complaints.value(Digest.sha256(notice.body)), let complaint = known
        else { return verdict }
        return .accepted(complaint, success: success)
    }

    /// The complaints of the last 30 days, for those whose notices were lost or never asked for. Ten pages of fifty at most.
    package func disputes() async throws(PaymentError) -> [Fact]? {
        guard asksForComplaints else { return nil }
        let today = now()
        var facts: [Fact] = []
        for page in 0..<10 {
            let path =
                "/v3/merchant-service/complaints-v2?limit=50&offset=\(page * 50)"
                + "&begin_date=\(Moment.beijingDay(today - 29 * 86_400))&end_date=\(Moment.beijingDay(today))&complainted_mchid=\(notices.mchid)"
            guard let answer = try await api.call("GET", path), let found = answer["data"]?.list else {
                throw call.malformed("the list of complaints cannot be read")
            }
            facts += found.map(WeChatComplaint.init).compactMap { $0.fact(dedupeKey: $0.dedupeKey) }
            if found.count < 50 || facts.count >= answer["total_count"]?.integer ?? 0 { break }
        }
        return facts
    }
}
