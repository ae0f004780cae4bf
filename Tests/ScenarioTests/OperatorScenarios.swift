import Foundation
import TestSupport
import Testing

@Suite("The command line beside the books")
struct OperatorScenarios {
    private struct Problem: Decodable {
        struct Content: Decodable {
            let code: String
            let message: String
            let hint: String?
        }
        let error: Content
    }

    private func problem(_ ending: Program.Ending) throws -> Problem.Content {
        #expect(ending.output.isEmpty)
        #expect(ending.errors.split(separator: "\n").count == 1, "\(ending.errors)")
        return try JSONDecoder().decode(Problem.self, from: Data(ending.errors.utf8)).error
    }

    @Test("With --json an error is one object on standard error; a mistake in an argument ends with 2, a refusal with 1")
    func errors() async throws {
        let shop = try await TestShop()
        let unknown = try await shop.keyfront("stock", "export", "nope", "--json")
        #expect(unknown.status == 1)
        #expect(try problem(unknown).code == "not_found")
        let cost = try await shop.keyfront("stock", "import", "lantern", "-", "--cost", "abc", "--json", input: "KEY-1\n")
        #expect(cost.status == 2)
        #expect(try problem(cost).code == "invalid")
        let missing = try await shop.keyfront("order", "show", "NOSUCHORDER", "--json")
        #expect(missing.status == 1)
        #expect(try problem(missing).code == "not_found")
        let usage = try await shop.keyfront("order", "list", "--limit", "many", "--json")
        #expect(usage.status == 2)
        #expect(try problem(usage).code == "usage")
        let plain = try await shop.keyfront("stock", "import", "lantern", "-", "--cost", "abc", input: "KEY-1\n")
        #expect(plain.status == 2 && plain.errors.hasPrefix("error: "))
        #expect(try await shop.keyfront("stock", "export", "nope").status == 1)
    }

    @Test("An order has one shape, whichever command shows it; a refund says what was done")
    func shapes() async throws {
        let shop = try await TestShop()
        _ = try await shop.importKeys(2)
        try await shop.start()
        let order = try await shop.order()
        func names(_ text: String) throws -> Set<String> {
            let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
            let object = (json as? [[String: Any]])?.first ?? json as? [String: Any]
            return Set(try #require(object).keys)
        }
        let confirmed = try await shop.keyfront("order", "confirm", order.order, "--json")
        let shown = try names(try await shop.keyfront("order", "show", order.order, "--json").output)
        #expect(try names(confirmed.output) == shown)
        #expect(try names(try await shop.keyfront("order", "list", "--json").output) == shown)
        #expect(try names(try await shop.keyfront("order", "resend", order.order, "--json").output) == shown)
        #expect(shown.isSuperset(of: ["order", "state", "amountMinor", "currency", "refundedMinor", "email", "granted", "lines"]))
        let refund = ["order", "refund", order.order, "--by-hand", "--amount", "30.00", "--key", "a"]
        let first = try await shop.keyfront(refund)
        #expect(first.output.hasPrefix("30.00 CNY booked as given back by hand"))
        let again = try await shop.keyfront(refund + ["--json"])
        #expect(try names(again.output) == shown.union(["refund"]))
        #expect(again.output.contains("\"refund\":{\"amountMinor\":0,\"state\":\"repeated\"}"))
        #expect(try await shop.end() == 0)
    }

    @Test("Batches have names: listed with what became of them, recalled by name; the audit log tells of it")
    func batches() async throws {
        let shop = try await TestShop()
        let imported = try await shop.keyfront(
            "stock", "import", "lantern", "-", "--batch", "spring", "--expires", "4102444800", input: "K-00001\nK-00002\n")
        #expect(imported.status == 0 && imported.output.contains("lapses"), "\(imported.errors)")
        let over = try await shop.keyfront("stock", "import", "lantern", "-", "--expires", "1000000000", input: "K-00003\n")
        #expect(over.status == 2)
        let listed = try await shop.keyfront("stock", "batches")
        #expect(listed.output.contains("spring") && listed.output.contains("2100-01-01"))
        let recalled = try await shop.keyfront("stock", "recall", "spring")
        #expect(recalled.status == 0 && recalled.output.hasPrefix("2 keys of batch "))
        let audit = try await shop.keyfront("audit", "list")
        #expect(audit.output.contains("stock_import") && audit.output.contains("stock_recall"))
        #expect(!audit.output.contains("K-0000"))
        #expect(try await shop.keyfront("audit", "list", "--subject", "nothing", "--json").output == "[]\n")
    }

    @Test("The master key may be a credential of systemd's, which then counts instead of the file")
    func credential() async throws {
        let shop = try await TestShop()
        _ = try await shop.importKeys(1)
        let folder = try TemporaryFolder()
        let key = URL(fileURLWithPath: "\(shop.path)/secrets/master.key")
        let moved = URL(fileURLWithPath: "\(folder.path)/master.key")
        try FileManager.default.moveItem(at: key, to: moved)
        #expect(try await shop.keyfront("stock", "export", "lantern").status == 1)
        let program = Program.folder.appendingPathComponent("keyfront").path
        let command = ["stock", "export", "lantern", "--shop", shop.path]
        let environment = ["CREDENTIALS_DIRECTORY": folder.path, "PARTNER_WEBHOOK_SECRET": TestShop.partnerSecret]
        try FileManager.default.setAttributes([.posixPermissions: 0o440], ofItemAtPath: moved.path)
        let opened = try await Program.run(program, command, environment: environment)
        #expect(opened.status == 0 && opened.output.hasPrefix("KEY-"), "\(opened.errors)")
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: moved.path)
        #expect(try await Program.run(program, command, environment: environment).status == 1)
    }

    @Test("Two shops whose databases lie in one folder have a socket each")
    func sockets() async throws {
        let (one, two) = (try await TestShop(), try await TestShop())
        let folder = try TemporaryFolder()
        for (shop, name) in [(one, "one"), (two, "two")] {
            let settings = try String(contentsOfFile: "\(shop.path)/shop.yaml", encoding: .utf8)
            try shop.write("shop.yaml", settings.replacingOccurrences(of: "data/keyfront.db", with: "\(folder.path)/\(name).db"))
            _ = try await shop.importKeys(name == "one" ? 1 : 2)
            try await shop.start()
        }
        #expect(try await one.keyfront("stock", "export", "lantern").output.split(separator: "\n").count == 1)
        #expect(try await two.keyfront("stock", "export", "lantern").output.split(separator: "\n").count == 2)
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/one.sock"))
        for shop in [one, two] { #expect(try await shop.end() == 0) }
    }
}
