import Payments
import Testing

/// Forgery by changing authentic form notices: single bytes, and whole parameters, from a fixed seed.
///
/// Some changes leave the signed text as it was, because a form can spell one text in several ways: the case of an
/// escape's digits, an escape for a letter, `+` for a blank, the order of parameters, and (EPay) the case of the
/// signature, parameters without content, and `sign_type` where it may be left out. Such a notice is the same notice: it is accepted, and must then say the same.
struct FormMutationTests {
    private struct Target {
        let gateway: any Gateway
        let form: String
        let isQuery: Bool

        func judge(_ bytes: [UInt8]) -> Verdict {
            let notice = isQuery ? FormSigner.get(String(decoding: bytes, as: UTF8.self)) : FormSigner.post(bytes)
            return gateway.judge(notice, now: Signer.now)
        }
    }

    private func targets() throws -> [Target] {
        let set = try FormSigner.set([
            FormSigner.account("ali", "alipay", FormSigner.alipaySettings), FormSigner.account("v1", "epay", FormSigner.epaySettings),
            FormSigner.account("v2", "epay", FormSigner.epayRSASettings),
        ])
        func target(_ name: String, _ form: String, _ isQuery: Bool) throws -> Target {
            Target(gateway: try #require(set.gateway(named: name)), form: form, isQuery: isQuery)
        }
        return [
            try target("ali", FormSigner.alipayForm([("refund_fee", "0.00"), ("body", "")]), false),
            try target("v1", FormSigner.epayForm([("param", "0123abcd")]), true),
            try target("v2", FormSigner.epayForm([("param", "0123abcd")], version: .v2), true),
        ]
    }

    /// The parameters as another reader decodes them, those without content left out, the signature in lower case: what a
    /// mutation must leave alone to be accepted.
    private func meaning(_ bytes: [UInt8], dropEmpty: Bool, foldSign: Bool) -> Set<[UInt8]> {
        var set: Set<[UInt8]> = []
        for pair in bytes.split(separator: 0x26) {
            var decoded: [UInt8] = []
            var index = pair.startIndex
            while index < pair.endIndex {
                if pair[index] == 0x25, index + 2 < pair.endIndex,
                    let value = UInt8(String(decoding: pair[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
                {
                    decoded.append(value)
                    index += 3
                } else {
                    decoded.append(pair[index] == 0x2B ? 0x20 : pair[index])
                    index += 1
                }
            }
            if dropEmpty, decoded.last == 0x3D || !decoded.contains(0x3D) || decoded.starts(with: Array("sign_type".utf8)) { continue }
            if foldSign, decoded.starts(with: Array("sign=".utf8)) { decoded = decoded.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
            set.insert(decoded)
        }
        return set
    }

    @Test("Of 30,000 notices with one byte changed, those that are accepted are the same notice, spelled otherwise")
    func singleBytes() throws {
        var random = Seeded(state: 20_261_121)
        for target in try targets() {
            let good = Array(target.form.utf8)
            let fact = try #require(target.judge(good).fact)
            #expect(fact.kind == .paid)
            let isEPay = target.isQuery
            var same = 0
            for _ in 0..<10_000 {
                var bytes = good
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
                guard let accepted = target.judge(bytes).fact else { continue }
                same += 1
                let isSame = meaning(bytes, dropEmpty: isEPay, foldSign: isEPay) == meaning(good, dropEmpty: isEPay, foldSign: isEPay)
                #expect(accepted == fact && isSame, "\(String(decoding: bytes, as: UTF8.self))")
            }
            // Few bytes have another spelling one bit away: the test would be empty if most were accepted.
            #expect(same < 500)
        }
    }

    @Test("Of 15,000 notices with parameters dropped, doubled, swapped, renamed, merged or emptied none says something else")
    func structure() throws {
        var random = Seeded(state: 42)
        let harmless: Set = ["sign%5Ftype", "body", "charset", "receipt%5Famount", "subject", "name", "type"]
        for target in try targets() {
            let fact = try #require(target.judge(Array(target.form.utf8)).fact)
            let good = target.form.split(separator: "&").map(String.init)
            for _ in 0..<5_000 {
                var pairs = good
                let place = Int.random(in: 0..<pairs.count, using: &random)
                let other = Int.random(in: 0..<pairs.count, using: &random)
                switch Int.random(in: 0..<8, using: &random) {
                case 0: pairs.remove(at: place)
                case 1: pairs.insert(pairs[place], at: other)
                case 2: pairs.swapAt(place, other)
                case 3: pairs[place] += "0"
                case 4: pairs[place] = "x" + pairs[place]
                case 5: pairs[place] = String(pairs[place].prefix { $0 != "=" }) + "="
                case 6:
                    let merged = pairs[place] + "%26" + pairs[other].replacing("=", with: "%3D")
                    pairs[place] = merged
                    if other != place { pairs.remove(at: other) }
                default: pairs.insert("extra\(place)=\(other)", at: place)
                }
                guard let accepted = target.judge(Array(pairs.joined(separator: "&").utf8)).fact else { continue }
                // What is lost is nothing that decides: free text, and the algorithm's name where it may be left out.
                let lost = Set(good).subtracting(pairs).compactMap { $0.split(separator: "=").first.map(String.init) }
                #expect(accepted == fact && Set(lost).isSubset(of: harmless), "\(pairs)")
            }
        }
    }

    @Test("What is not signed may change without changing anything: order, spelling, and what the scheme leaves out")
    func unsigned() throws {
        let all = try targets()
        for target in all {
            let fact = try #require(target.judge(Array(target.form.utf8)).fact)
            let pairs = target.form.split(separator: "&")
            let spelled = target.form.replacing("%5F", with: "_").replacing("%3A", with: "%3a").replacing("%20", with: "+")
            for form in [pairs.reversed().joined(separator: "&"), spelled] {
                #expect(target.judge(Array(form.utf8)).fact == fact)
            }
        }
        for target in all where target.isQuery {
            #expect(target.judge(Array((target.form + "&empty=").utf8)).fact == target.judge(Array(target.form.utf8)).fact)
        }
    }

    @Test("Of 15,000 broken contents under a good signature none crashes, and none pays an amount that is not one")
    func brokenContents() throws {
        var random = Seeded(state: 7)
        let set = try FormSigner.set([FormSigner.account("v1", "epay", FormSigner.epaySettings)])
        let gateway = try #require(set.gateway(named: "v1"))
        let letters = Array("0123456789.-+eE ,&=%\u{0}\u{301}é６x").map(String.init)
        for _ in 0..<15_000 {
            var changes: [(String, String?)] = []
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let name = FormSigner.epay.randomElement(using: &random)?.0 ?? "money"
                let length = Int.random(in: 0...5, using: &random)
                changes.append((name, (0..<length).map { _ in letters.randomElement(using: &random) ?? "" }.joined()))
            }
            let fact = gateway.judge(FormSigner.get(FormSigner.epayForm(changes)), now: Signer.now).fact
            if let fact, fact.kind == .paid { #expect((fact.amountMinor ?? 0) > 0 && fact.currency == "CNY") }
        }
    }
}
