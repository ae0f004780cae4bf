import Foundation

/// The story the shop exists for, played over HTTP and SMTP as people would: every claim is checked as it is printed.
struct Story {
    let shop: DemoShop
    let visitor: Visitor
    private let sku = "lantern-pro"

    init(shop: DemoShop) throws {
        self.shop = shop
        visitor = Visitor()
    }

    /// Plays all of it.
    ///
    /// - Throws: ``DemoError`` at the first claim that does not hold.
    func play() async throws {
        chapter("A promoter shares a link")
        let alice = try shop.json("promoter", "add", "alice@promoter.example")
        let aliceID = try text(alice, "id"), aliceToken = try text(alice, "token")
        _ = try shop.keyfront("build")
        let aliceLink = "\(shop.siteURL)/r/\(aliceToken)/"
        say("Alice's link is \(aliceLink)")

        chapter("Bob buys through it, Alice earns 10 %")
        let bob = try await buy(as: "bob@buyer.example", from: aliceLink)
        try expect(pending(aliceID), 10_00, "Alice is credited")

        chapter("Bob shares his own link, Carol buys, both earn")
        let bobLink = try await promoterLink(in: bob.mail)
        let bobID = String(bobLink.split(separator: "/").last?.prefix(8) ?? "")
        say("Bob's link came with his key: \(bobLink)")
        let carol = try await buy(as: "carol@buyer.example", from: bobLink)
        try expect(pending(bobID), 10_00, "Bob is credited")
        try expect(pending(aliceID), 15_00, "Alice is credited 5.00 more")
        guard bob.key != carol.key else { throw DemoError("Bob and Carol were given the same key") }
        holds("Bob and Carol hold two different keys")

        chapter("The gateway repeats its notice")
        let before = try state()
        for _ in 1...3 { try await carol.page.press("pay", with: visitor) }
        try await Task.sleep(for: .milliseconds(500))
        guard try state() == before else { throw DemoError("a repeated notice changed something:\n\(before)\n\(try state())") }
        holds("three repeats changed nothing: the same keys, mails and balances")

        chapter("Somebody forges a notice")
        try await forge()

        chapter("The books")
        _ = try shop.keyfront("ledger", "verify")
        holds("every transfer and the whole sum to zero")
        _ = try shop.keyfront("audit", "verify")
        holds("the audit chain is unbroken")
        try plainTextIsNowhere([bob.key, carol.key, "bob@buyer.example", "carol@buyer.example"])
        say("")
        say("All of it held.")
    }

    // MARK: Buying

    private struct Purchase {
        let key: String
        let mail: ReceivedMail
        let page: PayPage
    }

    private func buy(as email: String, from link: String) async throws -> Purchase {
        let page = try await order(as: email, from: link)
        try await page.press("pay", with: visitor)
        let mail = try await mail(to: email)
        let stock = Set(shop.stock[sku] ?? [])
        guard let key = stock.first(where: { mail.text.contains($0) }) else {
            throw DemoError("the mail to \(email) holds no key of the stock:\n\(mail.text)")
        }
        guard mail.html.contains(key) else { throw DemoError("the HTML part of the mail to \(email) lacks the key") }
        holds("\(email) paid 100.00 and has a working key by mail: \(key.prefix(4))…")
        return Purchase(key: key, mail: mail, page: page)
    }

    /// Fills in the buy form of a landing page, as a browser without scripts would, and arrives at the pay page.
    private func order(as email: String, from link: String) async throws -> PayPage {
        let landing = try await visitor.get(link)
        guard let form = PageForm.all(in: landing.text).first(where: { $0.value("sku") == sku }) else {
            throw DemoError("\(link) has no form that buys \(sku)")
        }
        let answer = try await visitor.post(form, filling: ["email": email])
        return try PayPage(answer)
    }

    private func mail(to address: String) async throws -> ReceivedMail {
        for _ in 0..<200 {
            if let mail = shop.mails.mails(to: address).first { return mail }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw DemoError("no mail for \(address) arrived within 10 seconds; the daemon's log:\n\(shop.log)")
    }

    private func promoterLink(in mail: ReceivedMail) async throws -> String {
        let link = mail.text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("\(shop.siteURL)/r/") }
        guard let link else { throw DemoError("the mail names no promoter link:\n\(mail.text)") }
        return String(link)
    }

    private func forge() async throws {
        let page = try await order(as: "mallory@buyer.example", from: "\(shop.siteURL)/products/\(sku)/")
        let before = try state()
        let body = """
            {"type":"payment.paid","timestamp":"2026-11-21T00:00:00Z","data":{"order_id":"\(page.orderID)","amount_minor":10000,\
            "currency":"CNY","transaction_id":"forged"}}
            """
        let answer = try await visitor.request(
            "POST", "\(shop.webhookURL)/notify/test", body: Array(body.utf8),
            headers: [
                ("content-type", "application/json"), ("webhook-id", "msg_forged"), ("webhook-timestamp", "\(Moment.current)"),
                ("webhook-signature", "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            ])
        guard answer.status == 401 else { throw DemoError("a forged notice was answered with \(answer.status)") }
        try await Task.sleep(for: .milliseconds(300))
        guard try state() == before else { throw DemoError("a forged notice changed something") }
        holds("it is refused with 401, and Mallory's order stays unpaid")
    }

    // MARK: What must and must not have changed

    private func state() throws -> String {
        let balances = try shop.keyfront("ledger", "balances", "--json")
        return "\(balances)\n\(shop.mails.all.count) mails\n" + (try shop.keyfront("stock", "list", "--json"))
    }

    private func pending(_ promoter: String) throws -> Int {
        let summary = try shop.json("promoter", "show", promoter)
        guard let amount = summary["pendingMinor"] as? Int else { throw DemoError("promoter show printed no pendingMinor") }
        return amount
    }

    private func expect(_ amount: @autoclosure () throws -> Int, _ expected: Int, _ claim: String) throws {
        let amount = try amount()
        guard amount == expected else { throw DemoError("\(claim): expected \(expected) minor units, the books say \(amount)") }
        holds("\(claim): \(amount / 100).\(amount % 100 < 10 ? "0" : "")\(amount % 100) pending")
    }

    private func plainTextIsNowhere(_ secrets: [String]) throws {
        let data = "\(shop.folder)/data"
        for name in try FileManager.default.contentsOfDirectory(atPath: data).sorted() {
            guard let bytes = FileManager.default.contents(atPath: "\(data)/\(name)") else { continue }
            for secret in secrets where bytes.range(of: Data(secret.utf8)) != nil {
                throw DemoError("data/\(name) holds a key or an address in plain text")
            }
        }
        holds("neither database nor log holds a key or an address in plain text")
    }

    private func text(_ object: [String: Any], _ name: String) throws -> String {
        guard let value = object[name] as? String else { throw DemoError("promoter add printed no \(name)") }
        return value
    }

    private func chapter(_ title: String) { Console.print("\n\(title)") }
    private func holds(_ claim: String) { Console.print("  ✓ \(claim)") }
    private func say(_ line: String) { Console.print(line.isEmpty ? "" : "  \(line)") }
}
