import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct CommandScenarios {
    @Test("A mistake in the arguments ends with 2, and nothing is printed to standard output")
    func usage() async throws {
        for arguments in [["no-such-command"], ["build", "--jobs", "many"], ["stock", "import"]] {
            let ending = try await Program.run(Program.folder.appendingPathComponent("keyfront").path, arguments)
            #expect(ending.status == 2, "\(arguments)")
            #expect(ending.output.isEmpty)
            #expect(!ending.errors.isEmpty)
        }
    }

    @Test("A folder without shop.yaml is refused with one error and what to do")
    func noShop() async throws {
        let folder = try TemporaryFolder()
        let ending = try await Program.keyfront("build", "--shop", folder.path)
        #expect(ending.status == 1)
        #expect(
            ending.errors == """
                error: \(folder.path): there is no shop.yaml here, so this is no shop
                  hint: name the shop's folder with --shop, or make one: keyfront init DIR

                """)
        #expect(ending.output.isEmpty)
    }

    @Test("What is not so is not said: reload without a daemon, and check of a gateway that does not exist, end with 1")
    func refusals() async throws {
        let folder = try TemporaryFolder()
        let shop = "\(folder.path)/shop"
        try #require(try await Program.keyfront("init", shop, environment: ["KEYFRONT_SHARE": Program.root.path]).status == 0)
        let reload = try await Program.keyfront("reload", "--shop", shop)
        #expect(reload.status == 1)
        #expect(reload.output.isEmpty && reload.errors.contains("no daemon runs"))

        let file = URL(fileURLWithPath: "\(shop)/shop.yaml")
        let text = try String(contentsOf: file, encoding: .utf8).replacingOccurrences(of: "kind: sandbox", with: "kind: sandbax")
        try Data(text.utf8).write(to: file)
        let check = try await Program.keyfront("check", "--shop", shop)
        #expect(check.status == 1)
        #expect(check.errors.contains("“sandbax” is not a kind of gateway"))
    }

    @Test("A disk that takes no more is named, and the old site stands")
    func fullDisk() async throws {
        let folder = try TemporaryFolder()
        let shop = "\(folder.path)/shop"
        try #require(try await Program.keyfront("init", shop, environment: ["KEYFRONT_SHARE": Program.root.path]).status == 0)
        try #require(try await Program.keyfront("build", "--shop", shop).status == 0)
        let page = URL(fileURLWithPath: "\(shop)/site/index.html")
        let before = try Data(contentsOf: page)
        let settings = URL(fileURLWithPath: "\(shop)/shop.yaml")
        let text = try String(contentsOf: settings, encoding: .utf8)
        try Data((text + "\n# changed\n").utf8).write(to: settings)
        // Files may grow to 2 KiB and no further, as on a disk with little left.
        let keyfront = Program.folder.appendingPathComponent("keyfront").path
        let ending = try await Program.run(
            "/bin/bash", ["-c", "trap '' XFSZ; ulimit -f 2; exec \"$0\" build --clean --shop \"$1\"", keyfront, shop])
        #expect(ending.status == 1)
        #expect(ending.errors.contains("cannot write the file: File too large"), "\(ending.errors)")
        #expect(try Data(contentsOf: page) == before)
        #expect(!FileManager.default.fileExists(atPath: "\(shop)/site/.keyfront/staging"))
        #expect(try await Program.keyfront("build", "--verify", "--shop", shop).status == 0)
    }

    @Test("init lays out the demo shop, which builds at once, and refuses a folder that is not empty")
    func initThenBuild() async throws {
        let folder = try TemporaryFolder()
        let shop = "\(folder.path)/new"
        let share = ["KEYFRONT_SHARE": Program.root.path]
        #expect(try await Program.keyfront("init", shop, environment: share).status == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: "\(shop)/secrets/master.key")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let built = try await Program.keyfront("build", "--shop", shop)
        #expect(built.status == 0, "\(built.errors)")
        #expect(FileManager.default.fileExists(atPath: "\(shop)/site/zh-CN/index.html"))
        let again = try await Program.keyfront("init", shop, environment: share)
        #expect(again.status == 1)
        #expect(again.errors.contains("not empty"))
    }

    @Test("A broken product, a broken template and a broken shop.yaml are told together, letter by letter, and the old site stands")
    func brokenFiles() async throws {
        let folder = try TemporaryFolder()
        let shop = "\(folder.path)/shop"
        try #require(try await Program.keyfront("init", shop, environment: ["KEYFRONT_SHARE": Program.root.path]).status == 0)
        try #require(try await Program.keyfront("build", "--shop", shop).status == 0)
        let before = try Snapshot("\(shop)/site")

        try Data("---\ntitle: Broken\nprise: \"1.00\"\nprice: \"1.005\"\n---\ntext\n".utf8).write(
            to: URL(fileURLWithPath: "\(shop)/content/products/broken.md"))
        let product = try await Program.keyfront("build", "--shop", shop)
        #expect(product.status == 1)
        #expect(
            product.errors == """
                content/products/broken.md:3:1: error: unknown key “prise”
                  prise: "1.00"
                  ^
                  hint: did you mean “price”?
                content/products/broken.md:4:8: error: “1.005” has too many decimals: CNY has at most 2 decimals
                  price: "1.005"
                         ^

                """)
        #expect(try Snapshot("\(shop)/site") == before)
        try FileManager.default.removeItem(atPath: "\(shop)/content/products/broken.md")

        try Data("<h1>{{page.titel}}</h1>\n{{>partials/hed}}\n".utf8).write(to: URL(fileURLWithPath: "\(shop)/templates/pages/home.html"))
        try Data("name: Broken\nurl: https://shop.example\ncurrency: CNY\nstock: {hold_minutes: soon}\nlimit: 1\n".utf8).write(
            to: URL(fileURLWithPath: "\(shop)/shop.yaml"))
        try FileManager.default.removeItem(atPath: "\(shop)/content")
        try FileManager.default.createDirectory(atPath: "\(shop)/content", withIntermediateDirectories: true)
        let rest = try await Program.keyfront("build", "--shop", shop)
        #expect(rest.status == 1)
        #expect(
            rest.errors == """
                shop.yaml:4:23: error: “hold_minutes” must be a whole number from 0 to 10080
                  stock: {hold_minutes: soon}
                                        ^
                shop.yaml:5:1: error: unknown key “limit”
                  limit: 1
                  ^
                  hint: did you mean “limits”?
                templates/pages/home.html:1:7: error: “page” is a record without “titel”
                  <h1>{{page.titel}}</h1>
                        ^
                  hint: did you mean “page.title”?
                templates/pages/home.html:2:4: error: there is no template “partials/hed” or “partials/partials/hed”
                  {{>partials/hed}}
                     ^

                """)
        #expect(try Snapshot("\(shop)/site") == before)
    }

    @Test("Every case of the Mustache specification, through template render", arguments: try MustacheSpecification.files())
    func mustache(file: URL) async throws {
        let specification = try JSONDecoder().decode(MustacheSpecification.self, from: try Data(contentsOf: file))
        #expect(!specification.tests.isEmpty)
        for test in specification.tests {
            let folder = try TemporaryFolder()
            try Data(test.template.utf8).write(to: folder.url.appendingPathComponent("case.html"))
            for (name, text) in test.partials ?? [:] {
                try Data(text.utf8).write(to: folder.url.appendingPathComponent("\(name).html"))
            }
            let ending = try await Program.keyfront(
                "template", "render", folder.url.appendingPathComponent("case.html").path, "--data", "-", "--partials", folder.path,
                input: test.data.text)
            #expect(ending.output == test.expected, "\(file.lastPathComponent): \(test.name): \(ending.errors)")
        }
    }
}
