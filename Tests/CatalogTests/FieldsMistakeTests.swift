import Testing

@testable import Catalog

@Suite("What a merchant reads: fields")
struct FieldsMistakeTests {
    @Test("Each mistake is said letter by letter", arguments: cases)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let cases: [Mistake] = [
        Mistake(
            "An unknown key, with the nearest",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                sumary: Bright
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:1: error: unknown key “sumary”
              sumary: Bright
              ^
              hint: did you mean “summary”?
            """#),
        Mistake(
            "A key nothing is near to",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                xyzzy: 1
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:1: error: unknown key “xyzzy”
              xyzzy: 1
              ^
              hint: known keys: title, summary, category, tags, sku, price, currency, compare_at, variants, delivery, stock, limits, commission, tiers, valid_days, images, image_texts, related, order, status, publish_at, expires_at, faq, aliases
            """#),
        Mistake(
            "A key written twice",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                tags: [a]
                price: "70.00"
                ---

                """#
            ],
            #"""
            content/products/lamp.md:5:1: error: “price” stands here twice
              price: "70.00"
              ^
              hint: it is first at line 3
            """#),
        Mistake(
            "No title and no price",
            [
                "content/products/lamp.md": #"""
                ---
                summary: x
                ---

                """#
            ],
            #"""
            content/products/lamp.md:2:1: error: “price” is missing
              summary: x
              ^
              hint: e.g. price: "68.00"
            content/products/lamp.md:2:1: error: “title” is missing
              summary: x
              ^
              hint: what buyers call it
            """#),
        Mistake(
            "An empty title",
            [
                "content/products/lamp.md": #"""
                ---
                title:
                price: "1"
                ---

                """#
            ],
            #"""
            content/products/lamp.md:2:1: error: “title” is empty
              title:
              ^
              hint: what buyers call it
            """#),
        Mistake(
            "A price that is no amount",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: 68,00
                ---

                """#
            ],
            #"""
            content/products/lamp.md:3:8: error: “68,00” is not an amount
              price: 68,00
                     ^
              hint: write digits with a point, e.g. "68.00"
            """#),
        Mistake(
            "A price with too many decimals",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.001"
                ---

                """#
            ],
            #"""
            content/products/lamp.md:3:8: error: “68.001” has too many decimals: CNY has at most 2 decimals
              price: "68.001"
                     ^
            """#),
        Mistake(
            "A price of nothing",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "0.00"
                ---

                """#
            ],
            #"""
            content/products/lamp.md:3:8: error: “price” must be more than 0
              price: "0.00"
                     ^
            """#),
        Mistake(
            "A price in full-width digits",
            [
                "content/products/lamp.md": #"""
                ---
                title: 台灯
                price: "６８"
                ---

                """#
            ],
            #"""
            content/products/lamp.md:3:8: error: “６８” is not an amount
              price: "６８"
                     ^
              hint: write digits with a point, e.g. "68.00"
            """#),
        Mistake(
            "A list where a text belongs",
            [
                "content/products/lamp.md": #"""
                ---
                title: [Lamp]
                price: "1"
                ---

                """#
            ],
            #"""
            content/products/lamp.md:2:8: error: “title” must be a text, not a list
              title: [Lamp]
                     ^
            """#),
        Mistake(
            "A text where a list belongs",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                variants: many
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:11: error: “variants” must be a list, not a text
              variants: many
                        ^
              hint: write [one, two] or a line “- one” for each
            """#),
        Mistake(
            "Another currency",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                currency: USD
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:11: error: the shop's currency is CNY
              currency: USD
                        ^
              hint: all prices are in the currency of shop.yaml
            """#),
        Mistake(
            "A former price that is lower",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                compare_at: "50.00"
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:13: error: “compare_at” is not more than the price
              compare_at: "50.00"
                          ^
              hint: it is the former price; leave it out when there is none
            """#),
        Mistake(
            "A delivery that does not exist",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                delivery: singel
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:11: error: “singel” is not a value of “delivery”
              delivery: singel
                        ^
              hint: did you mean “single”?
            """#),
        Mistake(
            "A status far from all",
            [
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                price: "68.00"
                status: xyz
                ---

                """#
            ],
            #"""
            content/products/lamp.md:4:9: error: “xyz” is not a value of “status”
              status: xyz
                      ^
              hint: one of: active, draft, unlisted, retired
            """#),
    ]
}
