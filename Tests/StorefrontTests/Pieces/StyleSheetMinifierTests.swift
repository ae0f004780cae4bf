import Testing

@testable import Storefront

@Suite struct StyleSheetMinifierTests {
    private func minified(_ css: String) -> String {
        String(decoding: StyleSheet.minified(Array(css.utf8)), as: UTF8.self)
    }

    @Test("Comments, indentation and last semicolons go")
    func smaller() {
        #expect(
            minified("/* ink */\na {\n  color : red;\n  margin: 0 auto;\n}\n\n@media (min-width: 40rem) { b { top: 0; } }\n")
                == "a{color :red;margin:0 auto}@media (min-width:40rem){b{top:0}}")
        #expect(minified("") == "" && minified("  \n") == "" && minified("/* open") == "")
        #expect(minified("/*! licence */a{}") == "/*! licence */a{}")
    }

    @Test("White space that means something stays")
    func meaning() {
        #expect(minified("a :hover > b ~ c , d{}") == "a :hover > b ~ c,d{}")
        #expect(minified(".x:is( a , b ) p{}") == ".x:is(a,b) p{}")
        #expect(minified("a{width: calc( 1px + (2em - 3px) * 2 )}") == "a{width:calc(1px + (2em - 3px) * 2)}")
        #expect(minified("@media screen and (width >= 40rem) and (hover){}") == "@media screen and (width >= 40rem) and (hover){}")
        #expect(minified("a{margin:1px/* x */2px;font:1px/2 x}") == "a{margin:1px/**/2px;font:1px/2 x}")
        #expect(minified("a{margin: 1px /* x */ 2px}") == "a{margin:1px 2px}")
        #expect(minified("a{grid-template: \"a  b\" \"c  d\" / 1fr 2fr}") == "a{grid-template:\"a  b\" \"c  d\" / 1fr 2fr}")
    }

    @Test("Strings, addresses and escapes are copied as they are")
    func verbatim() {
        #expect(minified("a{content: \"/* no */  ; }\"; b: 'it\\'s  ;'}") == "a{content:\"/* no */  ; }\";b:'it\\'s  ;'}")
        #expect(
            minified("a{background: url( data:x;y,/*z*/ ) , url(  \"a  b.svg\"  )}")
                == "a{background:url( data:x;y,/*z*/ ),url(  \"a  b.svg\"  )}")
        #expect(minified(".\\26  .b{}.\\26 B{}.a\\ b{}") == ".\\26  .b{}.\\26 B{}.a\\ b{}")
        #expect(minified("a{content:\"open") == "a{content:\"open")
    }

    @Test("Minifying twice changes nothing more")
    func fixed() {
        for css in ["a /**/ b{c:d}", "a{b:c;;}", "@import \"x.css\" ;\n\nb { }", "a/**/{}", ":root{--x: ;--y:  1px }"] {
            #expect(minified(minified(css)) == minified(css))
        }
        #expect(minified("a{b:c;;}") == "a{b:c}")
    }
}
