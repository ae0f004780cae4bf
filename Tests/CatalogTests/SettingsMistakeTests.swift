import Testing

@testable import Catalog

@Suite("What a merchant reads: settings")
struct SettingsMistakeTests {
    @Test("Each mistake is said letter by letter", arguments: cases)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let cases: [Mistake] = [
        Mistake(
            "A cap without a shared text",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                stock: {cap: 5}
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:9: error: “cap” needs “delivery: shared”
              stock: {cap: 5}
                      ^
              hint: other deliveries have as many buyers as keys
            """#),
        Mistake(
            "Stock in words",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                stock: {low: few}
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:14: error: “low” must be a whole number from 0 to 1000000
              stock: {low: few}
                           ^
            """#),
        Mistake(
            "More at most than at least",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                limits: {min: 5, max: 2}
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:18: error: “max” is less than “min”
              limits: {min: 5, max: 2}
                               ^
            """#),
        Mistake(
            "A commission above 100 %",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                commission: ["120%"]
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:14: error: “120%” is more than 100%
              commission: ["120%"]
                           ^
            """#),
        Mistake(
            "A commission without a percent sign",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                commission: ["12"]
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:14: error: “12” is not a rate
              commission: ["12"]
                           ^
              hint: write a percentage, e.g. "10%" or "7.5%"
            """#),
        Mistake(
            "More levels than the shop",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                commission: ["1%", "1%", "1%"]
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:1: error: “commission” has 3 levels, the shop has 2
              commission: ["1%", "1%", "1%"]
              ^
              hint: “levels” in shop.yaml says how far up commissions go
            """#),
        Mistake(
            "Tiers that do not fall",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                tiers:
                  - {quantity: 5, price: "60.00"}
                  - {quantity: 10, price: "65.00"}
                ---

                """#
            ],
            #"""
            content/products/lamp.md:6:20: error: the prices of “tiers” must fall
                - {quantity: 10, price: "65.00"}
                                 ^
            """#),
        Mistake(
            "A day that no month has",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                publish_at: 2026-02-30
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:13: error: “2026-02-30” is not a date
              publish_at: 2026-02-30
                          ^
              hint: write 2026-12-01 or 2026-12-01T09:30:00+08:00
            """#),
        Mistake(
            "A time without a zone",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                publish_at: 2026-02-20T10:00
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:13: error: “2026-02-20T10:00” has no time zone
              publish_at: 2026-02-20T10:00
                          ^
              hint: add Z, or an offset such as +08:00
            """#),
        Mistake(
            "An end before the beginning",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                publish_at: 2026-02-20
                expires_at: 2026-02-19
                ---

                """#
            ],
            #"""
            content/products/lamp.md:5:13: error: “expires_at” is not after “publish_at”
              expires_at: 2026-02-19
                          ^
            """#),
        Mistake(
            "An image that is not there",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                images: [lamp.svg]
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:10: error: “lamp.svg”: there is no such file
              images: [lamp.svg]
                       ^
              hint: it is looked for at content/products/lamp.svg
            """#),
        Mistake(
            "An image outside the content",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                images: [../../shop.yaml]
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:10: error: “../../shop.yaml” leads out of the shop's content
              images: [../../shop.yaml]
                       ^
              hint: put the file beside this one
            """#),
        Mistake(
            "A related product that does not exist",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                related: [lantren]
                ---

                """#,
                "content/products/lantern.md": #"""
                ---
                title: L
                price: "1"
                ---

                """#,
            ],
            #"""
            content/products/lamp.md:4:11: error: there is no product “lantren”
              related: [lantren]
                        ^
              hint: did you mean “lantern”?
            """#),
        Mistake(
            "A question without an answer",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                faq:
                  - question: Why?
                ---

                """#
            ],
            #"""
            content/products/lamp.md:5:5: error: “answer” is missing in “faq”
                - question: Why?
                  ^
            """#),
        Mistake(
            "A variant without SKU or title",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                variants:
                  - {sku: a, title: A}
                  - {price: "5"}
                ---

                """#
            ],
            #"""
            content/products/lamp.md:6:5: error: “sku” is missing in “variants”
                - {price: "5"}
                  ^
              hint: a name of its own, e.g. sku: lamp-1
            content/products/lamp.md:6:5: error: “title” is missing in “variants”
                - {price: "5"}
                  ^
              hint: what tells it from the others
            """#),
        Mistake(
            "A SKU of two products",
            [
                "content/products/lamp.md": #"""
                ---
                title: A
                price: "1"
                sku: one
                ---

                """#,
                "content/products/torch.md": #"""
                ---
                title: B
                price: "1"
                sku: ONE
                ---

                """#,
            ],
            #"""
            content/products/torch.md:4:6: error: the SKU “ONE” is taken
              sku: ONE
                   ^
              hint: it is first at content/products/lamp.md:4:6
            """#),
        Mistake(
            "A SKU with a space",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                sku: my lamp
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:6: error: “my lamp” is not a SKU
              sku: my lamp
                   ^
              hint: use A-Z, a-z, 0-9, “.”, “_” and “-”, at most 64
            """#),
    ]
}
