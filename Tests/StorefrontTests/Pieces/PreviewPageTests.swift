import Catalog
import Testing

@testable import Storefront

@Suite struct PreviewPageTests {
    @Test("The script is put into the head, and the policy lets it work without letting anything else in")
    func injected() {
        let page = """
            <html><head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;none&#39;; img-src data:">\
            <title>a</title></head><body>b</body></html>
            """
        #expect(
            String(decoding: PreviewPage.bytes(Array(page.utf8), generation: 7), as: UTF8.self) == """
                <html><head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;self&#39;; \
                img-src data:; connect-src &#39;self&#39;"><title>a</title>\
                <script src="/__keyfront/reload.js" data-generation="7" defer></script></head><body>b</body></html>
                """)
        #expect(String(decoding: PreviewPage.bytes(Array("<p>x".utf8), generation: 1), as: UTF8.self).hasPrefix("<p>x<script src="))
    }

    @Test("A policy that allows it already stays as it is, and one without a default is not given one")
    func policies() {
        #expect(
            PreviewPage.policy("script-src 'self'; connect-src 'self' https://d.example")
                == "script-src 'self'; connect-src 'self' https://d.example")
        #expect(PreviewPage.policy("img-src 'self'") == "img-src 'self'")
        #expect(PreviewPage.policy("default-src https:") == "default-src https:; script-src 'self' https:; connect-src 'self' https:")
    }

    @Test("The error page holds each mistake, escaped, and no script of its own")
    func errorPage() {
        let error = SiteError.broken([
            Diagnostic(at: SourceLocation(path: "a<b.md", line: 2, column: 3), "“<i>” is wrong", hint: "try & see", sourceLine: "  <i>")
        ])
        let page = String(decoding: ErrorPage.bytes(error), as: UTF8.self)
        #expect(page.contains("<h2>a&lt;b.md:2:3</h2>") && page.contains("“&lt;i&gt;” is wrong") && page.contains("try &amp; see"))
        #expect(page.contains("<pre>    &lt;i&gt;\n    ^</pre>"))
        #expect(!page.contains("<i>") && !page.contains("<script"))
        #expect(PageReader.read(Array(page.utf8)).faults.filter { $0.rule != "html.policy" } == [])
    }
}
