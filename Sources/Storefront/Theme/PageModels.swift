package import Templates

/// The names each template may use; a name beyond them is an error at its place in the theme.
///
/// docs/page-models.md says the same for authors of themes.
package enum PageModels {
    /// Templates that no site can do without.
    static let required = ["pages/home", "pages/landing", "pages/listing", "pages/not-found", "pages/page", "pages/product"]

    /// Template name → its model.
    package static let all: [String: Model] = statics.merging(AccountModels.all, uniquingKeysWith: { $1 })
        .merging(MailModels.all, uniquingKeysWith: { $1 })

    /// The same for a theme whose texts could not be read: `{{t.key}}` may be anything.
    static let withoutTexts: [String: Model] = all.mapValues { model in
        guard case .record(let names) = model else { return model }
        return .record(names.merging(["t": .any], uniquingKeysWith: { $1 }))
    }

    private static let statics: [String: Model] = [
        "pages/home": page(["products": .list(card), "categories": .list(category)]),
        "pages/product": page(["product": product, "breadcrumbs": breadcrumbs]),
        "pages/listing": page(["listing": listing, "breadcrumbs": breadcrumbs]),
        "pages/page": page(["document": document, "breadcrumbs": breadcrumbs]),
        "pages/landing": page([
            "promoter": ["token": .text, "name": .text, "message": .text, "poster": .text], "products": .list(offer), "more": .text,
        ]),
        "pages/not-found": page([:]),
        Cards.template: [
            "lang": .text, "shop": ["name": .text, "url": .text, "currency": .text],
            "card": ["lines": .list(.text), "kind": .text, "price": .text, "image": .text],
        ],
    ]

    private static let link: Model = ["title": .text, "url": .text]
    private static let image: Model = [
        "url": .text, "width": .text, "height": .text, "alt": .text, "sources": .list(["type": .text, "set": .text]),
    ]
    private static let price: [String: Model] = ["text": .text, "minor": .text, "currency": .text]
    private static let asset: Model = ["url": .text, "integrity": .text]
    private static let navigation: Model = ["title": .text, "url": .text, "current": .flag]
    private static let breadcrumbs: Model = .list(["title": .text, "url": .text, "last": .flag])
    private static let category: Model = ["title": .text, "url": .text, "count": .text, "summary": .text]

    private static let cardFields: [String: Model] = [
        "slug": .text, "title": .text, "url": .text, "summary": .text, "category": link, "image": image,
        "price": .record(price.merging(["from": .flag], uniquingKeysWith: { $1 })), "compareAt": .text, "tags": .list(link),
        "forSale": .flag,
    ]
    private static let card: Model = .record(cardFields)

    private static let formFields: [String: Model] = [
        "delivery": ["kind": .text, "isKey": .flag, "isShared": .flag, "isGenerated": .flag, "isFile": .flag],
        "slug": .text, "forSale": .flag, "single": .flag, "hasLinks": .flag, "minQuantity": .text, "maxQuantity": .text,
        "variants": .list([
            "sku": .text, "title": .text, "price": .record(price), "compareAt": .text, "first": .flag,
            "tiers": .list(["quantity": .text, "price": .record(price)]),
            "links": .list(["label": .text, "before": .text, "after": .text]),
        ]),
    ]
    private static let offer: Model = .record(cardFields.merging(formFields, uniquingKeysWith: { $1 }))

    private static let product: Model = .record(
        formFields.merging(
            [
                "title": .text, "summary": .text, "body": .text, "category": link, "tags": .list(link), "image": image,
                "images": .list(image), "validDays": .text, "faq": .list(["question": .text, "answer": .text]), "related": .list(card),
                "gallery": .list(image), "hasGallery": .flag, "hasFaq": .flag, "hasRelated": .flag, "hasHeadings": .flag,
                "headings": .list(["id": .text, "title": .text]),
            ], uniquingKeysWith: { $1 }))

    private static let listing: Model = [
        "title": .text, "summary": .text, "body": .text, "isTag": .flag, "isCategory": .flag, "products": .list(card), "count": .text,
        "pagination": [
            "single": .flag, "pages": .list(["number": .text, "url": .text, "current": .flag, "gap": .flag]), "previous": ["url": .text],
            "next": ["url": .text],
        ],
    ]

    private static let document: Model = [
        "title": .text, "summary": .text, "body": .text, "hasHeadings": .flag, "headings": .list(["id": .text, "title": .text]),
    ]

    /// What every page has, and what this one has beyond it.
    private static func page(_ own: [String: Model]) -> Model {
        let shared: [String: Model] = [
            "lang": .text,
            "shop": ["name": .text, "url": .text, "currency": .text],
            "page": [
                "title": .text, "description": .text, "url": .text, "noindex": .flag, "css": asset, "scripts": .list(asset), "csp": .text,
                "image": .text, "isCard": .flag, "type": .text, "jsonld": .text, "feedUrl": .text, "searchUrl": .text, "icon": .text,
                "alternates": .list(["lang": .text, "name": .text, "url": .text, "href": .text, "current": .flag]),
                "translations": .list(["lang": .text, "url": .text]),
            ],
            "nav": ["homeUrl": .text, "categories": .list(navigation), "pages": .list(navigation)],
            "ref": .text,
            "data": .any,
            "checkout": [
                "url": .text, "lookupUrl": .text, "gateways": .list(["name": .text, "label": .text, "first": .flag]),
            ],
        ]
        return .record(shared.merging(own, uniquingKeysWith: { $1 }))
    }
}
