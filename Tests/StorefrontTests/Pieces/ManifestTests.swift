import Testing

@testable import Storefront

@Suite struct ManifestTests {
    private let manifest = Manifest(files: [
        .init(path: "products/a b/index.html", size: 12, digest: 0x0123_4567_89AB_CDEF, kind: .page),
        .init(path: "assets/style.css", size: 0, digest: 1, kind: .asset),
    ])

    @Test("A manifest is a sorted text, and reads back as it was")
    func roundTrip() {
        #expect(
            String(decoding: manifest.bytes, as: UTF8.self)
                == "keyfront manifest 1\na 0000000000000001 0 assets/style.css\np 0123456789abcdef 12 products/a b/index.html\n")
        #expect(Manifest(bytes: manifest.bytes) == manifest)
    }

    @Test(
        "A manifest that names a path outside, or is damaged, is refused",
        arguments: [
            "", "keyfront manifest 2\n", "keyfront manifest 1\np 0000000000000001 1 ../etc/passwd\n",
            "keyfront manifest 1\np 0000000000000001 1 /etc/passwd\n", "keyfront manifest 1\np 0000000000000001 1 a//b\n",
            "keyfront manifest 1\np 0000000000000001 1 a/.hidden\n", "keyfront manifest 1\np 0000000000000001 -1 a\n",
            "keyfront manifest 1\nx 0000000000000001 1 a\n", "keyfront manifest 1\np 0000000000000001 1 a",
        ])
    func refused(text: String) {
        #expect(Manifest(bytes: Array(text.utf8)) == nil)
    }

    @Test("Names and tokens are one plain part of a URL")
    func names() {
        #expect(SitePath.isName("cover-1.svg"))
        #expect(!SitePath.isName(".."))
        #expect(!SitePath.isName("a/b"))
        #expect(!SitePath.isName("灯"))
        #expect(SitePath.isToken("0123456789abcdef"))
        #expect(!SitePath.isToken("0123456789ABCDEF"))
        #expect(!SitePath.isToken("../../etc"))
        #expect(!SitePath.isToken("short"))
    }
}
