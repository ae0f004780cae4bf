import Foundation
import Testing

@testable import Storefront

@Suite struct StaticServerTests {
    private let scratch: Scratch
    private let server: StaticServer

    init() throws {
        scratch = try Scratch()
        try scratch.write("site/index.html", "<h1>home</h1>")
        try scratch.write("site/products/a/index.html", "product")
        try scratch.write("site/assets/style.css", "a{}")
        try scratch.write("site/404.html", "nothing here")
        try scratch.write("site/zh-CN/404.html", "没有")
        try scratch.write("site/.keyfront/manifest", "secret")
        try scratch.write("outside.txt", "secret")
        server = try StaticServer(root: scratch.path + "/site", port: 0)
    }

    @Test("Folders give their index, files their type, and HEAD no body")
    func pages() {
        defer { server.stop() }
        let home = LoopbackClient.get("/", port: server.port)
        #expect(home.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 13\r\n"))
        #expect(home.hasSuffix("\r\n\r\n<h1>home</h1>"))
        #expect(LoopbackClient.get("/products/a/?ref=x", port: server.port).hasSuffix("product"))
        let style = LoopbackClient.get("/assets/style.css", port: server.port)
        #expect(style.contains("Content-Type: text/css; charset=utf-8\r\n"))
        #expect(style.contains("Cache-Control: public, max-age=31536000, immutable\r\n"))
        let head = LoopbackClient.get("/", method: "HEAD", port: server.port)
        #expect(head.contains("Content-Length: 13\r\n") && head.hasSuffix("\r\n\r\n"))
        let lost = LoopbackClient.get("/none", port: server.port)
        #expect(lost.hasPrefix("HTTP/1.1 404 Not Found\r\n") && lost.hasSuffix("nothing here"))
        #expect(LoopbackClient.get("/zh-CN/none", port: server.port).hasSuffix("没有"))
    }

    @Test("A folder without its slash is sent on, with the query and never to another host")
    func redirects() {
        defer { server.stop() }
        #expect(LoopbackClient.get("/products/a?ref=x", port: server.port).contains("\r\nLocation: /products/a/?ref=x\r\n"))
        #expect(LoopbackClient.get("//products//a", port: server.port).contains("\r\nLocation: /products/a/\r\n"))
    }

    @Test(
        "What is hidden or outside is never served",
        arguments: [
            "/.keyfront/manifest", "/%2ekeyfront/manifest", "/../outside.txt", "/%2e%2e/outside.txt", "/products/..%2f..%2foutside.txt",
            "/products/%2e%2e/%2e%2e/outside.txt", "/link.txt", "/folder/outside.txt", "/a%00b", "/%zz", "/..%5coutside.txt",
        ])
    func refused(target: String) throws {
        defer { server.stop() }
        let files = FileManager.default
        try files.createSymbolicLink(atPath: scratch.path + "/site/link.txt", withDestinationPath: scratch.path + "/outside.txt")
        try files.createSymbolicLink(atPath: scratch.path + "/site/folder", withDestinationPath: scratch.path)
        let reply = LoopbackClient.get(target, port: server.port)
        #expect(reply.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
        #expect(!reply.contains("secret"))
    }

    @Test("A connection is kept for several requests, and an unchanged page is not sent again")
    func connections() throws {
        defer { server.stop() }
        let two = "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /products/a/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        let replies = LoopbackClient.exchange(two, port: server.port)
        #expect(replies.contains("<h1>home</h1>HTTP/1.1 200 OK") && replies.hasSuffix("product"))
        let tag = try #require(replies.split(separator: "ETag: ").dropFirst().first?.split(separator: "\r\n").first)
        #expect(LoopbackClient.get("/", headers: "If-None-Match: \(tag)\r\n", port: server.port).hasPrefix("HTTP/1.1 304 Not Modified\r\n"))
    }

    @Test("Other methods and broken heads are turned away")
    func turnedAway() {
        defer { server.stop() }
        #expect(LoopbackClient.get("/", method: "POST", port: server.port).hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n"))
        #expect(LoopbackClient.exchange("nonsense\r\n\r\n", port: server.port).hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(LoopbackClient.exchange("GET / HTTP/1.1\r\n" + String(repeating: "a: b\r\n", count: 5000), port: server.port).isEmpty)
    }

    @Test("A port that is taken is named")
    func taken() {
        defer { server.stop() }
        let error = #expect(throws: SiteError.self) { try StaticServer(root: scratch.path, port: server.port) }
        #expect(error?.message == "cannot listen on 127.0.0.1:\(server.port): Address already in use")
    }
}
