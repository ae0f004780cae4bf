import Cryptography
import Foundation
import Payments
import Testing

/// What we send, signed as the gateways' own libraries sign it: byte for byte.
struct RequestVectorTests {
    private func entries(_ prefix: String) throws -> [JSON] {
        let folder = try #require(SharedVectors.folder, "KEYFRONT_VECTORS must name the folder of shared cases")
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent("requests.json")))
        let list = try #require(try JSONReader.read(bytes).list)
        return list.filter { $0["name"]?.text?.hasPrefix(prefix) == true }
    }

    private func parameters(_ entry: JSON) throws -> [(String, String)] {
        guard case .object(let members)? = entry["parameters"] else { throw PaymentError(.malformedCase, "no parameters") }
        return members.map { ($0.name, $0.value.text ?? "") }
    }

    @Test("Alipay: text, signature and address are the library's", .enabled(if: SharedVectors.folder != nil || SharedVectors.isRequired))
    func alipay() throws {
        let entries = try entries("alipay-")
        #expect(entries.count == 2)
        for entry in entries {
            let request = AlipayRequest(parameters: try parameters(entry))
            let key = try RSAPrivateKey(text: try #require(entry["config"]?["appPrivateKeyPem"]?.text))
            #expect(try request.signature(key) == entry["expectedSignature"]?.text)
            let text = SignedParameters(request.parameters).signedText(without: ["sign"])
            #expect(String(decoding: text, as: UTF8.self) == entry["signedText"]?.text)
            let address = try request.address(base: "https://openapi.alipay.com/gateway.do", key: key)
            func parts(_ text: String?) -> Set<Substring> { Set(text?.split { $0 == "?" || $0 == "&" } ?? []) }
            #expect(parts(address) == parts(entry["exampleUrl"]?.text))
        }
    }

    @Test("EPay: signatures of both generations are the library's", .enabled(if: SharedVectors.folder != nil || SharedVectors.isRequired))
    func epay() throws {
        let entries = try entries("epay-")
        #expect(entries.count == 3)
        for entry in entries {
            let signer: EPaySigner =
                if let key = entry["config"]?["key"]?.text {
                    .md5(SecretKey(Array(key.utf8)))
                } else {
                    .rsa(try RSAPrivateKey(text: try #require(entry["config"]?["merchantPrivateKeyPem"]?.text)))
                }
            let parameters = try parameters(entry)
            #expect(try signer.sign(parameters) == entry["expectedSign"]?.text)
            let text = entry["signedText"]?.text
            #expect(text == nil || String(decoding: EPayVersion.v2.signedText(SignedParameters(parameters)), as: UTF8.self) == text)
        }
    }
}
