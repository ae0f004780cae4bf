import Catalog
import Cryptography
import Foundation
import Payments
import Testing

/// What we send to WeChat Pay, held against what another implementation signed.
struct SharedWeChatRequestTests {
    static let files = SharedVectors.folder == nil && !SharedVectors.isRequired ? [] : ["requests.json"]

    private func entries(_ file: String) throws -> [JSON] {
        let folder = try #require(SharedVectors.folder, "KEYFRONT_VECTORS must name the folder of shared cases")
        let list = try #require(try JSONReader.read([UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))).list)
        return list.filter { $0["gateway"]?.text == "wechat" }
    }

    private func signer(_ entry: JSON) throws -> WeChatSigner {
        let config = entry["config"]
        return WeChatSigner(
            mchid: config?["mchid"]?.text ?? "", serial: config?["merchantSerial"]?.text ?? "",
            key: try RSAPrivateKey(text: try #require(config?["merchantPrivateKeyPem"]?.text)))
    }

    @Test("Our Authorization has the very fields of the official form", arguments: files)
    func authorization(file: String) throws {
        let records = try entries(file).filter { $0["pathAndQuery"] != nil }
        try #require(records.count >= 4)
        for record in records {
            let body = Array(try #require(record["body"]?.text).utf8)
            let text = try signer(record).authorization(
                try #require(record["method"]?.text), try #require(record["pathAndQuery"]?.text), body: body,
                at: try #require(record["now"]?.integer), nonce: try #require(record["nonce"]?.text))
            guard case .object(let fields) = record["expectedAuthorizationFields"] ?? .null else {
                Issue.record("a record has no fields")
                return
            }
            let ours = text.dropFirst("WECHATPAY2-SHA256-RSA2048 ".count).split(separator: ",").map(String.init).sorted()
            #expect(text.hasPrefix("WECHATPAY2-SHA256-RSA2048 "))
            #expect(ours == fields.map { "\($0.name)=\"\($0.value.text ?? "")\"" }.sorted(), "\(record["name"]?.text ?? "?")")
        }
    }

    @Test("Our signature for a page inside WeChat is the official one", arguments: files)
    func page(file: String) throws {
        let records = try entries(file).filter { $0["package"] != nil }
        try #require(!records.isEmpty)
        for record in records {
            let package = try #require(record["package"]?.text)
            let payment = try signer(record).payment(
                appid: try #require(record["config"]?["appid"]?.text), prepayID: String(package.dropFirst("prepay_id=".count)),
                at: try #require(record["now"]?.integer), nonce: try #require(record["nonce"]?.text))
            #expect(payment.package == package && payment.signature == record["expectedSignature"]?.text)
        }
    }

    @Test("The body of a new payment has the recorded members in the recorded order, and the end of the hold", arguments: files)
    func bodies(file: String) throws {
        let records = try entries(file).filter {
            $0["pathAndQuery"]?.text?.hasPrefix("/v3/pay/transactions/") == true && $0["body"]?.text != ""
        }
        try #require(records.count >= 2)
        for record in records {
            let body = try JSONReader.read(Array(try #require(record["body"]?.text).utf8))
            let address = body["scene_info"]?["payer_client_ip"]?.text
            let intent = CheckoutIntent(
                order: try #require(body["out_trade_no"]?.text),
                amount: Money(minor: try #require(body["amount"]?["total"]?.integer), currency: try Currency(code: "CNY")),
                description: try #require(body["description"]?.text), language: "zh-CN", affiliate: body["attach"]?.text,
                clientAddress: address, returnURL: "", notifyURL: try #require(body["notify_url"]?.text), createdAt: 0, expiresAt: 1)
            let ours = try WeChatRequests.checkout(
                intent, scene: address.map { .h5(clientAddress: $0) } ?? .native, mchid: try #require(body["mchid"]?.text),
                appid: try #require(body["appid"]?.text))
            guard case .object(let members) = ours else { continue }
            #expect(members.contains { $0.name == "time_expire" })
            #expect(JSON.object(members.filter { $0.name != "time_expire" }).written == record["body"]?.text)
        }
    }
}
