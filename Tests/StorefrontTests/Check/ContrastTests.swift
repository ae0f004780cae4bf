import Catalog
import Testing

@testable import Storefront

@Suite("Contrast of a style sheet")
struct ContrastTests {
    private func told(_ css: String) -> [String] {
        ContrastRule.findings(Array(css.utf8), path: "style.css").map { "\($0.diagnostic.location): \($0.diagnostic.message)" }
    }

    @Test("Ratios are those of WCAG's formula")
    func ratios() throws {
        let white = try #require(StyleColor("#fff"))
        for (text, ratio) in [
            ("#000", 21.0), ("#767676", 4.54), ("#777", 4.48), ("rgb(255 255 255)", 1), ("#0000ffff", 8.59), ("red", 4.0),
        ] {
            let color = try #require(StyleColor(text))
            #expect(abs(StyleColor.contrast(color, white) - ratio) < 0.01, "\(text)")
        }
        for text in ["#ffffff80", "rgb(1 2 3 / 50%)", "inherit", "color-mix(in srgb, red, blue)", "#12", ""] {
            #expect(StyleColor(text) == nil)
        }
    }

    @Test("Rules that set both colours are judged in light and in dark")
    func rules() {
        let css = """
            :root { --ink: #777; --paper: #fff }
            @media (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #222 } }
            body { background: var(--paper); color: var(--ink) }
            .a { color: #999; background: url(x.png) #fff }
            .b { color: var(--none, #000); background-color: #fff; }
            @media print { .c { color: #fff; background: #fff } }
            .d { font-size: 2rem; color: #888; background: #fff }
            .e { color: light-dark(#fff, #000); background: #000 }
            """
        #expect(
            told(css) == [
                "style.css:3:34: “body”: var(--ink) on var(--paper) has a contrast of 4.4 in light mode; it needs 4.5",
                "style.css:8:6: “.e”: light-dark(#fff, #000) on #000 has a contrast of 1.0 in dark mode; it needs 4.5",
            ])
    }

    @Test("Pairs that a comment declares are judged, with the ratio they name, and unknown names are told")
    func declared() {
        let css = """
            /* contrast: --ink on --paper; 3: --edge on --paper; --nope on --paper */
            :root { --ink: #000; --edge: #aaa; --paper: #fff }
            """
        #expect(
            told(css) == [
                "style.css:1:4: --edge on --paper has a contrast of 2.3 in light and dark mode; it needs 3.0",
                "style.css:1:4: “--nope” or “--paper” is no opaque colour of :root",
            ])
    }

    @Test("Any bytes are read to their end")
    func soup() {
        for css in [
            "{", "}", "}}}", "a{b:c", "a{b", "/*", "\"", "@media{", "a{color:var(--a);background:#fff}:root{--a:var(--a)}", "a{:}", ";:;",
        ] {
            _ = ContrastRule.findings(Array(css.utf8), path: "x.css")
        }
    }
}
