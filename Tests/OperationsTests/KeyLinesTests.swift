import Testing

@testable import Operations

@Suite("A file of keys")
struct KeyLinesTests {
    @Test(
        "Is read line by line, whatever editor wrote it",
        arguments: [
            ("A\nB\n", ["A", "B"]), ("A\nB", ["A", "B"]), ("A\r\nB\r\n", ["A", "B"]), ("\u{FEFF}A\n", ["A"]),
            ("A\n\nB\n\n\n", ["A", "", "B"]),
            (" A B \n", [" A B "]), ("", []), ("\n\r\n", []),
        ])
    func lines(text: String, expected: [String]) {
        #expect(KeyLines.read(Array(text.utf8)) == expected)
    }

    @Test("A line that is not UTF-8 is refused under its number, and not repaired into another key")
    func encoding() async throws {
        let shop = try TestShop()
        let lines = KeyLines.read(Array("KEY-1\nKEY-".utf8) + [0xFF, 0x0A] + Array("KEY-3\n".utf8))
        let installation = try await shop.open()
        guard case .imported(let report) = try await installation.run(.importKeys(KeyImport(sku: "alpha", lines: lines))) else {
            throw Unexpected()
        }
        #expect(report.imported == 2)
        #expect(report.refused.map(\.line) == [2])
        #expect(report.refused.map(\.reason) == ["malformed"])
        await installation.close()
    }
}
