import Catalog

/// The site map (sitemaps.org 0.9), with the translations of each page (`xhtml:link`).
///
/// It lists what search engines should show: not promoters' pages, unlisted products, or pages that
/// have no text of their own in a language. `lastmod` is given only where the shop says a day.
enum Sitemap {
    static func bytes(_ editions: [Edition]) -> [UInt8] {
        let catalogue = editions[0].catalogue
        let links = editions[0].links
        let all = Array(editions.indices)
        var out: [UInt8] = []
        out.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"")
        out.append(editions.count > 1 ? " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n" : ">\n")
        for route in editions[0].plan.routes {
            var languages = all
            var changed: Int64?
            switch route.content {
            case .home, .category, .tag: break
            case .product(let index):
                guard catalogue.products[index].isListed else { continue }
                languages = all.filter { catalogue.products[index].texts[editions[$0].tag] != nil }
                changed = catalogue.products[index].publishAt
            case .page(let index): languages = all.filter { catalogue.pages[index].texts[editions[$0].tag] != nil }
            default: continue
            }
            guard languages.contains(route.language) else { continue }
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
