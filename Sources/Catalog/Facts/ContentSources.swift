/// What a catalogue was read from, file by file, so that the next load need not read what did not change.
package struct ContentSources: Sendable {
    /// A path relative to the shop folder, and how it looked before it was read.
    package struct Source: Sendable {
        package let path: String
        package var stamp: FileStamp
    }

    /// One product.
    package struct Unit: Sendable {
        let content: ContentUnit
        /// Its files, its pictures, and what its texts lead to.
        package var sources: [Source]
        /// Of all that was read for it.
        package let digest: UInt64
        /// See ``ProductFacts``; empty when they are not known: its files have changed, or they had a mistake or a doubt, so that
        /// they are read again and say so again.
        package var facts: ArraySlice<UInt8>
        /// Of ``facts``.
        package let factsDigest: UInt64
    }

    /// The digest of `shop.yaml`.
    package let settings: UInt64
    /// `shop.yaml`, pages and topics, and the folders of these.
    package var others: [Source]
    /// The folders in which products were looked for.
    package var folders: [Source]
    /// By slug.
    package var products: [Unit]
    /// Whether nothing was found wrong or doubtful anywhere.
    package let isClean: Bool
    /// Whether the folders hold the same names as when ``products`` were found.
    var hasFolders = false

    /// The same with the stamps of what changed just before `moment` made unequal to any file's.
    ///
    /// - Parameters:
    ///   - moment: when reading began, in nanoseconds since 1970.
    ///   - grain: how coarse file times are held to be, in nanoseconds.
    package func settled(before moment: Int64, grain: Int64) -> ContentSources {
        var copy = self
        for index in others.indices { copy.others[index].stamp = others[index].stamp.settled(before: moment, grain: grain) }
        for index in folders.indices { copy.folders[index].stamp = folders[index].stamp.settled(before: moment, grain: grain) }
        for unit in copy.products.indices {
            for index in products[unit].sources.indices {
                let stamp = products[unit].sources[index].stamp
                let settled = stamp.settled(before: moment, grain: grain)
                if settled != stamp { copy.products[unit].sources[index].stamp = settled }
            }
        }
        return copy
    }
}

extension ContentSources {
    /// What a look at every source from outside tells.
    package struct Comparison: Sendable {
        /// The sources without the facts of the products that changed.
        package let sources: ContentSources
        /// Whether a load would find everything as it was.
        package let isSame: Bool
    }

    /// Looks which sources still are as they were, on all cores.
    ///
    /// - Parameter folder: the shop folder.
    package func compared(in folder: String) -> Comparison {
        let root = FolderHandle(folder)
        var copy = self
        let same = others.allSatisfy(root.holds)
        copy.hasFolders = isClean && folders.allSatisfy(root.holds)
        let grain = 256
        let pieces = parallelMap(Array(stride(from: 0, to: products.count, by: grain)), grain: 1) { first in
            (first..<Swift.min(first + grain, products.count)).filter { !products[$0].sources.allSatisfy(root.holds) }
        }
        var known = true
        for index in pieces.joined() {
            copy.products[index].facts = []
            known = false
        }
        return Comparison(sources: copy, isSame: same && known && copy.hasFolders)
    }
}

/// A catalogue, and where each of its products came from.
package struct SourcedCatalogue: Sendable {
    package let catalogue: Catalogue
    package let sources: ContentSources
    /// For each product of the catalogue: its place in ``ContentSources/products``.
    package let units: [Int]
    /// For each product of the catalogue: whether its bodies and answers are in memory.
    package let whole: [Bool]
    let folder: ShopFolder
    let visible: Set<String>
    let profile: Profile?

    /// The digest of all that was read for a product of the catalogue.
    package func digest(_ product: Int) -> UInt64 { sources.products[units[product]].digest }

    /// The digest of the facts that other pages may show of it.
    package func factsDigest(_ product: Int) -> UInt64 { sources.products[units[product]].factsDigest }

    /// A product of the catalogue with its bodies and answers, read again if they are not in memory.
    ///
    /// - Returns: nil when its files are no longer what they were; everything must then be loaded again.
    package func wholeProduct(_ index: Int) -> Product? {
        if whole[index] { return catalogue.products[index] }
        let unit = sources.products[units[index]]
        let log = SourceLog(profile)
        let read = ProductReader(shop: catalogue.shop, folder: folder.logged(log)).read(unit.content)
        guard let found = read.found, read.diagnostics.isEmpty, log.digest(of: unit.content) == unit.digest else { return nil }
        return found.product.keeping(related: visible)
    }
}
