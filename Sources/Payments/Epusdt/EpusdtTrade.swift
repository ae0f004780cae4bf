import Catalog

/// A trade that we opened at an epusdt server. The server answers for its state alone, so what was asked for is kept in our own
/// reference to it: `<trade id>:<minor units>:<currency>`.
struct EpusdtTrade: Equatable {
    let id: String
    let amount: Money

    init(id: String, amount: Money) {
        self.id = id
        self.amount = amount
    }

    /// nil for a text of another form.
    init?(reference: String) {
        let parts = reference.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, Self.isID(String(parts[0])), let minor = Field.seconds(parts[1]), minor > 0,
            let currency = try? Currency(code: String(parts[2]))
        else { return nil }
        self.init(id: String(parts[0]), amount: Money(minor: minor, currency: currency))
    }

    var reference: String { "\(id):\(amount.minor):\(amount.currency.code)" }

    /// Letters, digits, dashes and underscores: it becomes a part of an address.
    static func isID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { Field.isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }

    /// What a state says, by its number.
    static func kind(_ status: String) -> Fact.Kind {
        switch status {
        case "2": .paid
        case "3", "4", "6": .failed
        default: .ignored
        }
    }
}
