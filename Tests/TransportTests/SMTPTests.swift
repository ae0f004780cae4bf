import Foundation
import Testing

@testable import Transport

@Suite("SMTP, with a real server")
struct SMTPTests {
    static let from = "keys@shop.example"

    static func message(to: String, subject: String, text: String, html: String?, id: String) throws -> MailMessage {
        try MailMessage(
            from: Mailbox(parsing: "灯笼密钥 <\(from)>"), to: MailAddress(parsing: to), subject: subject, text: text, html: html,
            messageID: id, date: 1_795_264_205, language: "zh-CN")
    }

    static func send(_ client: SMTPClient, to: String, id: String = "m1@shop.example") async throws {
        let message = try message(to: to, subject: "Key", text: "Key", html: nil, id: id)
        try await client.send(message.bytes, from: MailAddress(parsing: from), to: MailAddress(parsing: to))
    }

    @Test("A mail in Chinese arrives whole: headers, both parts, charset, Message-ID, and no defect that Python knows of")
    func arrives() async throws {
        let peer = try await Peer("smtp_peer.py")
        let client = try SMTPClient(url: "smtp://127.0.0.1:\(peer.port)", helloName: "shop.example")
        let subject = "您的密钥：" + String(repeating: "云端办公套件年度许可", count: 6)
        let text = "密钥：ABCD-1234\n.\n..点\n\nFrom 行\n" + String(repeating: "长", count: 3000) + "\n"
        let html = "<p lang=\"zh-CN\">密钥：<code>ABCD-1234</code></p>\n"
        let message = try Self.message(to: "buyer@mail.example", subject: subject, text: text, html: html, id: "item-7.1@shop.example")
        try await client.send(message.bytes, from: MailAddress(parsing: Self.from), to: message.to)

        let mail = try await peer.next()
        #expect(mail["sender"] as? String == Self.from)
        #expect(mail["recipients"] as? [String] == ["buyer@mail.example"])
        #expect(mail["hello"] as? String == "shop.example")
        #expect(mail["from_name"] as? String == "灯笼密钥")
        #expect(mail["from_address"] as? String == Self.from)
        let headers = try #require(mail["headers"] as? [[String]])
        func header(_ name: String) -> [String] { headers.filter { $0[0] == name }.map { $0[1] } }
        #expect(header("Subject") == [subject])
        #expect(header("Message-ID") == ["<item-7.1@shop.example>"])
        #expect(header("Date") == ["Sat, 21 Nov 2026 12:30:05 +0000"])
        #expect(header("To") == ["buyer@mail.example"])
        #expect(header("Bcc").isEmpty && header("Cc").isEmpty)
        let parts = try #require(mail["parts"] as? [[String: String]])
        #expect(parts.map { $0["type"] } == ["text/plain", "text/html"])
        #expect(parts.map { $0["charset"] } == ["utf-8", "utf-8"])
        #expect(parts[0]["text"]?.replacingOccurrences(of: "\r\n", with: "\n") == text)
        #expect(parts[1]["text"]?.replacingOccurrences(of: "\r\n", with: "\n") == html)
        #expect(mail["defects"] as? [String] == [])
        #expect(mail["ascii"] as? Bool == true)
        #expect(mail["bare_newlines"] as? Int == 0)
        #expect(try #require(mail["longest_line"] as? Int) <= 78)
    }

    @Test("Mails go over a connection that is kept, and over a fresh one when the server has closed it")
    func reuse() async throws {
        let kept = try await Peer("smtp_peer.py")
        let one = try SMTPClient(url: "smtp://127.0.0.1:\(kept.port)", connections: 1)
        for number in 0..<20 { try await Self.send(one, to: "b\(number)@mail.example") }
        var ports: Set<Int> = []
        for _ in 0..<20 { ports.insert(try #require(try await kept.next()["peer"] as? Int)) }
        #expect(ports.count == 1)

        let closing = try await Peer("smtp_peer.py", ["--close-after", "1"])
        let two = try SMTPClient(url: "smtp://127.0.0.1:\(closing.port)", connections: 1)
        for number in 0..<5 {
            try await Self.send(two, to: "b\(number)@mail.example")
            _ = try await closing.next()
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(closing.waiting == 0)
    }

    @Test("Many at once arrive once each")
    func concurrent() async throws {
        let peer = try await Peer("smtp_peer.py")
        let client = try SMTPClient(url: "smtp://localhost:\(peer.port)", connections: 4)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask { try await Self.send(client, to: "b\(number)@mail.example", id: "m\(number)@shop.example") }
            }
            try await group.waitForAll()
        }
        var recipients: Set<String> = []
        var ports: Set<Int> = []
        for _ in 0..<200 {
            let mail = try await peer.next()
            recipients.formUnion(try #require(mail["recipients"] as? [String]))
            ports.insert(try #require(mail["peer"] as? Int))
        }
        #expect(recipients.count == 200)
        #expect(ports.count <= 4)
        #expect(peer.waiting == 0)
    }

    @Test(
        "A 5xx about the mail is permanent, a 4xx is temporary, at the recipient and after the data; the connection goes on serving",
        arguments: [("refused", true, 550), ("later", false, 451), ("rejected", true, 554), ("deferred", false, 452)])
    func refusals(_ name: String, _ isPermanent: Bool, _ status: Int) async throws {
        let peer = try await Peer("smtp_peer.py")
        let client = try SMTPClient(url: "smtp://127.0.0.1:\(peer.port)", connections: 1)
        try await Self.send(client, to: "first@mail.example")
        let error = await #expect(throws: TransportError.self) { try await Self.send(client, to: "\(name)@mail.example") }
        #expect(error?.isTemporary == !isPermanent)
        #expect(error?.code == (isPermanent ? .permanent : .temporary))
        #expect(error?.status == status)
        #expect(error?.description.contains("mail.example") == false)
        try await Self.send(client, to: "second@mail.example")
        #expect(try await peer.next()["recipients"] as? [String] == ["first@mail.example"])
        #expect(try await peer.next()["recipients"] as? [String] == ["second@mail.example"])
    }

    @Test("Nobody listening is a temporary failure")
    func nobody() async throws {
        let client = try SMTPClient(url: "smtp://127.0.0.1:1")
        let error = await #expect(throws: TransportError.self) { try await Self.send(client, to: "b@mail.example") }
        #expect(error?.isTemporary == true)
        #expect(error?.status == nil)
    }

    @Test("TLS is verified: a trusted certificate passes, an unknown one or another name does not, and no mail leaves")
    func verified() async throws {
        let certificate = try TestCertificate()
        let peer = try await Peer("smtp_peer.py", ["--tls", certificate.path])
        let url = "smtps://localhost:\(peer.port)"
        let stranger = await #expect(throws: TransportError.self) { try await Self.send(SMTPClient(url: url), to: "b@mail.example") }
        #expect(stranger?.code == .encryption)
        let other = try SMTPClient(url: "smtps://127.0.0.1:\(peer.port)", authorities: certificate.path)
        let wrongName = await #expect(throws: TransportError.self) { try await Self.send(other, to: "b@mail.example") }
        #expect(wrongName?.code == .encryption)
        #expect(peer.waiting == 0)
        try await Self.send(SMTPClient(url: url, authorities: certificate.path), to: "b@mail.example")
        #expect(try await peer.next()["encrypted"] as? Bool == true)
    }

    @Test("STARTTLS, where it is demanded, is verified, and a server without it gets no mail")
    func startTLS() async throws {
        let certificate = try TestCertificate()
        let peer = try await Peer("smtp_peer.py", ["--starttls", certificate.path])
        let url = "smtp://localhost:\(peer.port)"
        let stranger = try SMTPClient(url: url, encryptsLoopback: true)
        let untrusted = await #expect(throws: TransportError.self) { try await Self.send(stranger, to: "b@mail.example") }
        #expect(untrusted?.code == .encryption)
        let trusting = try SMTPClient(url: url, authorities: certificate.path, encryptsLoopback: true)
        try await Self.send(trusting, to: "b@mail.example")
        #expect(try await peer.next()["encrypted"] as? Bool == true)

        let plain = try await Peer("smtp_peer.py")
        let demanding = try SMTPClient(url: "smtp://localhost:\(plain.port)", encryptsLoopback: true)
        let refused = await #expect(throws: TransportError.self) { try await Self.send(demanding, to: "b@mail.example") }
        #expect(refused?.code == .encryption)
        #expect(plain.waiting == 0)
    }

    @Test("A wrong password is the shop's trouble and not the mail's: worth a repeat, without the password in the error")
    func login() async throws {
        let peer = try await Peer("smtp_peer.py", ["--user", "keys@shop.example", "--password", "right"])
        let url = "smtp://keys%40shop.example@127.0.0.1:\(peer.port)"
        let wrong = try SMTPClient(url: url, password: "wrong-secret")
        let error = await #expect(throws: TransportError.self) { try await Self.send(wrong, to: "b@mail.example") }
        #expect(error?.code == .authentication)
        #expect(error?.isTemporary == true)
        #expect(error?.description.contains("wrong-secret") == false)
        try await Self.send(SMTPClient(url: url, password: "right"), to: "b@mail.example")
        #expect(try await peer.next()["recipients"] as? [String] == ["b@mail.example"])
    }

    @Test("Plain SMTP is for loopback: any other host must speak STARTTLS")
    func security() throws {
        #expect(try SMTPEndpoint("smtp://127.0.0.1:1025").security == .none)
        #expect(try SMTPEndpoint("smtp://localhost").security == .none)
        #expect(try SMTPEndpoint("smtp://mail.example:587").security == .startTLS)
        #expect(try SMTPEndpoint("smtp://127.0.0.1.evil.example").security == .startTLS)
        #expect(try SMTPEndpoint("smtps://u@mail.example:465").security == .implicit)
        for url in [
            "http://mail.example", "mail.example:25", "smtp://", "smtp://u:p@mail.example", "smtp://mail.example/x",
            "smtp://mail.example?x", "smtp://mail.example\r\n", "",
        ] {
            #expect(throws: TransportError.self) { try SMTPEndpoint(url) }
        }
        #expect(throws: TransportError.self) { try SMTPClient(url: "smtps://u@mail.example") }
        #expect(throws: TransportError.self) { try SMTPClient(url: "smtp://127.0.0.1", helloName: "a\r\nb.example") }
    }
}
