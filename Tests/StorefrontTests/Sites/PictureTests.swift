import Catalog
import Foundation
import Testing

@testable import Storefront

@Suite struct PictureTests {
    private let fixture: ShopFixture

    init() throws {
        fixture = try ShopFixture()
        try fixture.scratch.write("shop/content/products/book/photo.jpg", PictureFixture.turned)
        try fixture.scratch.write("shop/content/products/book/wide.png", PictureFixture.wide)
        try fixture.remove("content/products/book.md")
        try fixture.write(
            "content/products/book/index.md",
            """
            ---
            title: Book
            price: "12.00"
            images: [photo.jpg]
            ---

            ![A "wide" one](wide.png)

            [The file](wide.png)
            """)
        try fixture.write(
            "templates/pages/product.html",
            "{{>head}}{{#product}}{{#image}}<img {{url}} {{width}}x{{height}}{{#sources}}|{{type}} {{set}}{{/sources}}>{{/image}}\n{{{body}}}{{/product}}"
        )
        try fixture.write(
            "templates/share/card.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\">{{#card.lines}}<text y=\"90\">{{.}}</text>{{/card.lines}}<path d=\"M0 0h{{card.price}}\"/></svg>"
        )
    }

    private func build(_ tool: PictureTool) throws -> BuildReport {
        try fixture.site().build(BuildRequest(out: fixture.out, pictureTool: tool))
    }

    private func published(_ ending: String) throws -> [(path: String, bytes: [UInt8])] {
        try fixture.snapshot().filter { $0.key.hasPrefix("media/") && $0.key.hasSuffix(ending) }.map { ($0.key, Array($0.value)) }
            .sorted { $0.path < $1.path }
    }

    @Test("With the tool, pictures come in several widths and formats, upright and without what the camera wrote")
    func converted() throws {
        let tool = PictureTool.found()
        try #require(tool.path != nil, "libvips-tools is missing: run .ci/setup")
        let report = try build(tool)
        #expect(report.notes == [])
        let page = try fixture.read("products/book/index.html")
        let photo = try #require(try published(".jpg").first)
        #expect(page.contains("<img /\(photo.path) 300x400|image/avif /media/photo-300."))
        #expect(ImageSize.read(photo.bytes).map { [$0.width, $0.height] } == [300, 400])
        for ending in [".jpg", ".avif", ".webp"] {
            #expect(try !published(ending).isEmpty)
            for file in try published(ending) { #expect(ImageSize.read(file.bytes) != nil) }
            for file in try published(ending) { #expect(!String(decoding: file.bytes, as: UTF8.self).contains("SecretCam")) }
        }
        let widths = try published(".avif").filter { $0.path.contains("wide") }.compactMap { ImageSize.read($0.bytes)?.width }
        #expect(widths.sorted() == [360, 720, 1280])
        #expect(
            page.contains("<p><picture><source type=\"image/avif\" sizes=\"(min-width: 46rem) 44rem, 100vw\" srcset=\"/media/wide-360.")
                && page.contains(" 360w, /media/wide-720.") && page.contains(" 1280w\"><source type=\"image/webp\""))
        #expect(
            page.contains(" width=\"1280\" height=\"853\" loading=\"lazy\" decoding=\"async\" alt=\"A &quot;wide&quot; one\"")
                && page.contains("</picture></p>"))
        // What is linked to is given out as it is: the merchant means this file.
        #expect(try published(".png").contains { $0.bytes == PictureFixture.wide })
        #expect(try published(".jpg").allSatisfy { $0.bytes != PictureFixture.turned })
    }

    @Test("What was converted once is taken from the cache, also by a build into another folder")
    func cached() throws {
        let first = try build(.found())
        let cache = fixture.shop + "/.cache/pictures"
        let names = try FileManager.default.contentsOfDirectory(atPath: cache).sorted()
        #expect(names.count > 8 && names.allSatisfy { !$0.hasPrefix(".") })
        let before = try fixture.snapshot()
        let unchanged = try build(.found())
        #expect(unchanged.written == 0 && unchanged.unchanged == first.written)
        // A tool that can only fail is never asked.
        let broken = try tool("exit 1")
        try fixture.scratch.remove("site")
        #expect(try build(broken).notes == [])
        #expect(try fixture.snapshot() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: cache).sorted() == names)
    }

    @Test("Without the tool pictures are published as they are, with their size, and a note says so")
    func without() throws {
        let report = try build(PictureTool(path: fixture.scratch.path + "/nothing"))
        #expect(
            report.notes.count == 1 && report.notes[0].hasPrefix("2 pictures are published as they are")
                && report.notes[0].contains("libvips-tools"))
        let page = try fixture.read("products/book/index.html")
        let photo = try #require(try published(".jpg").first)
        #expect(photo.bytes == PictureFixture.turned)
        #expect(page.contains("<img /\(photo.path) 300x400>") && page.contains("<og product https://shop.example/\(photo.path)>"))
        #expect(page.contains(" width=\"1500\" height=\"1000\" loading=\"lazy\"") && !page.contains("<picture>"))
        #expect(!fixture.exists("card.png") && !fixture.scratch.exists("shop/.cache"))
        // A drawing is nothing link previews can show.
        #expect(try fixture.read("products/lamp/index.html").contains("<og product >"))
    }

    private static let broken = Array(PictureFixture.turned.prefix(4)) + Array("no picture".utf8)

    @Test("A picture that the tool refuses is published as it is, with a note that names it")
    func refused() throws {
        try fixture.scratch.write("shop/content/products/book/photo.jpg", Self.broken)
        let report = try build(.found())
        #expect(
            report.notes.count == 1
                && report.notes[0].hasPrefix("content/products/book/photo.jpg: published as it is: vipsthumbnail can not convert it"))
        #expect(try published(".jpg").map(\.bytes) == [Self.broken])
    }

    @Test("A WebP loses Exif and XMP and stays whole; what is no WebP, or is cut short, is left alone")
    func webp() {
        func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
            Array(name.utf8) + [UInt8(content.count), 0, 0, 0] + content + (content.count % 2 == 1 ? [0] : [])
        }
        func file(_ chunks: [UInt8]) -> [UInt8] { Array("RIFF".utf8) + [UInt8(chunks.count + 4), 0, 0, 0] + Array("WEBP".utf8) + chunks }
        func header(_ flags: UInt8) -> [UInt8] { chunk("VP8X", [flags, 0, 0, 0, 3, 0, 0, 3, 0, 0]) }
        let picture = chunk("VP8 ", [1, 2, 3])
        let full = file(header(0b11100) + picture + chunk("EXIF", [7, 7, 7]) + chunk("XMP ", [9]))
        #expect(WebP.withoutMetadata(full) == file(header(0b10000) + picture))
        #expect(WebP.withoutMetadata(file(header(0) + picture)) == file(header(0) + picture))
        #expect(WebP.withoutMetadata(Array(full.dropLast(3))) == Array(full.dropLast(3)))
        #expect(WebP.withoutMetadata(PictureFixture.wide) == PictureFixture.wide && WebP.withoutMetadata([]).isEmpty)
    }

    @Test("Moving pictures and drawings are left alone")
    func kept() {
        let gif = Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0]
        let moving = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 2]
        #expect(PictureFormat.isScaled(gif) == nil && PictureFormat.isScaled(moving) == nil)
        #expect(PictureFormat.isScaled(Array("<?xml?><svg>".utf8)) == nil && PictureFormat(Array("<?xml?><svg>".utf8)) == .svg)
        #expect(PictureFormat.isScaled(PictureFixture.wide) == .png && PictureFormat.isScaled(PictureFixture.turned) == .jpeg)
        var still = PictureFixture.wide
        still.insert(contentsOf: [0, 0, 0, 0] + Array("acTL".utf8) + [0, 0, 0, 0], at: 33)
        let coloured = Array(PictureFixture.wide[..<33]) + [0, 0, 0, 0] + Array("iCCP".utf8)
        #expect(PictureFormat.hasProfile(coloured) && !PictureFormat.hasProfile(PictureFixture.wide))
        #expect(PictureFormat.isScaled(still) == nil && PictureFormat(Array("text".utf8)) == nil)
    }

    @Test("Cards for link previews are PNG of 1200 × 630, for the shop and for products with a picture, in each language")
    func cards() throws {
        _ = try build(.found())
        for path in ["card.png", "zh-CN/card.png", "products/book/card.png", "zh-CN/products/lamp/card.png"] {
            let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: "\(fixture.out)/\(path)")))
            #expect(ImageSize.read(bytes).map { [$0.width, $0.height] } == [1200, 630], "\(path)")
        }
        #expect(!fixture.exists("products/torch/card.png"))
        #expect(try fixture.read("products/lamp/index.html").contains("<og product https://shop.example/products/lamp/card.png>"))
        #expect(try fixture.read("products/torch/index.html").contains("<og product https://shop.example/card.png>"))
        #expect(try fixture.read("zh-CN/index.html").contains("<og website https://shop.example/zh-CN/card.png>"))
        // A theme without a drawing has no cards.
        try fixture.remove("templates/share/card.svg")
        _ = try build(.found())
        #expect(!fixture.exists("card.png") && !fixture.exists("products/lamp/card.png"))
    }

    /// A tool of a shell's words.
    private func tool(_ script: String) throws -> PictureTool {
        try fixture.scratch.write("tool", "#!/bin/sh\n\(script)\n")
        let path = fixture.scratch.path + "/tool"
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return PictureTool(path: path)
    }
}
