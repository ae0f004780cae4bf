import Catalog

/// The Atom feed of a language (RFC 4287): products with a day of publication, the newest first.
enum Feed {
    /// Entries in it at most.
    static let limit = 50

    static func bytes(_ edition: Edition) -> [UInt8] {
        let products = edition.catalogue.products
        let dated = edition.plan.listed.filter { products[$0].publishAt != nil }
            .sorted { (products[$1].publishAt ?? 0, $0) < (products[$0].publishAt ?? 0, $1) }
            .prefix(limit)
        let address = edition.links.absolute("feed.xml", language: edition.language)
        let home = edition.links.absolute("", language: edition.language)
        var out: [UInt8] = []
        out.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"")
        out.append(escaped: edition.tag)
        out.append("\">\n<title>")
        out.append(escaped: edition.catalogue.shop.name)
        out.append("</title>\n<id>")
        out.append(escaped: home)
        out.append("</id>\n<link rel=\"self\" href=\"")
        out.append(escaped: address)
        out.append("\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"")
        out.append(escaped: home)
        // A feed must say when it changed; one without dated products never did.
        out.append("\"/>\n<updated>\(Timestamp.text(dated.first.flatMap { products[$0].publishAt } ?? 0))</updated>\n<author><name>")
        out.append(escaped: edition.catalogue.shop.name)
        out.append("</name></author>\n")
        for index in dated {
            let product = products[index]
            let text = product.text(edition.tag)
            let url = edition.links.absolute(Links.product(product.slug), language: edition.language)
            out.append("<entry>\n<title>")
            out.append(escaped: text.title)
            out.append("</title>\n<id>")
            out.append(escaped: url)
            out.append("</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"")
            out.append(escaped: url)
            out.append("\"/>\n<updated>\(Timestamp.text(product.publishAt ?? 0))</updated>\n<summary>")
            out.append(escaped: text.summary)
            out.append("</summary>\n</entry>\n")
        }
        out.append("</feed>\n")
        return out
    }
}
