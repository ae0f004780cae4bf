internal import Catalog
internal import Cryptography
internal import Database

extension Engine {
    /// Adds keys to the stock, a line each, sealed; then gives owed orders what they wait for, oldest first.
    ///
    /// Equal keys are refused, whatever SKU or batch has them. The rows are written in chunks of 1,000, so that
    /// notices go on being booked; a process that dies in between has imported the chunks before.
    /// - Parameters:
    ///   - sku: of a product in the catalogue.
    ///   - lines: at most 1,048,576.
    ///   - progress: called after each chunk with how many lines are done.
    /// - Throws: `FulfilmentError`: `unknownSKU`, `conflict` for a generated product, `invalid` for too many lines, `busy`,
    ///   `unavailable`.
    package func importKeys(
        sku: String, lines: [String], info: BatchInfo = BatchInfo(), progress: (@Sendable (Int) -> Void)? = nil
    ) async throws(FulfilmentError) -> ImportReport {
        guard let (product, _) = catalogue.variant(sku: sku) else {
            throw FulfilmentError(.unknownSKU, "no product has the SKU “\(sku)”", hint: "look for it with `keyfront stock list`")
        }
        guard product.delivery != .generated else {
            throw FulfilmentError(.conflict, "the keys of “\(sku)” are generated", hint: "change its `delivery`, or import to another SKU")
        }
        guard lines.count <= StockID.batchLimit else {
            throw FulfilmentError(.invalid, "one import takes \(StockID.batchLimit) lines at most", hint: "split the file")
        }
        let now = clock.now()
        if let end = info.expiresAt, end <= now {
            throw FulfilmentError(.invalid, "these keys have ended already", hint: "give the moment when they end, or leave it out")
        }
        let isShared = product.delivery == .shared || product.delivery == .file
        let batch = try await FulfilmentError.wrap { try SealedBatch(sku: sku, capacity: lines.count, engine: self, now: now) }
        let prepared = StockImport(lines: lines, isLink: product.delivery == .file)
        var report = ImportReport(batch: "", imported: 0, refused: prepared.refused, fulfilled: 0)
        for start in stride(from: 0, to: prepared.entries.count, by: 1000) {
            let chunk = prepared.entries[start..<min(start + 1000, prepared.entries.count)]
            // Ten milliseconds of sealing between two writes: the threads stay free for others.
            let sealed = try await FulfilmentError.wrap { try chunk.enumerated().map { try batch.seal($1.text, at: start + $0) } }
            let numbers = chunk.map(\.line)
            let repeated = try await write { books in
                try books.stock.insertBatch(batch.id, sku: sku, wrapped: batch.wrapped, info: info, at: now)
                return try zip(numbers, sealed).filter { try !books.stock.insert($1, state: isShared ? .shared : .free) }.map(\.0)
            }
            report.refused += repeated.map { ImportReport.RefusedLine(line: $0, reason: .inStock) }
            report.imported += chunk.count - repeated.count
            progress?(start + chunk.count)
        }
        report.refused.sort { $0.line < $1.line }
        if report.imported > 0 { report.batch = batch.id }
        report.fulfilled = try await finish(report, sku: sku, now: now)
        return report
    }

    private func finish(_ report: ImportReport, sku: String, now: Int64) async throws(FulfilmentError) -> Int {
        guard report.imported > 0 else { return 0 }
        try await write { books in
            try books.audit.add(
                .stockImport, subject: report.batch, detail: "\(sku) \(report.imported) imported \(report.refused.count) refused",
                actor: "operator", at: now)
        }
        return try await fillOwed(sku: sku)
    }

    /// Gives owed orders of a SKU what they wait for, oldest first, a hundred a transaction.
    /// - Returns: how many are fulfilled now.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    @discardableResult
    package func fillOwed(sku: String) async throws(FulfilmentError) -> Int {
        let now = clock.now()
        var total = 0
        while true {
            let filled = try await write { books in try books.fillOwed(sku: sku, now: now, limit: 100) }
            total += filled
            if filled < 100 { return total }
        }
    }

    /// How much there is of each SKU that is for sale or in stock, by SKU.
    ///
    /// Counting walks the whole stock (about 50 ms for a million keys), so what strangers may ask gets an age.
    /// - Parameter maxAge: an answer of at most so many seconds ago will do; 0: count now.
    /// - Throws: `FulfilmentError`: `busy`, `unavailable`.
    package func levels(maxAge: Int64 = 0) async throws(FulfilmentError) -> [StockLevel] {
        let now = clock.now()
        if let known = state.knownLevels, now - known.at >= 0, now - known.at < maxAge { return known.levels }
        let catalogue = catalogue
        let levels = try await read { books in try books.levels(catalogue) }
        state.remember(levels, at: now)
        return levels
    }

    /// Withdraws what is left of a batch, named by its id or by the name it was imported under: never handed out again. What was sold stays with its buyers; an order that one is held for
    /// takes another when it is paid, or is owed one.
    /// - Returns: the batch's id, and how many keys were withdrawn.
    /// - Throws: `FulfilmentError`: `notFound`, `conflict` when several batches have the name, `busy`, `unavailable`.
    package func recall(batch: String) async throws(FulfilmentError) -> (batch: String, keys: Int) {
        let now = clock.now()
        return try await write { books in
            let batch = try books.batch(named: batch)
            let changed = try books.tx.execute(
                """
                UPDATE stock SET state = 'recalled', order_id = NULL
                WHERE shop = $1 AND batch = $2 AND state IN ('free', 'held', 'shared')
                """, [.text(shop), .text(batch)])
            try books.audit.add(.stockRecall, subject: batch, detail: "\(changed) keys", actor: "operator", at: now)
            return (batch, changed)
        }
    }

    /// Opens the keys of a SKU that were not handed out, oldest first. Audited.
    /// - Throws: `FulfilmentError`: `unknownSKU` for one that is neither in the catalogue nor in stock, `busy`, `unavailable`.
    package func exportKeys(sku: String) async throws(FulfilmentError) -> [String] {
        let now = clock.now()
        let isKnown = catalogue.variant(sku: sku) != nil
        let sealed = try await write { books in
            let keys = try books.stock.unsold(sku: sku)
            guard isKnown || !keys.isEmpty else {
                throw FulfilmentError(.unknownSKU, "no product has the SKU “\(sku)”", hint: "look for it with `keyfront stock list`")
            }
            try books.audit.add(.stockExport, subject: sku, detail: "\(keys.count) keys opened", actor: "operator", at: now)
            return keys
        }
        state.count { $0.unsealed += sealed.count }
        return try await FulfilmentError.wrap { try open(sealed) }
    }
}
