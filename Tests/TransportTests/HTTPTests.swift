import Foundation
import Testing

@testable import Transport

@Suite("HTTP, with a real server")
struct HTTPTests {
    @Test("A request arrives as it was made, and its answer comes back whole")
    func exchange() async throws {
        let peer = try await Peer("http_peer.py")
        let response = try await HTTPClient.live().request(
            method: "POST", url: "http://127.0.0.1:\(peer.port)/echo?a=%20b",
            headers: [HTTPField("Content-Type", "application/json"), HTTPField("X-Empty", ""), HTTPField("Authorization", "Bearer t")],
            body: Array("{\"é\":1}\u{0}\r\n".utf8))
        #expect(response.status == 200)
        #expect(response.header("content-TYPE") == "application/json")
        #expect(response.headers.filter { $0.name == "X-Two" }.map(\.value) == ["a", "b"])
        let seen = try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
        #expect(seen["method"] as? String == "POST")
        #expect(seen["path"] as? String == "/echo?a=%20b")
        #expect((seen["body"] as? String)?.unicodeScalars.map { UInt8($0.value) } == Array("{\"é\":1}\u{0}\r\n".utf8))
        let headers = try #require(seen["headers"] as? [[String]])
        #expect(headers.contains(["content-type", "application/json"]))
        #expect(headers.contains(["x-empty", ""]))
        #expect(!headers.contains { $0[0] == "expect" })
    }

    @Test("Methods without a body, an empty body, and every status are answers", arguments: ["GET", "HEAD", "DELETE", "POST", "PUT"])
    func methods(_ method: String) async throws {
        let peer = try await Peer("http_peer.py")
        let response = try await HTTPClient.live().request(method: method, url: "http://localhost:\(peer.port)/status/503")
        #expect(response.status == 503)
        #expect(response.body == (method == "HEAD" ? [] : Array("as asked".utf8)))
    }

    @Test("A redirect is an answer and is not followed")
    func redirect() async throws {
        let peer = try await Peer("http_peer.py")
        let response = try await HTTPClient.live().request(method: "GET", url: "http://127.0.0.1:\(peer.port)/redirect")
        #expect(response.status == 302)
        #expect(response.header("Location") == "/echo")
    }

    @Test("An answer longer than allowed is an error, one of just that length is not")
    func tooLarge() async throws {
        let peer = try await Peer("http_peer.py")
        let client = HTTPClient.live()
        let url = "http://127.0.0.1:\(peer.port)/large/"
        #expect(try await client.request(method: "GET", url: url + "100000", maximumBody: 100_000).body.count == 100_000)
        let error = await #expect(throws: TransportError.self) {
            try await client.request(method: "GET", url: url + "100001", maximumBody: 100_000)
        }
        #expect(error?.code == .tooLarge)
    }

    @Test("A silent server is a time-out, and cancelling does not wait for it")
    func silence() async throws {
        let peer = try await Peer("http_peer.py")
        let client = HTTPClient.live()
        let url = "http://127.0.0.1:\(peer.port)/slow"
        let error = await #expect(throws: TransportError.self) { try await client.request(method: "GET", url: url, timeout: 1) }
        #expect(error?.code == .timeout)
        let task = Task { try await client.request(method: "GET", url: url, timeout: 300) }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let cancelled = await #expect(throws: TransportError.self) { try await task.value }
        #expect(cancelled?.code == .cancelled)
    }

    @Test("Connections are kept")
    func reuse() async throws {
        let peer = try await Peer("http_peer.py")
        let client = HTTPClient.live(threads: 1)
        for _ in 0..<10 { _ = try await client.request(method: "GET", url: "http://127.0.0.1:\(peer.port)/echo") }
        let count = try await client.request(method: "GET", url: "http://127.0.0.1:\(peer.port)/count")
        #expect(String(decoding: count.body, as: UTF8.self) == "1")
    }

    @Test("TLS is verified: certificate and name")
    func verified() async throws {
        let certificate = try TestCertificate()
        let peer = try await Peer("http_peer.py", ["--tls", certificate.path])
        let stranger = await #expect(throws: TransportError.self) {
            try await HTTPClient.live().request(method: "GET", url: "https://localhost:\(peer.port)/echo")
        }
        #expect(stranger?.code == .encryption)
        let trusting = HTTPClient.live(authorities: certificate.path)
        let wrongName = await #expect(throws: TransportError.self) {
            try await trusting.request(method: "GET", url: "https://127.0.0.1:\(peer.port)/echo")
        }
        #expect(wrongName?.code == .encryption)
        #expect(try await trusting.request(method: "GET", url: "https://localhost:\(peer.port)/echo").status == 200)
    }

    @Test(
        "What may not be asked for is refused before anything is sent, without the URL in the error",
        arguments: [
            "http://shop.example/?token=secret", "http://127.0.0.1.evil.example/secret", "http://127.1/secret", "ftp://localhost/secret",
            "file:///secret", "https://user:secret@shop.example/", "https://user@shop.example/secret", "secret", "", "https://",
            "https://shop.example/secret\r\nX: y", "https://shop.example/a secret", "http://0/secret",
            "http://2130706433/secret", "http://localhost.evil.example/secret",
        ])
    func refused(_ url: String) async throws {
        let error = await #expect(throws: TransportError.self) { try await HTTPClient.live().request(method: "GET", url: url, timeout: 2) }
        // libcurl reads the short forms of 127.0.0.1 as that address, and as that they may be asked for.
        #expect(error?.code == .configuration || url.hasPrefix("http://127.1/") || url.hasPrefix("http://2130706433/"))
        #expect(error?.description.contains("secret") == false)
    }

    @Test("A header or method that could end its line is refused")
    func injection() async throws {
        let client = HTTPClient.live()
        for field in [
            HTTPField("X", "a\r\nY: b"), HTTPField("X\n", "a"), HTTPField("", "a"), HTTPField("X:", "a"), HTTPField("X", "\u{0}"),
        ] {
            let error = await #expect(throws: TransportError.self) {
                try await client.request(method: "GET", url: "http://127.0.0.1:1/", headers: [field])
            }
            #expect(error?.code == .message)
        }
        let error = await #expect(throws: TransportError.self) {
            try await client.request(method: "GET / HTTP/1.1\r\n", url: "http://127.0.0.1:1/")
        }
        #expect(error?.code == .configuration)
    }
}
