import Templates

/// The names of the pages that the daemon renders: order, promoter, message, the code to scan, the sandbox's till.
enum AccountModels {
    static let all: [String: Model] = [
        "account/order": page(["order": order]),
        "account/promoter": page(["promoter": promoter]),
        "account/message": page([
            "message": ["title": .text, "text": .text, "error": .flag, "done": .flag, "retryUrl": .text, "orderUrl": .text]
        ]),
        "account/pay-qr": page([
            "payment": ["order": .text, "amount": .text, "expires": .text, "code": .text, "text": .text, "orderUrl": .text]
        ]),
        "account/pay-wechat": page([
            "payment": [
                "order": .text, "amount": .text, "parameters": .text, "orderUrl": .text, "script": ["url": .text, "integrity": .text],
            ]
        ]),
        "account/pay-sandbox": page(["payment": payment]),
    ]

    private static func page(_ own: [String: Model]) -> Model {
        let shared: [String: Model] = [
            "lang": .text,
            "shop": ["name": .text, "url": .text],
            "page": ["title": .text, "css": ["url": .text, "integrity": .text], "refresh": .text, "icon": .text],
        ]
        return .record(shared.merging(own, uniquingKeysWith: { $1 }))
    }

    private static let order: Model = [
        "id": .text, "amount": .text, "email": .text, "expires": .text, "payUrl": .text, "retryUrl": .text, "gateway": .text,
        "promoterLink": .text,
        "created": .text, "pending": .flag, "fulfilled": .flag, "owed": .flag, "refunded": .flag, "disputed": .flag, "expired": .flag,
        "review": .flag,
        "lines": .list(["title": .text, "sku": .text, "quantity": .text, "price": .text, "keys": .list(.text)]),
    ]

    private static let promoter: Model = [
        "token": .text, "link": .text, "landing": .text, "poster": .text, "pending": .text, "available": .text, "paid": .text,
        "commissions": .list([
            "date": .text, "level": .text, "amount": .text, "product": .text, "pending": .flag, "available": .flag, "reversed": .flag,
            "paid": .flag,
        ]),
    ]

    private static let payment: Model = [
        "order": .text, "amount": .text, "action": .text, "returnUrl": .text, "paid": .flag, "declined": .flag, "refunded": .flag,
    ]
}
