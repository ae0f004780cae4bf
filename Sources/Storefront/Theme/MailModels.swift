import Templates

/// The names of the mails: each has a subject, a text part and an HTML part with the same names.
enum MailModels {
    static let all: [String: Model] = {
        var models: [String: Model] = [:]
        for (mail, own) in kinds {
            for part in ["subject.txt", "txt", "html"] {
                models["mail/\(mail).\(part)"] = .record(own.merging(shared, uniquingKeysWith: { $1 }))
            }
        }
        return models
    }()

    private static let shared: [String: Model] = [
        "lang": .text, "shop": ["name": .text, "url": .text], "mail": ["unsubscribe": .text],
    ]

    private static let order: Model = [
        "id": .text, "link": .text, "amount": .text, "created": .text,
        "lines": .list(["title": .text, "sku": .text, "quantity": .text, "price": .text, "keys": .list(.text)]),
    ]

    private static let promoter: Model = ["link": .text, "page": .text, "rate": .text, "token": .text, "poster": .text]

    private static let kinds: [String: [String: Model]] = [
        "delivered": ["order": order, "promoter": promoter],
        "owed": ["order": order, "promoter": promoter],
        "lookup": ["orders": .list(["id": .text, "link": .text, "amount": .text, "created": .text])],
        "promoter": ["promoter": promoter],
    ]
}
