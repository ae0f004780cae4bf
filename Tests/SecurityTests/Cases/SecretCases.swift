import Cryptography
import Foundation
import Fulfilment
import Operations
import Payments
import Testing
import Transport

@testable import WebhookServer

@Suite("Security cases: secrets, links, limits")
struct SecretCases {
    @Test("S17: keys are made at random with mode 0600; a placeholder or a loose file refuses to start; the repository keeps none")
    func s17() async throws {
        let folder = try TestShop.write(port: 1)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = "\(folder)/secrets/master.key"
        let first = try String(contentsOfFile: file, encoding: .utf8)
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        #expect(throws: CryptographyError.self) { try MasterKey.create(file: file) }
        try FileManager.default.removeItem(atPath: file)
        _ = try MasterKey.create(file: file)
        #expect(try String(contentsOfFile: file, encoding: .utf8) != first)
        let bad = ["", "changeme", Base64.encode([UInt8](repeating: 0, count: 32)), Base64.encode([UInt8](repeating: 65, count: 32))]
        for text in bad {
            try text.write(toFile: file, atomically: false, encoding: .utf8)
            let error = await #expect(throws: OperationError.self, "\(text)") {
                try await Installation.open(folder: folder, environment: [:])
            }
            #expect(error?.code == .masterKey)
        }
        try first.write(toFile: file, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
        await #expect(throws: OperationError.self) { try await Installation.open(folder: folder, environment: [:]) }

        let ignored = try String(contentsOf: Peer.root.appending(path: ".gitignore"), encoding: .utf8).split(separator: "\n")
        #expect(ignored.contains("secrets/") && ignored.contains("data/"))
        let settings = try String(contentsOf: Peer.root.appending(path: "shop.yaml"), encoding: .utf8)
        for mark in ["sk_live_", "sk_test_", "whsec_", "BEGIN PRIVATE", "BEGIN RSA"] { #expect(!settings.contains(mark)) }
    }

    @Test("S18: an order opens by its token alone: not by number, contact, or the key itself")
    func s18() async throws {
        let shop = try await TestShop()
        let placed = try await shop.buy()
        #expect(try await shop.deliver(try shop.notice(.paid, of: placed)).status == 204)
        #expect(try await shop.keys(placed) == ["KEY-0001-SECRET"])
        let (order, token) = (placed.order, placed.token)
        let others = [
            order, "buyer@mail.example", "buyer%40mail.example", "KEY-0001-SECRET", "1", "", String(token.dropLast()), token + "0",
            token.uppercased(), "\(token)%00", "\(token)/",
        ]
        for other in others {
            let answer = try await shop.get("/orders/\(other)", [HTTPField("Accept", "application/json")])
            #expect(answer.status == 404 || answer.status == 405, "\(other)")
            #expect(!text(answer).contains("KEY-"))
        }
        #expect(try await shop.get("/orders/lookup?email=buyer%40mail.example&order=\(order)").status == 405)
        let known = try await shop.post("/orders/lookup", "email=buyer%40mail.example")
        let unknown = try await shop.post("/orders/lookup", "email=stranger%40mail.example")
        #expect(known.status == 200 && known.body == unknown.body && known.status == unknown.status)
        #expect(!text(known).contains(token) && !text(known).contains("KEY-"))
        try await shop.stop()
    }

    @Test("S19: the master key lies in a file of its own: the database does not hold it, and does not open without it")
    func s19() async throws {
        let shop = try await TestShop()
        let placed = try await shop.buy()
        #expect(try await shop.deliver(try shop.notice(.paid, of: placed)).status == 204)
        let file = "\(shop.folder)/secrets/master.key"
        let line = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
        let key = try #require(Base64.decode(line))
        var read = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(shop.folder)/data") where !name.hasSuffix(".sock") {
            let data = try Data(contentsOf: URL(filePath: "\(shop.folder)/data/\(name)"))
            read += data.count
            for form in [Data(key), Data(line.utf8), Data(Hex.encode(key).utf8), Data("KEY-0001-SECRET".utf8)] {
                #expect(data.range(of: form) == nil, "\(name)")
            }
        }
        #expect(read > 10_000)
        try await shop.stop()
        try FileManager.default.removeItem(atPath: file)
        let error = await #expect(throws: OperationError.self) { try await Installation.open(folder: shop.folder, environment: [:]) }
        #expect(error?.code == .masterKey)
        // A key that somebody else made opens nothing of it.
        _ = try MasterKey.create(file: file)
        let stolen = try? await Installation.open(folder: shop.folder, environment: [:])
        #expect(try await stolen?.engine.order(token: placed.token, reveal: true).lines.flatMap(\.keys).isEmpty ?? true)
        await stolen?.close()
    }

    @Test("S20: a promoter earns nothing from an order of their own under another spelling of the address (payer and device are unknown)")
    func s20() async throws {
        let shop = try await TestShop(keys: 10)
        let promoter = try await shop.engine.addPromoter(address: "Pat.Smith@mail.example", parent: nil)
        for address in ["pat.smith@mail.example", "PAT.SMITH@MAIL.EXAMPLE", "pat.smith+friend@mail.example"] {
            let order = try await shop.placed(address, ref: promoter.token)
            #expect(try await shop.deliver(try await shop.notice(.paid, order: order.order)).status == 204)
            #expect(try await shop.view(order).state == .fulfilled)
            #expect(try await shop.engine.promoter(promoter.id).pendingMinor == 0, "\(address)")
        }
        let other = try await shop.placed("someone@mail.example", ref: promoter.token)
        #expect(try await shop.deliver(try await shop.notice(.paid, order: other.order)).status == 204)
        #expect(try await shop.engine.promoter(promoter.id).pendingMinor == 1_000)
        try await shop.stop()
    }

    @Test("S21: there are no outgoing webhooks; the one thing that sends notices, the sandbox, signs them by Standard Webhooks")
    func s21() async throws {
        await #expect(throws: OperationError.self) { try await TestShop(settings: "webhooks: [{url: \"https://x.example\"}]") }
        let shop = try await TestShop()
        let placed = try await shop.buy()
        let notice = try shop.notice(.paid, of: placed)
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            #expect(notice.headers.count { $0.name.lowercased() == name } == 1)
            let rest = notice.headers.filter { $0.name.lowercased() != name }.map { HTTPField($0.name, $0.value) }
            let reply = try await shop.http.request(method: "POST", url: notice.url, headers: rest, body: notice.body)
            #expect(reply.status == 401, "\(name)")
        }
        #expect(notice.headers.contains { $0.value.hasPrefix("v1,") && Base64.decode(String($0.value.dropFirst(3)))?.count == 32 })
        #expect(try await shop.order(placed)["state"] as? String == "pending")
        try await shop.stop()
    }

    @Test("S22: a huge, slow or endless request is let go, and others are served meanwhile")
    func s22() async throws {
        var limits = ServerLimits()
        limits.idleSeconds = 1
        limits.bodySeconds = 1
        let shop = try await TestShop(limits: limits)
        let huge = try RawConnection(port: shop.port)
        huge.send("POST /notify/test HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000000\r\n\r\n")
        #expect(await huge.received()?.hasPrefix("HTTP/1.1 413 ") == true)
        let header = try RawConnection(port: shop.port)
        header.send("GET /health/live HTTP/1.1\r\nHost: x\r\n" + String(repeating: "X-A: b\r\n", count: 20_000) + "\r\n")
        #expect(await header.received()?.contains("200 OK") != true)
        let silent = try RawConnection(port: shop.port)
        let body = try RawConnection(port: shop.port)
        body.send("POST /checkout HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        let endless = Task {
            while !Task.isCancelled {
                body.send("1\r\na\r\n")
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        #expect(try await shop.get("/health/ready").status == 200)
        #expect(await silent.received()?.isEmpty == true)
        #expect(await body.received()?.contains(" 200 ") == false)
        endless.cancel()
        #expect(try await shop.engine.orders().isEmpty)
        #expect(try await shop.get("/health/ready").status == 200)
        try await shop.stop()
    }

    @Test("S23: a name that comes twice is refused, names that are merely canonically equal are two, and neither is a crash")
    func s23() async throws {
        let shop = try await TestShop()
        let (composed, decomposed) = ("%C3%A9", "e%CC%81")
        #expect(try await shop.post("/checkout", TestShop.form + "&\(composed)=1&\(composed)=2").status == 400)
        #expect(try await shop.post("/checkout", TestShop.form + "&sku=lamp").status == 400)
        #expect(try await shop.post("/checkout", TestShop.form + "&\(composed)=1&\(decomposed)=2").status == 303)
        for body in [#"{"sku":"lamp","sku":"lamp"}"#, "{\"\u{E9}\":1,\"e\u{301}\":2}", #"{"é":1,"é":2}"#] {
            #expect(try await shop.post("/checkout", body, type: "application/json").status == 400)
        }
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(#"{"\u00e9":1,"é":2}"#.utf8)) }

        let twice = FormSigner.epayForm() + "&money=68"
        #expect(try Judges.epay(query: twice).refusal == "format/duplicate_parameter")
        #expect(try Judges.epay(query: FormSigner.epayForm() + "&\(composed)=1&\(decomposed)=2").fact == nil)
        // Signed by the gateway they are two parameters, in the order of their bytes.
        #expect(try Judges.epay([("\u{E9}", "1"), ("e\u{301}", "2")]).fact?.kind == .paid)
        #expect(try await shop.get("/health/ready").status == 200)
        try await shop.stop()
    }
}
