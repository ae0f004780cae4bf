import Foundation

@testable import Storefront

/// A small shop on disk: three products, two languages, a theme that prints what it is given.
struct ShopFixture {
    let scratch: Scratch
    var shop: String { scratch.path + "/shop" }
    var out: String { scratch.path + "/site" }

    init() throws {
        scratch = try Scratch()
        for (path, text) in Self.files { try scratch.write("shop/\(path)", text) }
    }

    func write(_ path: String, _ text: String) throws { try scratch.write("shop/\(path)", text) }

    func remove(_ path: String) throws { try scratch.remove("shop/\(path)") }

    func read(_ path: String) throws -> String { try scratch.read("site/\(path)") }

    func exists(_ path: String) -> Bool { scratch.exists("site/\(path)") }

    func site(now: Int64 = 1_750_000_000) throws(SiteError) -> Site { try Site.load(folder: shop, now: now) }

    @discardableResult
    func build(_ promoters: [PromoterPage] = [], jobs: Int = 2, clean: Bool = false) throws(SiteError) -> BuildReport {
        try site().build(
            BuildRequest(out: out, promoters: promoters, paymentOrigins: ["https://pay.example/x"], jobs: jobs, clean: clean))
    }

    func snapshot() throws -> [String: Data] { try scratch.snapshot("site") }

    static let head = """
        <html lang="{{lang}}"><title>{{page.title}}</title><meta csp="{{page.csp}}"><link canonical="{{page.url}}">\
        {{#page.noindex}}<noindex>{{/page.noindex}}{{#page.translations}}<alt {{lang}} {{url}}>{{/page.translations}}\
        {{#page.alternates}}<to {{lang}} {{name}} {{href}}{{#current}} here{{/current}}>{{/page.alternates}}\
        <css {{page.css.url}} {{page.css.integrity}}>{{#page.scripts}}<js {{url}} {{integrity}}>{{/page.scripts}}<icon {{page.icon}}>\
        <og {{page.type}} {{page.image}}>{{#page.jsonld}}<script type="application/ld+json">{{{page.jsonld}}}</script>{{/page.jsonld}}
        <nav><a href="{{nav.homeUrl}}">home</a>{{#nav.categories}}<a href="{{url}}"{{#current}} here{{/current}}>{{title}}</a>{{/nav.categories}}\
        {{#nav.pages}}<a href="{{url}}"{{#current}} here{{/current}}>{{title}}</a>{{/nav.pages}}</nav>

        """

    static let form = """
        <form method="post" action="{{checkout.url}}">{{^single}}many {{/single}}{{#variants}}<input sku="{{sku}}" {{title}} {{price.text}}\
        {{#compareAt}} was {{compareAt}}{{/compareAt}}{{#first}} first{{/first}}>{{/variants}}<input name="ref" value="{{ref}}">\
        {{#checkout.gateways}}<input gateway="{{name}}" {{label}}>{{/checkout.gateways}}<input quantity="{{minQuantity}}-{{maxQuantity}}"></form>

        """

    static let files: [String: String] = [
        "shop.yaml": """
        name: Tom & Co
        url: https://shop.example
        languages: [en, zh-CN]
        currency: CNY
        webhook: {url: "https://daemon.example", listen: "127.0.0.1:8080", database: "sqlite:data/keyfront.db", trusted_proxies: []}
        secrets: {master_key_file: secrets/master.key}
        gateways:
          test: {kind: sandbox}
          card: {kind: stripe}
        promoters: {levels: ["10%", "5%"], hold_days: 7, minimum_payout: "50.00", binding: permanent, pages: landing}
        """,
        "content/products/lamp/index.md": """
        ---
        title: Lamp <b>
        summary: It "shines"
        price: "68.00"
        compare_at: "80.00"
        category: lights
        tags: [warm, small]
        order: 1
        publish_at: 2025-01-02T03:04:05Z
        images: [cover.svg]
        image_texts: [A lamp]
        ---

        Read the [terms](/pages/terms/) and see ![it](cover.svg).
        """,
        "content/products/lamp/index.zh.md": "---\ntitle: 灯\nsummary: 很亮\n---\n\n看看。\n",
        "content/products/lamp/cover.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"480\"></svg>",
        "content/products/torch.md": """
        ---
        title: Torch
        category: lights
        order: 2
        variants:
          - {sku: torch-s, title: Small, price: "5.00"}
          - {sku: torch-l, title: Large, price: "9.50"}
        ---
        """,
        "content/products/book.md": "---\ntitle: Book\nprice: \"12.00\"\ncategory: reading\ntags: [small]\norder: 3\n---\n",
        "content/pages/terms.md": "---\ntitle: Terms\nnav: true\n---\n\n## Refunds\n\nYes.\n",
        "templates/strings.yaml": """
        language_name: {en: "English", zh-CN: "中文"}
        home: {en: "Shop", zh-CN: "首页"}
        site_title: {en: "Good things", zh-CN: "好东西"}
        site_description: {en: "Things", zh-CN: "东西"}
        listing_page: {en: "{{title}}, page {{number}}", zh-CN: "{{title}}，第 {{number}} 页"}
        not_found_title: {en: "Nothing", zh-CN: "没有"}
        not_found_text: {en: "Gone", zh-CN: "没了"}
        landing_title: {en: "Welcome to {{shop.name}}", zh-CN: "欢迎来到 {{shop.name}}"}
        gateway_sandbox: {en: "Test", zh-CN: "测试"}
        buy: {en: "Buy {{title}}", zh-CN: "买 {{title}}"}
        """,
        "templates/assets/style.css": "body{background:url(img/dot.svg)}\n",
        "templates/assets/img/dot.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "templates/assets/referral.js": "1;\n",
        "templates/assets/favicon.svg": "<svg/>",
        "templates/partials/head.html": head,
        "templates/partials/form.html": form,
        "templates/partials/card.html":
            "<card {{url}} {{title}} {{#price.from}}from {{/price.from}}{{price.text}}{{#image}} {{url}} {{width}}x{{height}} {{alt}}{{/image}}>\n",
        "templates/pages/home.html":
            "{{>head}}{{#categories}}<shelf {{title}} {{url}} {{count}}>{{/categories}}\n{{#products}}{{>card}}{{/products}}",
        "templates/pages/product.html": """
        {{>head}}{{#breadcrumbs}}<crumb {{title}} {{url}}{{#last}} last{{/last}}>{{/breadcrumbs}}
        {{#product}}<h1>{{title}}</h1>{{{body}}}{{t.buy}}
        {{>form}}{{#related}}{{>card}}{{/related}}{{/product}}
        """,
        "templates/pages/listing.html": """
        {{>head}}{{#listing}}<h1>{{title}} {{count}}</h1>
        {{#products}}{{>card}}{{/products}}{{#pagination}}{{^single}}{{#previous}}<prev {{url}}>{{/previous}}{{#pages}}\
        <page {{number}} {{url}}{{#current}} here{{/current}}>{{/pages}}{{#next}}<next {{url}}>{{/next}}{{/single}}{{/pagination}}{{/listing}}
        """,
        "templates/pages/page.html": "{{>head}}{{#document}}<h1>{{title}}</h1>{{{body}}}{{/document}}",
        "templates/pages/landing.html": """
        {{>head}}{{#promoter.name}}<from {{promoter.name}}>{{/promoter.name}}{{#promoter.message}}<says {{promoter.message}}>{{/promoter.message}}\
        <poster {{promoter.poster}}>
        {{#products}}{{>card}}{{>form}}{{/products}}
        """,
        "templates/pages/not-found.html": "{{>head}}<h1>{{t.not_found_title}}</h1>",
    ]
}
