import Testing

@testable import Storefront

@Suite struct PosterTests {
    @Test("A QR code has its three corner marks and its quiet timing line")
    func code() throws {
        let code = try #require(QRCode("https://shop.example/r/0123456789abcdef/"))
        func isDark(_ row: Int, _ column: Int) -> Bool { code.dark[row * code.side + column] }
        #expect(code.side % 4 == 1)
        for (top, left) in [(0, 0), (0, code.side - 7), (code.side - 7, 0)] {
            for step in 0..<7 {
                #expect(
                    isDark(top, left + step) && isDark(top + 6, left + step) && isDark(top + step, left) && isDark(top + step, left + 6))
            }
            #expect(!isDark(top + 1, left + 1) && isDark(top + 3, left + 3))
        }
        for column in 8..<code.side - 8 { #expect(isDark(6, column) == (column % 2 == 0)) }
        #expect(QRCode("") == nil)
    }

    @Test("A poster names the shop and the promoter, escaped, and loads nothing")
    func poster() throws {
        let bytes = try #require(Poster.svg(url: "https://shop.example/r/x/", shop: "Tom & <Jerry>", name: "\"小明\""))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains(">Tom &amp; &lt;Jerry&gt;</text>"))
        #expect(text.contains(">&quot;小明&quot;</text>"))
        #expect(text.contains(">https://shop.example/r/x/</text>"))
        #expect(text.hasSuffix("</svg>\n"))
        for forbidden in ["<script", "href=", "<style", "url("] { #expect(!text.contains(forbidden)) }
    }
}
