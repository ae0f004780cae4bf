import Payments
import Testing

struct OtherCaseTests {
    private static let configs = [
        "paddle": #"{"webhookSecrets":["\#(GatewaySecrets.paddle)"]}"#,
        "lemonsqueezy": #"{"webhookSecrets":["\#(GatewaySecrets.lemon)"],"store":"4711"}"#,
        "btcpay": #"{"webhookSecrets":["\#(GatewaySecrets.btcpay)"],"store":"StoreKeyfront1","invoice":\#(GatewaySigner.invoice())}"#,
        "nowpayments": #"{"webhookSecrets":["\#(GatewaySecrets.now)"]}"#,
        "tokenpay": #"{"tokens":["\#(GatewaySecrets.token)"]}"#,
        "epusdt": #"{"tokens":["\#(GatewaySecrets.epusdt)"]}"#,
    ]

    private func lines(_ kind: String, config: String? = nil, amount: Int64) throws -> String {
        let known = GatewaySigner.known(kind)
        let currency = kind == "tokenpay" || kind == "epusdt" ? "CNY" : "USD"
        let headers = known.headers.map { JSON.list([.text($0.name), .text($0.value)]).written }.joined(separator: ",")
        let body = JSON.text(String(decoding: known.body, as: UTF8.self)).written
        let text =
            #"{"name":"\#(kind)","gateway":"\#(kind)","now":\#(Signer.now),"config":\#(config ?? Self.configs[kind] ?? "null"),"#
            + #""context":{"orders":{"KF_TEST_01":{"amountMinor":\#(amount),"currency":"\#(currency)","gateway":"\#(kind)"}}},"#
            + #""headers":[\#(headers)],"body":\#(body)}"#
        return NoticeCase.judge(try NoticeCase.read(Array(text.utf8))).map(\.json).joined(separator: "\n")
    }

    @Test("A recorded notice of each kind is judged as the daemon would, once it had asked", arguments: GatewaySigner.kinds)
    func recorded(kind: String) throws {
        let amount: Int64 = kind == "tokenpay" || kind == "epusdt" ? 6800 : 1999
        let line = try lines(kind, amount: amount)
        #expect(line.contains(#""verdict":"accept""#) && line.contains(#""kind":"paid""#) && line.contains(#""deliver":true"#))
        #expect(try lines(kind, amount: amount + 1).contains(#""deliver":false"#))
        let empty = try lines(kind, config: #"{"webhookSecrets":[""],"tokens":[""],"store":"4711"}"#, amount: amount)
        #expect(empty.contains(#""verdict":"reject""#) && empty.contains(#""category":"config""#))
    }

    @Test("A recorded event of BTCPay's is nothing without its invoice, and refused with one that says otherwise")
    func invoice() throws {
        let bare = #"{"webhookSecrets":["\#(GatewaySecrets.btcpay)"],"store":"StoreKeyfront1"}"#
        #expect(try lines("btcpay", config: bare, amount: 1999).contains(#""deliver":false"#))
        let open = Self.configs["btcpay"]?.replacing("Settled", with: "Processing")
        #expect(try lines("btcpay", config: open, amount: 1999).contains(#""reason":"not_confirmed""#))
    }
}
