import Testing

@testable import Storefront

@Suite struct TextTests {
    @Test("JSON inside a page can neither end the script element nor break a line of it")
    func json() {
        let value = JSON.object([
            ("a</script>", .text("<!-- & \u{2028}\u{2029}\u{1}\"\\ é")), ("n", .list([.integer(-1), .null, .bool(true)])),
        ])
        #expect(
            String(decoding: value.bytes, as: UTF8.self)
                == "{\"a\\u003c/script\\u003e\":\"\\u003c!-- \\u0026 \\u2028\\u2029\\u0001\\\"\\\\ é\",\"n\":[-1,null,true]}")
    }

    @Test("Text for XML is escaped, and control characters do not reach it")
    func xml() {
        var out: [UInt8] = []
        out.append(escaped: "<a href=\"x\">&'\u{0}\n")
        #expect(String(decoding: out, as: UTF8.self) == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\u{FFFD}\n")
    }

    @Test("Moments are written in UTC, leap days and the time before 1970 included")
    func timestamps() {
        #expect(Timestamp.text(0) == "1970-01-01T00:00:00Z")
        #expect(Timestamp.text(951_782_400) == "2000-02-29T00:00:00Z")
        #expect(Timestamp.text(1_798_761_599) == "2026-12-31T23:59:59Z")
        #expect(Timestamp.text(-1) == "1969-12-31T23:59:59Z")
        #expect(Timestamp.day(-2_203_891_200) == "1900-03-01")
    }

    @Test("Links lead into the language's folder and below the shop's own path")
    func links() {
        let links = Links(url: "https://host.example:8443/shop/", languages: ["en", "zh-CN"])
        #expect(links.base == "/shop")
        #expect(links.href("products/a/", language: 0) == "/shop/products/a/")
        #expect(links.absolute("", language: 1) == "https://host.example:8443/shop/zh-CN/")
        #expect(Links(url: "http://127.0.0.1:8000", languages: ["en"]).href("", language: 0) == "/")
    }

    @Test("An origin is scheme and host; what could add a source to the policy is none")
    func origins() {
        #expect(originOf("https://pay.example:8443/x?y") == "https://pay.example:8443")
        #expect(originOf("http://[::1]:80/") == "http://[::1]:80")
        #expect(originOf("javascript:alert(1)") == nil)
        #expect(originOf("https://a.example; script-src *") == nil)
        #expect(
            SiteAssets.policy(webhook: "https://daemon.example", paymentOrigins: ["https://b.example/x", "https://a.example", "x y"])
                == "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; script-src 'self'; "
                + "connect-src 'self' https://daemon.example; form-action 'self' https://daemon.example https://a.example https://b.example; "
                + "base-uri 'none'")
    }
}
