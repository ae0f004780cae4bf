import Foundation
import Testing

@testable import Storefront

@Suite struct ServerFileTests {
    private let fixture: ShopFixture

    init() throws {
        fixture = try ShopFixture()
        try fixture.build()
    }

    @Test(
        "Every server sends the pages' own policy, and what a page can not say itself",
        arguments: ["_headers", "_server/nginx-server.conf", "_server/Caddyfile"])
    func headers(path: String) throws {
        let page = try fixture.read("index.html")
        let start = try #require(page.range(of: "csp=\"")?.upperBound)
        let policy = String(page[start...].prefix { $0 != "\"" }).replacing("&#39;", with: "'")
        let text = try fixture.read(path)
        #expect(policy.hasPrefix("default-src 'none'") && text.contains(policy + "; frame-ancestors 'none'"))
        for name in [
            "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy",
            "Cross-Origin-Opener-Policy",
        ] {
            #expect(text.split(separator: "\n").count { $0.contains(name) } == 1, "\(name)")
        }
        #expect(text.contains("nosniff") && text.contains("DENY") && text.contains("max-age=31536000") && !text.contains("preload"))
        #expect(!text.contains("unsafe") && !text.contains("daemon.example/"))
    }

    @Test("Hashed files are kept for ever, everything else is asked for again")
    func caching() throws {
        let headers = try fixture.read("_headers")
        #expect(
            headers.hasSuffix(
                "/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n/media/*\n  Cache-Control: public, max-age=31536000, immutable\n"
            ))
        #expect(headers.split(separator: "\n").count { $0.hasPrefix("/") } == 3)
        let maps = try fixture.read("_server/nginx-http.conf")
        #expect(maps.contains("    default \"no-cache\";\n    ~^/(assets|media)/ \"public, max-age=31536000, immutable\";\n"))
        #expect(
            try fixture.read("_server/Caddyfile").contains(
                "header @keyfront_hashed Cache-Control \"public, max-age=31536000, immutable\"\n"))
    }

    @Test("A page that is missing is said so in the reader's language, and settings are not given out")
    func missing() throws {
        let nginx = try fixture.read("_server/nginx-server.conf")
        #expect(nginx.contains("error_page 404 /404.html;\nlocation /zh-CN/ { error_page 404 /zh-CN/404.html; }\n"))
        #expect(nginx.contains("location ^~ /_server/ { return 404; }\nlocation ^~ /.keyfront/ { return 404; }\n"))
        // That an asset is missing is not kept for a year.
        #expect(nginx.contains("add_header Cache-Control $keyfront_cache;\n"))
        let caddy = try fixture.read("_server/Caddyfile")
        #expect(caddy.contains("handle_errors {\n\theader Cache-Control \"no-cache\"\n"))
        #expect(caddy.contains("@keyfront_hidden path /_server/* /.keyfront/*\nrespond @keyfront_hidden 404\n"))
        #expect(caddy.contains("\t@zh-CN path /zh-CN/*\n") && caddy.contains("\t\trewrite * /404.html\n"))
    }

    @Test("A shop without https never asks browsers to insist on it; one below a path says so everywhere")
    func variants() {
        let files = ServerFiles(
            headers: SecurityHeaders(policy: "default-src 'none'", isSecure: false), base: "/a.b",
            redirects: [.init(from: "/a.b/旧/", to: "/a.b/新 \"/"), .init(from: "/a.b/old/", to: "/a.b/new/?a=1")], languages: [])
        #expect(!files.headersFile.contains("Strict-Transport"))
        #expect(files.headersFile.contains("\n/a.b/*\n") && files.headersFile.contains("\n/a.b/assets/*\n"))
        #expect(files.nginxMaps.contains("~^/a\\.b/(assets|media)/ "))
        #expect(
            files.redirectsFile.hasSuffix(
                "/a.b/%E6%97%A7/ /a.b/%E6%96%B0%20%22/ 301\n/a.b/old/ /a.b/new/?a=1 301\n"))
        #expect(files.nginxMaps.contains("    \"/a.b/旧/\" \"/a.b/%E6%96%B0%20%22/\";\n"))
        #expect(files.caddy.contains("redir \"/a.b/旧/\" \"/a.b/%E6%96%B0%20%22/\" 301\n"))
        let sly = ServerFiles(
            headers: files.headers, base: "", redirects: [.init(from: "/\"; return 200 $host;\n", to: "/x")], languages: [])
        #expect(sly.nginxMaps.contains("    \"/; return 200 host;\" \"/x\";\n"))
    }
}
