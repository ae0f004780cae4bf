import Foundation
import Testing

@testable import Catalog

@Suite("Files on disk")
struct FilesTests {
    /// A folder that is removed when the test is over.
    final class Folder {
        let path = NSTemporaryDirectory() + "/catalog-" + UUID().uuidString

        init(_ files: [String: [UInt8]]) throws {
            for (name, bytes) in files {
                let file = path + "/" + name
                try FileManager.default.createDirectory(
                    atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                try Data(bytes).write(to: URL(fileURLWithPath: file))
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func link(_ name: String, to target: String) throws {
            try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
        }

        func complaint() -> String? {
            do {
                _ = try Catalogue.load(folder: path, now: 0)
                return nil
            } catch {
                return error.description
            }
        }
    }

    private static let lamp = "---\ntitle: Lamp\nprice: \"1\"\n---\nText\n"

    private func folder(_ files: [String: [UInt8]]) throws -> Folder {
        try Folder(["shop.yaml": Array(plainShop.utf8)].merging(files) { $1 })
    }

    @Test("A byte order mark and CR LF change nothing, positions neither")
    func windows() throws {
        let crlf = Self.lamp.replacingOccurrences(of: "\n", with: "\r\n")
        let good = try folder(["content/products/lamp.md": [0xEF, 0xBB, 0xBF] + Array(crlf.utf8)])
        let catalogue = try Catalogue.load(folder: good.path, now: 0)
        #expect(catalogue.products.first.map { String(decoding: $0.text("en").html, as: UTF8.self) } == "<p>Text</p>\n")
        let bad = try folder(["content/products/lamp.md": [0xEF, 0xBB, 0xBF] + Array((crlf + "\r\n[x](javascript:y)\r\n").utf8)])
        #expect(bad.complaint()?.hasPrefix("content/products/lamp.md:7:1: error: a link may not begin with “javascript:”") == true)
    }

    @Test("Old Mac line ends are lines as well")
    func carriageReturns() throws {
        let folder = try folder(["content/products/lamp.md": Array("---\rtitle: Lamp\rprice: x\r---\rText".utf8)])
        #expect(folder.complaint()?.hasPrefix("content/products/lamp.md:3:8: error: “x” is not an amount\n  price: x\n") == true)
    }

    @Test("What is not UTF-8 is said where it is")
    func encodings() throws {
        let latin = try folder(["content/products/lamp.md": Array("---\ntitle: caf".utf8) + [0xE9] + Array("\n---\n".utf8)])
        #expect(
            latin.complaint() == """
                content/products/lamp.md:2:11: error: this is not UTF-8
                  title: caf\u{FFFD}
                            ^
                  hint: save the file as UTF-8
                """)
        let wide = try folder(["content/products/lamp.md": [0xFF, 0xFE, 0x2D, 0]])
        #expect(wide.complaint()?.contains("the file is UTF-16") == true)
        let nul = try folder(["content/products/lamp.md": Array("---\nti\0tle: x\n---\n".utf8)])
        #expect(nul.complaint()?.hasPrefix("content/products/lamp.md:2:3: error: the file holds a NUL byte") == true)
        for broken: [UInt8] in [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8], [0x80]] {
            let folder = try folder(["content/products/lamp.md": broken])
            #expect(folder.complaint()?.contains("lamp.md:1:1: error: this is not UTF-8") == true)
        }
    }

    @Test("A file too large is refused, not read")
    func large() throws {
        let folder = try folder(["content/products/lamp.md": [UInt8](repeating: 0x61, count: ShopFolder.largestFile + 1)])
        #expect(folder.complaint() == "content/products/lamp.md:1:1: error: the file is larger than 8 MiB")
    }

    @Test("A text of 50 MB is refused by its size alone")
    func huge() throws {
        let folder = try folder(["content/products/lamp.md": []])
        #expect(truncate(folder.path + "/content/products/lamp.md", 50 << 20) == 0)
        #expect(folder.complaint() == "content/products/lamp.md:1:1: error: the file is larger than 8 MiB")
    }

    @Test("A file that vanishes after its folder was listed is said to be gone")
    func vanished() throws {
        let shop = try load([:]).shop
        let unit = ContentUnit(
            slug: "lamp", path: "content/products/lamp.md",
            translations: [ContentUnit.Translation(language: "zh-CN", path: "content/products/lamp.zh.md")])
        let folder = ShopFolder.memory(["content/products/lamp.md": Array(Self.lamp.utf8)])
        let half = ProductReader(shop: shop, folder: folder).read(unit)
        #expect(half.diagnostics.map(\.description) == ["content/products/lamp.zh.md:1:1: error: there is no such file"])
        let none = ProductReader(shop: shop, folder: .memory([:])).read(unit)
        #expect(none.found == nil)
        #expect(none.diagnostics.map(\.description) == ["content/products/lamp.md:1:1: error: there is no such file"])
    }

    @Test("Names that lead elsewhere stay names or are refused")
    func traversal() throws {
        let text = try #require(
            complaint(
                product: "sku: ../../etc/passwd\nimages: [../../../etc/passwd]\nrelated: [../../etc/passwd]\naliases: [/../../etc/passwd]"))
        #expect(text.contains("“../../etc/passwd” is not a SKU") && text.contains("“../../../etc/passwd” leads out of the shop's content"))
        #expect(
            text.contains("there is no product “../../etc/passwd”") || text.contains("“/../../etc/passwd” cannot be a path of this site"))
        let catalogue = try load([
            "content/products/lamp.md": "---\ntitle: ../../etc/passwd\nprice: \"1\"\ncategory: ../../etc/passwd\n---\n"
        ])
        #expect(catalogue.products.map(\.slug) == ["lamp"] && catalogue.categories.map(\.slug) == ["etc-passwd"])
    }

    @Test("Links are followed inside the content only, and never in a circle")
    func links() throws {
        let folder = try folder(["content/products/lamp.md": Array(Self.lamp.utf8), "outside.md": Array(Self.lamp.utf8)])
        try folder.link("content/products/same.md", to: "lamp.md")
        #expect(try Catalogue.load(folder: folder.path, now: 0).products.map(\.slug) == ["lamp", "same"])
        try folder.link("content/products/loop", to: ".")
        try folder.link("content/products/out.md", to: "../../outside.md")
        try folder.link("content/products/self.md", to: "self.md")
        let text = try #require(folder.complaint())
        #expect(text.contains("content/products/loop:1:1: error: a link to a folder is not followed"))
        #expect(text.contains("content/products/out.md:1:1: error: this link leads out of the shop's content"))
        #expect(text.contains("content/products/self.md:1:1: error: cannot be read: "))
        #expect(!text.contains("lamp.md"))
    }

    @Test("Images outside the content are not taken, not even through a link")
    func imageLinks() throws {
        let text = "---\ntitle: Lamp\nprice: \"1\"\nimages: [a.png]\n---\n"
        let folder = try folder(["content/products/lamp.md": Array(text.utf8), "secret.png": [1]])
        try folder.link("content/products/a.png", to: "../../secret.png")
        #expect(folder.complaint()?.contains("“a.png”: this link leads out of the shop's content") == true)
    }

    @Test("A folder that is no shop says so")
    func noShop() throws {
        #expect(
            try Folder(["x": []]).complaint() == """
                shop.yaml:1:1: error: there is no such file
                  hint: this is not a shop folder: make one with “keyfront init”, or name one with --shop
                """)
    }

    @Test("A pipe in the place of a product does not hold the build up")
    func pipe() throws {
        let folder = try folder(["content/products/x.txt": []])
        #expect(mkfifo(folder.path + "/content/products/lamp.md", 0o600) == 0)
        #expect(folder.complaint() == "content/products/lamp.md:1:1: error: this is not a plain file")
    }

    @Test(
        "A picture's header says its size",
        arguments: [
            ("png", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0] as [UInt8], 512, 256),
            ("gif", Array("GIF89a".utf8) + [10, 0, 20, 1], 10, 276),
            ("jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC2, 0, 17, 8, 1, 0, 2, 0, 3, 0, 0, 0], 512, 256),
            ("svg", Array("<?xml version=\"1.0\"?>\n<svg width=\"32\" height='16px' viewBox=\"0 0 1 1\">".utf8), 32, 16),
            ("svg box", Array("<svg viewBox='0 0 800 600'/>".utf8), 800, 600),
        ])
    func imageSizes(_ kind: String, _ bytes: [UInt8], _ width: Int, _ height: Int) throws {
        let size = try #require(ImageSize.read(bytes))
        #expect(size.width == width && size.height == height)
    }

    @Test("Broken headers are no size and no crash")
    func brokenImages() {
        for length in 0..<24 {
            #expect(
                ImageSize.read(Array([0x89, 0x50, 0x4E, 0x47] + [UInt8](repeating: 0, count: 20)).dropLast(24 - length).map { $0 }) == nil)
        }
        #expect(ImageSize.read([0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xE0, 0, 0, 0, 0]) == nil)
    }
}
