import Testing

@testable import Catalog

@Suite("What a merchant reads: shop")
struct ShopMistakeTests {
    @Test("Each mistake is said letter by letter", arguments: cases)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let cases: [Mistake] = [
        Mistake(
            "Nothing needed is there",
            [
                "shop.yaml": #"""
                theme: default

                """#
            ],
            #"""
            shop.yaml:1:1: error: “currency” is missing
              theme: default
              ^
              hint: e.g. CNY, USD or EUR
            shop.yaml:1:1: error: “name” is missing
              theme: default
              ^
              hint: what buyers call the shop
            shop.yaml:1:1: error: “url” is missing
              theme: default
              ^
              hint: where site/ is hosted, e.g. https://shop.example
            """#),
        Mistake(
            "An empty file",
            [
                "shop.yaml": #"""

                """#
            ],
            #"""
            shop.yaml:1:1: error: “currency” is missing
              hint: e.g. CNY, USD or EUR
            shop.yaml:1:1: error: “name” is missing
              hint: what buyers call the shop
            shop.yaml:1:1: error: “url” is missing
              hint: where site/ is hosted, e.g. https://shop.example
            """#),
        Mistake(
            "An unknown key",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                gatways: {}
                """#
            ],
            #"""
            shop.yaml:4:1: error: unknown key “gatways”
              gatways: {}
              ^
              hint: did you mean “gateways”?
            """#),
        Mistake(
            "An unknown key below",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                webhook: {lisen: "127.0.0.1:1"}
                """#
            ],
            #"""
            shop.yaml:4:11: error: unknown key “lisen”
              webhook: {lisen: "127.0.0.1:1"}
                        ^
              hint: did you mean “listen”?
            """#),
        Mistake(
            "An address with a query",
            [
                "shop.yaml": #"""
                name: L
                url: https://shop.example/?a
                currency: CNY

                """#
            ],
            #"""
            shop.yaml:2:6: error: the address must have no “?” and no “#”
              url: https://shop.example/?a
                   ^
              hint: write e.g. https://shop.example
            """#),
        Mistake(
            "An address of another scheme",
            [
                "shop.yaml": #"""
                name: L
                url: ftp://shop.example
                currency: CNY

                """#
            ],
            #"""
            shop.yaml:2:6: error: “ftp://shop.example” is not a web address
              url: ftp://shop.example
                   ^
              hint: write e.g. https://shop.example
            """#),
        Mistake(
            "Plain http to the world",
            [
                "shop.yaml": #"""
                name: L
                url: http://shop.example
                currency: CNY

                """#
            ],
            #"""
            shop.yaml:2:6: warning: http:// is not protected on its way
              url: http://shop.example
                   ^
              hint: use https:// but on your own machine
            """#),
        Mistake(
            "A currency in lower case",
            [
                "shop.yaml": #"""
                name: L
                url: https://shop.example
                currency: cny

                """#
            ],
            #"""
            shop.yaml:3:11: error: “cny” is not a currency
              currency: cny
                        ^
              hint: did you mean “CNY”?
            """#),
        Mistake(
            "A currency that does not exist",
            [
                "shop.yaml": #"""
                name: L
                url: https://shop.example
                currency: RMB

                """#
            ],
            #"""
            shop.yaml:3:11: error: “RMB” is not a currency
              currency: RMB
                        ^
              hint: write a code of ISO 4217, e.g. CNY, USD or EUR
            """#),
        Mistake(
            "Languages in a wrong case",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                languages: [en, zh-cn, english]
                """#
            ],
            #"""
            shop.yaml:4:17: error: “zh-cn” is not a language
              languages: [en, zh-cn, english]
                              ^
              hint: did you mean “zh-CN”?
            shop.yaml:4:24: error: “english” is not a language
              languages: [en, zh-cn, english]
                                     ^
              hint: write a tag of BCP 47, e.g. en or zh-CN
            """#),
        Mistake(
            "A language twice",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                languages: [en, en]
                """#
            ],
            #"""
            shop.yaml:4:17: error: “en” stands here twice
              languages: [en, en]
                              ^
            """#),
        Mistake(
            "A secret in place of its name",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                gateways:
                  card: {kind: stripe, secret_key: sk_live_51Habcdef, webhook_secrets: [whsec_abc]}
                """#
            ],
            #"""
            shop.yaml:5:36: error: a secret must not stand in this file
                card: {kind: stripe, secret_key: •••••••••••••••••, webhook_secrets: [•••••••••]}
                                                 ^
              hint: write the name of an environment variable that holds it, e.g. SECRET_KEY, or use a file
            shop.yaml:5:73: error: a secret must not stand in this file
                card: {kind: stripe, secret_key: •••••••••••••••••, webhook_secrets: [•••••••••]}
                                                                                      ^
              hint: write the name of an environment variable that holds it, e.g. WEBHOOK_SECRETS, or use a file
            """#),
        Mistake(
            "A secret of no known form",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                gateways:
                  card:
                    kind: stripe
                    secret_key: "Zm9v+YmFy/="
                """#
            ],
            #"""
            shop.yaml:7:17: error: a secret must not stand in this file
                  secret_key: "•••••••••••"
                              ^
              hint: write the name of an environment variable that holds it, e.g. SECRET_KEY, or use a file
            """#),
        Mistake(
            "A gateway without a kind",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                gateways:
                  card: {secret_key: KEY}
                """#
            ],
            #"""
            shop.yaml:5:3: error: “kind” is missing in “card”
                card: {secret_key: KEY}
                ^
              hint: e.g. kind: stripe
            """#),
        Mistake(
            "A name of an account with a slash",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                gateways:
                  a/b: {kind: sandbox}
                """#
            ],
            #"""
            shop.yaml:5:3: error: “a/b” cannot name an account
                a/b: {kind: sandbox}
                ^
              hint: use a-z, 0-9, “_” and “-”: it is part of an address
            """#),
    ]
}
