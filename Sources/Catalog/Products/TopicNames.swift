/// Puts together what products call their topics and what the topics' own files say.
struct TopicNames {
    let defaultLanguage: String

    /// - Parameters:
    ///   - used: slug and text of each use, in the order of the products.
    ///   - files: of `content/categories` or `content/tags`.
    /// - Returns: the topics in use, by `order`, then slug.
    func topics(_ used: [(slug: String, name: String)], _ files: [PageReader.Found]) -> [Topic] {
        var names: [String: String] = [:]
        for use in used where names[use.slug] == nil { names[use.slug] = use.name }
        var written: [String: PageReader.Found] = [:]
        for file in files { written[file.slug] = file }
        return names.map { slug, name in
            let texts = written[slug]?.texts ?? [defaultLanguage: PageText(language: defaultLanguage, title: name, path: "")]
            return Topic(slug: slug, order: written[slug]?.order ?? 0, texts: texts, defaultLanguage: defaultLanguage)
        }
        .sorted { $0.order != $1.order ? $0.order < $1.order : $0.slug.utf8.lexicographicallyPrecedes($1.slug.utf8) }
    }
}

extension Product {
    /// The same with only those related products that are among `slugs`.
    func keeping(related slugs: Set<String>) -> Product {
        guard !related.allSatisfy(slugs.contains) else { return self }
        return Product(
            slug: slug, category: category, tags: tags, variants: variants, delivery: delivery, stock: stock, quantity: quantity,
            commission: commission, validDays: validDays, images: images, related: related.filter(slugs.contains), order: order,
            publishAt: publishAt, expiresAt: expiresAt, status: status, texts: texts, defaultLanguage: defaultLanguage)
    }
}
