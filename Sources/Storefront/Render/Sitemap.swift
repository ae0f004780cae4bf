import Catalog

/// The site map (sitemaps.org 0.9), with the translations of each page (`xhtml:link`).
///
/// It lists what search engines should show: not promoters' pages, unlisted products, or pages that
/// have no text of their own in a language. `lastmod` is given only where the shop says a day.
///
/// A map may have 50,000 addresses and 50 MB. A shop with more gets several, `sitemap-1.xml` and so on, and `sitemap.xml` is their index.
enum Sitemap {
    /// Addresses in one map: an entry names every translation, at most some 300 bytes each, so many languages need smaller maps.
    static func limit(languages: Int) -> Int { min(50_000, 150_000 / max(1, languages)) }

    /// The path of a part, from 1.
    static func part(_ number: Int) -> String { "sitemap-\(number).xml" }

    /// The places of the routes that are listed, in the plan's order.
    static func listed(_ routes: [Plan.Route], _ catalogue: Catalogue) -> [Int] {
        routes.indices.filter { index in
            let tag = catalogue.shop.languages[routes[index].language]
            switch routes[index].content {
            case .home, .category, .tag: return true
            case .product(let place): return catalogue.products[place].isListed && catalogue.products[place].texts[tag] != nil
            case .page(let place): return catalogue.pages[place].texts[tag] != nil
            default: return false
            }
        }
    }

    /// The index of all parts.
    static func index(_ edition: Edition, parts: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
        for number in 1...max(1, parts) {
            out.append("<sitemap><loc>")
            out.append(escaped: edition.links.absolute(part(number), language: 0))
            out.append("</loc></sitemap>\n")
        }
        out.append("</sitemapindex>\n")
        return out
    }

    /// A map of some routes of the plan, by their places.
    static func bytes(_ editions: [Edition], _ places: ArraySlice<Int>) -> [UInt8] {
        let catalogue = editions[0].catalogue
        let links = editions[0].links
        let all = Array(editions.indices)
        var out: [UInt8] = []
        out.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"")
        out.append(editions.count > 1 ? " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n" : ">\n")
        for place in places {
            let route = editions[0].plan.routes[place]
            var languages = all
            var changed: Int64?
            switch route.content {
            case .product(let index):
                languages = all.filter { catalogue.products[index].texts[editions[$0].tag] != nil }
                changed = catalogue.products[index].publishAt
            case .page(let index): languages = all.filter { catalogue.pages[index].texts[editions[$0].tag] != nil }
            default: break
            }
            out.append("<url><loc>")
            out.append(escaped: links.absolute(route.path, language: route.language))
            out.append("</loc>")
            if let changed { out.append("<lastmod>\(Timestamp.day(changed))</lastmod>") }
            if languages.count > 1 {
                for language in languages {
                    out.append("<xhtml:link rel=\"alternate\" hreflang=\"\(editions[language].tag)\" href=\"")
                    out.append(escaped: links.absolute(route.path, language: language))
                    out.append("\"/>")
                }
            }
            out.append("</url>\n")
        }
        out.append("</urlset>\n")
        return out
    }
}
