import Testing

@testable import Catalog

@Suite("strings.yaml")
struct StringTableTests {
    private func complaint(_ text: String, languages: [String] = []) -> String? {
        do {
            _ = try StringTable.parse(Array(text.utf8), name: "templates/strings.yaml", languages: languages)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("Each language has its table; a language of another region uses it too")
    func tables() throws {
        let table = try StringTable.parse(Array("buy: {en: Buy, zh-CN: 购买}\nyes: {en: yes, zh-CN: 是}\n".utf8), name: "s.yaml")
        #expect(table.languages == ["en", "zh-CN"])
        #expect(table.table("en") == ["buy": "Buy", "yes": "yes"])
        #expect(table.table("zh-TW") == ["buy": "购买", "yes": "是"])
        #expect(table.table("fr") == nil)
    }

    @Test("A missing language is said at its key")
    func missing() {
        #expect(
            complaint("buy: {en: Buy, zh-CN: 购买}\nsell:\n  en: Sell\n") == """
                templates/strings.yaml:2:1: error: “sell” has no text in zh-CN
                  sell:
                  ^
                """)
        #expect(complaint("buy: {en: Buy}\n", languages: ["en", "fr"])?.contains("“buy” has no text in fr") == true)
        #expect(complaint("buy: {en: Buy, zh-CN: x}\n", languages: ["en", "zh-TW"]) == nil)
    }

    @Test("Wrong shapes are said at their place")
    func shapes() {
        #expect(
            complaint("buy: Buy\nsell: {en: [x]}\n") == """
                templates/strings.yaml:1:1: error: “buy” must have a text for each language
                  buy: Buy
                  ^
                  hint: write {en: "…", zh-CN: "…"}
                templates/strings.yaml:2:12: error: “en” must be a text, not a list
                  sell: {en: [x]}
                             ^
                """)
        #expect(complaint("- a\n") != nil)
    }
}
