import Testing

@testable import Catalog

@Suite("What a merchant reads: terms")
struct TermsMistakeTests {
    @Test("Each mistake is said letter by letter", arguments: cases)
    func message(_ example: Mistake) {
        #expect(complaint(example.files) == example.text)
    }

    static let cases: [Mistake] = [
        Mistake(
            "A password in the mail server",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                mail: {from: "a@b.example", smtp: "smtps://me:hunter2@mail.example:465"}
                """#
            ],
            #"""
            shop.yaml:4:35: error: a password must not stand in this file
              mail: {from: "a@b.example", smtp: "smtps://me:•••••••@mail.example:465"}
                                                ^
              hint: set KEYFRONT_SMTP_PASSWORD, or name a file in “password_file”
            """#),
        Mistake(
            "A password in the database",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                webhook: {database: "postgres://me:hunter2@db/x"}
                """#
            ],
            #"""
            shop.yaml:4:21: error: a password must not stand in this file
              webhook: {database: "postgres://me:•••••••@db/x"}
                                  ^
              hint: put the whole address into KEYFRONT_DATABASE
            """#),
        Mistake(
            "A mail server of another scheme",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                mail: {from: "a@b.example", smtp: "http://mail.example"}
                """#
            ],
            #"""
            shop.yaml:4:35: error: this is not an address of a mail server
              mail: {from: "a@b.example", smtp: "http://mail.example"}
                                                ^
              hint: write e.g. smtps://user@mail.example:465
            """#),
        Mistake(
            "Mistakes of the shop and of its products together",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                limits: {x: 1}
                """#,
                "content/products/lamp.md": #"""
                ---
                title: Lamp
                prise: "1"
                ---

                """#,
            ],
            #"""
            content/products/lamp.md:2:1: error: “price” is missing
              title: Lamp
              ^
              hint: e.g. price: "68.00"
            content/products/lamp.md:3:1: error: unknown key “prise”
              prise: "1"
              ^
              hint: did you mean “price”?
            shop.yaml:4:10: error: unknown key “x”
              limits: {x: 1}
                       ^
              hint: known keys: open_holds_per_address, open_holds_per_mail, checkouts_per_minute
            """#),
        Mistake(
            "Four levels",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                promoters: {levels: ["1%", "1%", "1%", "1%"]}
                """#
            ],
            #"""
            shop.yaml:4:40: error: “levels” has more than 3 levels
              promoters: {levels: ["1%", "1%", "1%", "1%"]}
                                                     ^
              hint: commissions go at most three levels up
            """#),
        Mistake(
            "Levels above 100 %",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                promoters: {levels: ["60%", "41%"]}
                """#
            ],
            #"""
            shop.yaml:4:13: error: “levels” add up to more than 100%
              promoters: {levels: ["60%", "41%"]}
                          ^
            """#),
        Mistake(
            "A binding that does not exist",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                promoters: {binding: forever}
                """#
            ],
            #"""
            shop.yaml:4:22: error: “forever” is not a binding
              promoters: {binding: forever}
                                   ^
              hint: one of: permanent, first, last, window:30d
            """#),
        Mistake(
            "Pages that do not exist",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                promoters: {pages: landng}
                """#
            ],
            #"""
            shop.yaml:4:20: error: “landng” is not a value of “pages”
              promoters: {pages: landng}
                                 ^
              hint: did you mean “landing”?
            """#),
        Mistake(
            "A limit below zero",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                limits: {checkouts_per_minute: -1}
                """#
            ],
            #"""
            shop.yaml:4:32: error: “checkouts_per_minute” must be a whole number from 0 to 1000000
              limits: {checkouts_per_minute: -1}
                                             ^
            """#),
        Mistake(
            "A listening address without a port",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                webhook: {listen: 127.0.0.1}
                """#
            ],
            #"""
            shop.yaml:4:19: error: “127.0.0.1” is not a host and a port
              webhook: {listen: 127.0.0.1}
                                ^
              hint: write e.g. 127.0.0.1:8080
            """#),
        Mistake(
            "A proxy that is none",
            [
                "shop.yaml": #"""
                name: Lantern
                url: https://shop.example
                currency: CNY
                webhook: {trusted_proxies: [everyone]}
                """#
            ],
            #"""
            shop.yaml:4:29: error: “everyone” is not an address or network
              webhook: {trusted_proxies: [everyone]}
                                          ^
              hint: write e.g. 10.0.0.1 or 10.0.0.0/8
            """#),
    ]
}
