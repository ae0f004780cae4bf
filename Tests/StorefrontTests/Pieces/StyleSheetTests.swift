import Testing

@testable import Storefront

@Suite struct StyleSheetTests {
    @Test("References are found in url() and @import, and nowhere else")
    func references() {
        let css = """
            /* url(not-this.png) */
            @import "base.css"; @import url('more.css') print;
            a::after { content: "url(nor-this.png)"; background: URL( "img/a.svg" ) }
            b { background: url(img/b.png?v=1#x), url(data:image/png;base64,AAAA) } .curl(x) {}
            """
        let found = StyleSheet.references(in: Array(css.utf8)).map(\.target)
        #expect(found == ["base.css", "more.css", "img/a.svg", "img/b.png?v=1#x", "data:image/png;base64,AAAA"])
    }

    @Test("Rewriting changes the references and no other byte")
    func rewriting() {
        let css = Array("a{b:url( 'x.png' )}c{d:url(y.png)}".utf8)
        let out = StyleSheet.rewrite(css) { $0.target == "x.png" ? "/assets/x.1.png" : nil }
        #expect(String(decoding: out, as: UTF8.self) == "a{b:url( '/assets/x.1.png' )}c{d:url(y.png)}")
    }

    @Test("A sheet that breaks off is read to its end", arguments: ["url(", "url('", "@import \"", "/*", "url(a", "\"\\"])
    func cutShort(css: String) {
        #expect(String(decoding: StyleSheet.rewrite(Array(css.utf8)) { _ in nil }, as: UTF8.self) == css)
    }
}
