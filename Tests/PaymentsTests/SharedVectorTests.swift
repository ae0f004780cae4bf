import Foundation
import Payments
import Testing

/// Every recorded notice, judged as the daemon would, compared in everything that the record says.
struct SharedVectorTests {
    @Test("Every shared case gets its verdict, meaning, flags, delivery and reply", arguments: SharedVectors.files)
    func everyCase(file: String) throws {
        let folder = try #require(SharedVectors.folder, "KEYFRONT_VECTORS must name the folder of shared cases")
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
        let results = NoticeCase.judge(try NoticeCase.read(bytes))
        let expected = try #require(try JSONReader.read(bytes).list)
        try #require(results.count == expected.count && results.count >= 30)
        for (result, record) in zip(results, expected) { compare(result, record) }
    }

    @Test("A machine that checks for others has the shared cases")
    func required() {
        #expect(!SharedVectors.isRequired || SharedVectors.folder != nil)
    }

    private func compare(_ result: CaseResult, _ record: JSON) {
        let name = record["name"]?.text ?? "?"
        #expect(result.name == name)
        #expect((result.accepted ? "accept" : "reject") == record["expect"]?.text, "\(name)")
        #expect(result.category?.rawValue == record["category"]?.text, "\(name)")
        #expect(result.reason == record["reason"]?.text, "\(name)")
        #expect((result.decision?.deliver ?? false) == record["deliver"]?.bool, "\(name)")
        let flags = Set(record["flags"]?.list?.compactMap(\.text) ?? [])
        #expect(Set(result.decision?.flags.map(\.rawValue) ?? []) == flags, "\(name)")
        #expect(Int64(result.reply.status) == record["reply"]?["status"]?.integer, "\(name)")
        #expect(result.reply.body == record["reply"]?["body"]?.text, "\(name)")
        guard case .object(let fields) = record["parsed"] ?? .null else {
            #expect(result.fact == nil, "\(name)")
            return
        }
        // A key against repeats that the record leaves open (null) is ours to choose.
        for field in fields where field.name != "dedupeKey" || field.value != .null {
            #expect(parsed(result, field.name) == field.value, "\(name): \(field.name)")
        }
    }

    private func parsed(_ result: CaseResult, _ field: String) -> JSON? {
        func text(_ value: String?) -> JSON { value.map(JSON.text) ?? .null }
        switch field {
        case "kind": return text(result.kind)
        case "orderId": return text(result.fact?.orderID)
        case "amountMinor": return result.fact?.amountMinor.map(JSON.integer) ?? .null
        case "currency": return text(result.fact?.currency)
        case "gatewayTransactionId": return text(result.fact?.gatewayTransactionID)
        case "dedupeKey": return text(result.fact?.dedupeKey)
        case "affiliate": return text(result.fact?.affiliate)
        case "sessionId": return text(result.fact?.sessionID)
        case "refundAmount": return text(result.fact?.refundAmount?.rawValue)
        case "fullRefund": return result.decision?.fullRefund.map(JSON.bool) ?? .null
        case "resolvedOrderId": return text(result.decision?.orderID)
        case "refundId": return text(result.fact?.refundID)
        case "notifyId": return text(result.fact?.noticeID)
        case "disputeId": return text(result.fact?.disputeID)
        default: return nil
        }
    }
}
