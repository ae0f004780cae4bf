/// Reads the products of a shop: files that changed, and the facts of those that did not.
struct ProductReading {
    let folder: ShopFolder
    let shop: Shop
    let known: ContentSources?
    let profile: Profile?

    /// A product and the place of its unit in ``Outcome/units``.
    struct Item: Sendable {
        let found: ProductReader.Found
        let unit: Int
        /// Whether its bodies were read.
        let isWhole: Bool
    }

    struct Outcome {
        /// In the catalogue's order.
        var found: [Item] = []
        var units: [ContentSources.Unit] = []
        /// The folders in which files were looked for.
        var folders: [ContentSources.Source] = []
        var diagnostics: [Diagnostic] = []
    }

    private struct Answer: Sendable {
        let unit: ContentSources.Unit
        let found: ProductReader.Found?
        let isWhole: Bool
        let diagnostics: [Diagnostic]
    }

    func read() -> Outcome {
        var outcome = Outcome()
        let answers: [Answer]
        if let known, known.hasFolders {
            outcome.folders = known.folders
            answers = parallelMap(known.products) { remembered($0) ?? read($0.content) }
        } else {
            let log = SourceLog()
            var scan = ContentScan(folder.logged(log), root: "content/products", languages: shop.languages)
            let contents = scan.units()
            outcome.diagnostics = scan.diagnostics
            outcome.folders = log.result.entries
            let before = known?.products ?? []
            let places = Dictionary(before.enumerated().map { ($1.content.path, $0) }, uniquingKeysWith: { first, _ in first })
            answers = parallelMap(contents) { content in
                if let place = places[content.path], before[place].content == content, let answer = remembered(before[place]) {
                    return answer
                }
                return read(content)
            }
        }
        outcome.units.reserveCapacity(answers.count)
        outcome.found.reserveCapacity(answers.count)
        for (index, answer) in answers.enumerated() {
            outcome.units.append(answer.unit)
            outcome.diagnostics += answer.diagnostics
            if let found = answer.found { outcome.found.append(Item(found: found, unit: index, isWhole: answer.isWhole)) }
        }
        // Units come sorted by slug, and the sort is stable where all have one order, which is the usual case.
        if !outcome.found.allSatisfy({ $0.found.product.order == outcome.found[0].found.product.order }) {
            outcome.found.sort { ($0.found.product.order, $0.unit) < ($1.found.product.order, $1.unit) }
        }
        return outcome
    }

    /// What is known of a unit, if none of the files it was read from has changed.
    private func remembered(_ unit: ContentSources.Unit) -> Answer? {
        guard !unit.facts.isEmpty else { return nil }
        do throws(FactsReader.Damage) {
            let found = try ProductFacts.decode(unit.facts, shop: shop)
            return Answer(unit: unit, found: found, isWhole: false, diagnostics: [])
        } catch {
            return nil
        }
    }

    private func read(_ content: ContentUnit) -> Answer {
        let log = SourceLog(profile)
        let answer = ProductReader(shop: shop, folder: folder.logged(log)).read(content)
        let entries = log.result.entries
        let digest = log.digest(of: content)
        let facts = answer.diagnostics.isEmpty ? answer.found.map(ProductFacts.encode) ?? [] : []
        let unit = ContentSources.Unit(
            content: content, sources: entries, digest: digest,
            facts: facts[...],
            // Without facts everything read stands for them.
            factsDigest: facts.isEmpty ? digest : ContentHash.of(facts))
        return Answer(unit: unit, found: answer.found, isWhole: true, diagnostics: answer.diagnostics)
    }
}
