import Testing

@testable import Catalog

@Suite("Data files and sales")
struct DataTests {
    @Test("YAML and JSON become values by file name; texts stay texts")
    func values() throws {
        let data = try load([
            "content/data/team.yaml": "- name: Ada\n  since: 2020\n  boss: true\n- {name: \"true\", note: }\n",
            "content/data/colours.json": "{\"red\": \"#f00\", \"list\": [1, 2.50, false, null],\n\t\"deep\": {\"a\": \"\\u00e9\\n\"}}\n",
            "content/data/readme.txt": "not read", "content/data/_draft.yaml": "{",
        ]).data
        #expect(data["colours"]?["red"] == .text("#f00"))
        #expect(data["colours"]?["list"] == .list([.text("1"), .text("2.50"), .bool(false), .null]))
        #expect(data["colours"]?["deep"]?["a"] == .text("é\n"))
        guard case .list(let team) = data["team"] else { return #expect(Bool(false)) }
        #expect(team.first?["boss"] == .bool(true) && team.first?["since"] == .text("2020"))
        #expect(team.last?["name"] == .text("true") && team.last?["note"] == .null && team.last?["other"] == nil)
        #expect(data["readme"] == nil && data["_draft"] == nil)
        guard case .record(let members) = data else { return #expect(Bool(false)) }
        #expect(members.map(\.name) == ["colours", "team"])
    }

    @Test("What is bought together comes the most often first, and only what is sold")
    func together() throws {
        func product(_ sku: String) -> String { "---\ntitle: P\nprice: \"1\"\nsku: \(sku)\n---\n" }
        let catalogue = try load([
            "content/products/a.md": product("sku-a"), "content/products/b.md": product("sku-b"), "content/products/c.md": product("sku-c"),
            "content/data/bought-together.csv":
                "sku,sku,count\r\nsku-a,sku-b,2\r\nsku-c,sku-a,1\nsku-b,sku-a,1\nsku-a,gone,9\nsku-a,sku-a,5\n",
        ])
        #expect(catalogue.boughtTogether == ["a": ["b", "c"], "b": ["a"], "c": ["a"]])
    }

    @Test("Each mistake is said letter by letter", arguments: mistakes)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let mistakes: [Mistake] = [
        Mistake(
            "A name that no template can say", ["content/data/a b.yaml": "a: 1\n", "content/data/c.yaml": "x: 1\na.b: 2\n"],
            """
            content/data/a b.yaml:1:1: error: a template cannot name “a b”
              hint: use a-z, 0-9, “_” and “-”
            content/data/c.yaml:2:1: error: a template cannot name “a.b”
              a.b: 2
              ^
              hint: use A-Z, a-z, 0-9, “_” and “-”
            """),
        Mistake(
            "One name in two files", ["content/data/a.json": "{}", "content/data/a.yaml": "b: 1\n"],
            """
            content/data/a.yaml:1:1: error: “a” is taken
              hint: it is also in content/data/a.json
            """),
        Mistake(
            "Broken JSON", ["content/data/a.json": "{\"a\": 1,\n \"b\": [1, 2}\n"],
            """
            content/data/a.json:2:7: error: this list is not closed
               "b": [1, 2}
                    ^
              hint: separate with “,” and end with “]”
            """),
        Mistake(
            "Lines that are no sales", ["content/data/bought-together.csv": "a,b\n\n-,b,1\na,b,x\na,b,0\n"],
            """
            content/data/bought-together.csv:1:1: error: this is not “SKU,SKU,count”
              a,b
              ^
              hint: e.g. lantern-pro,inkwell,41
            content/data/bought-together.csv:3:1: error: “-” is not a SKU
              -,b,1
              ^
            content/data/bought-together.csv:4:1: error: “x” is not a number of orders
              a,b,x
              ^
              hint: write a whole number from 1 on
            content/data/bought-together.csv:5:1: error: “0” is not a number of orders
              a,b,0
              ^
              hint: write a whole number from 1 on
            """),
    ]
}
