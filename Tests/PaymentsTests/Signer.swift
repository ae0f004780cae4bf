import Cryptography
import Payments

/// Signs notices as a gateway would, for the tests.
enum Signer {
    static let now: Int64 = 1_800_000_000
    static let stripeSecret = "whsec_KeyfrontTestSecret0123456789"
    static let standardKey = [UInt8](1...32)
    static let standardSecret = "whsec_" + Base64.encode(standardKey)

    static func stripe(_ body: String, secret: String = stripeSecret, at time: Int64 = now) -> RawNotice {
        let code = Hex.encode(Digest.hmacSHA256(key: Array(secret.utf8), Array("\(time).\(body)".utf8)))
        return RawNotice(
            method: "POST", path: "/notify/card", headers: [("Stripe-Signature", "t=\(time),v1=\(code)")], body: Array(body.utf8))
    }

    static func standard(_ body: String, id: String = "msg_test1", key: [UInt8] = standardKey, at time: Int64 = now) -> RawNotice {
        let code = Base64.encode(Digest.hmacSHA256(key: key, Array("\(id).\(time).\(body)".utf8)))
        return RawNotice(
            method: "POST", path: "/notify/partner",
            headers: [("webhook-id", id), ("webhook-timestamp", String(time)), ("webhook-signature", "v1,\(code)")], body: Array(body.utf8))
    }

    /// Any bytes under a good signature.
    static func standard(bytes: [UInt8], id: String = "msg_test1") -> RawNotice {
        let code = Base64.encode(Digest.hmacSHA256(key: standardKey, Array("\(id).\(now).".utf8) + bytes))
        return RawNotice(
            method: "POST", path: "/notify/partner",
            headers: [("webhook-id", id), ("webhook-timestamp", String(now)), ("webhook-signature", "v1,\(code)")], body: bytes)
    }

    /// An event with `object` inside.
    static func event(_ type: String, _ object: String, id: String = "evt_test1", livemode: String = "true") -> String {
        #"{"id":"\#(id)","object":"event","created":1799999990,"data":{"object":\#(object)},"livemode":\#(livemode),"type":"\#(type)"}"#
    }

    /// A paid session; `changes` replaces parts of its text.
    static func session(_ changes: (String, String)...) -> String {
        var text =
            #"{"id":"cs_live_1","object":"checkout.session","amount_total":1999,"client_reference_id":"KF_TEST_01","currency":"usd","#
            + #""metadata":{"order_id":"KF_TEST_01"},"mode":"payment","payment_intent":"pi_test1","payment_status":"paid","status":"complete"}"#
        for (part, other) in changes { text = text.replacing(part, with: other) }
        return text
    }

    /// A payload of ours; `data` is the inside of its data object.
    static func payload(_ type: String, _ data: String) -> String {
        #"{"type":"\#(type)","timestamp":"2027-01-15T07:59:50Z","data":{\#(data)}}"#
    }

    static let paidData = #""order_id":"KF_TEST_01","amount_minor":1999,"currency":"USD","transaction_id":"txn_1""#
}

extension Verdict {
    var fact: Fact? {
        if case .accepted(let fact, _) = self { fact } else { nil }
    }

    /// `category/reason`, or nil when accepted.
    var refusal: String? {
        if case .rejected(let category, let reason, _) = self { "\(category.rawValue)/\(reason)" } else { nil }
    }
}
