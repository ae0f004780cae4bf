internal import Catalog
internal import Cryptography
internal import Database

/// A promoter to be: everything random or sealed, made before the transaction that may need it.
struct NewPromoter: Sendable {
    var id: String
    /// The referral token: public.
    var token: String
    var link: LinkToken
    var linkSealed: [UInt8]
}

/// A promoter as stored.
struct PromoterRecord: Sendable {
    var id: String
    var buyer: [UInt8]
    var person: [UInt8]
    var address: [UInt8]
    var language: String
    var parent: String?
    var boundAt: Int64?
    var token: String
    var linkSealed: [UInt8]
    var createdAt: Int64
    var active: Bool

    static let columns = "id, buyer, person, address, language, parent, bound_at, token, link_sealed, created_at, active"

    init(_ row: Row) throws {
        var read = RowReader(row)
        id = try read.text()
        buyer = try read.blob()
        person = try read.blob()
        address = try read.blob()
        language = try read.text()
        parent = try read.optionalText()
        boundAt = try read.optionalInt()
        token = try read.text()
        linkSealed = try read.blob()
        createdAt = try read.int()
        active = try read.int() != 0
    }
}

/// The table `promoters` inside one transaction.
struct PromoterRows {
    let tx: any Transaction
    let shop: String

    func find(_ id: String) throws -> PromoterRecord? {
        try tx.first("SELECT \(PromoterRecord.columns) FROM promoters WHERE shop = $1 AND id = $2", [.text(shop), .text(id)])
            .map(PromoterRecord.init)
    }

    func find(buyer: [UInt8]) throws -> PromoterRecord? {
        try tx.first(Self.findingBuyer, [.text(shop), .blob(buyer)]).map(PromoterRecord.init)
    }

    /// The same, locked until the transaction ends.
    func lock(buyer: [UInt8]) throws -> PromoterRecord? {
        try tx.first("\(Self.findingBuyer) /*+pg FOR UPDATE*/", [.text(shop), .blob(buyer)]).map(PromoterRecord.init)
    }

    /// A promoter and everybody above, locked one after the other from below: nobody of them is bound anew meanwhile.
    func lockPath(from id: String) throws -> [String] {
        var path: [String] = []
        var next: String? = id
        while let current = next, !path.contains(current) {
            path.append(current)
            next = try tx.first(
                "SELECT parent FROM promoters WHERE shop = $1 AND id = $2 /*+pg FOR UPDATE*/", [.text(shop), .text(current)])?
                .optionalText("parent")
        }
        return path
    }

    private static let findingBuyer = "SELECT \(PromoterRecord.columns) FROM promoters WHERE shop = $1 AND buyer = $2"

    func find(linkDigest: [UInt8]) throws -> PromoterRecord? {
        try tx.first("SELECT \(PromoterRecord.columns) FROM promoters WHERE shop = $1 AND link = $2", [.text(shop), .blob(linkDigest)])
            .map(PromoterRecord.init)
    }

    /// False if the address or the id has a promoter already.
    func insert(
        _ new: NewPromoter, buyer: [UInt8], person: [UInt8], address: [UInt8], language: String, parent: String?, at: Int64
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO promoters (shop, id, buyer, person, address, language, parent, bound_at, token, link, link_sealed, created_at,
                active)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)
            ON CONFLICT DO NOTHING
            """,
            [
                .text(shop), .text(new.id), .blob(buyer), .blob(person), .blob(address), .text(language), .text(parent),
                .integer(parent == nil ? nil : at), .text(new.token), .blob(new.link.stored), .blob(new.linkSealed), .integer(at),
            ]) == 1
    }

    func bind(_ id: String, to parent: String, at: Int64) throws {
        try tx.run(
            "UPDATE promoters SET parent = $3, bound_at = $4 WHERE shop = $1 AND id = $2",
            [.text(shop), .text(id), .text(parent), .integer(at)])
    }

    /// A promoter and the two above: as many as there are levels. Nil if there is no such promoter.
    func lineage(_ id: String) throws -> Lineage? {
        guard
            let row = try tx.first(
                """
                SELECT a.id, a.person, a.active, b.id, b.person, b.active, c.id, c.person, c.active FROM promoters a
                LEFT JOIN promoters b ON b.shop = $1 AND b.id = a.parent LEFT JOIN promoters c ON c.shop = $1 AND c.id = b.parent
                WHERE a.shop = $1 AND a.id = $2
                """,
                [.text(shop), .text(id)])
        else { return nil }
        var read = RowReader(row)
        var members: [Lineage.Member] = []
        for _ in 0..<3 {
            guard let member = try read.optionalText() else { break }
            members.append(Lineage.Member(id: member, person: try read.blob(), active: try read.int() != 0))
        }
        return Lineage(members: members)
    }

    /// Everybody above a promoter, nearest first.
    func ancestors(of id: String) throws -> [String] {
        try tx.query(
            """
            WITH RECURSIVE above (id, depth) AS (
                SELECT parent, 1 FROM promoters WHERE shop = $1 AND id = $2
                UNION ALL
                SELECT p.parent, a.depth + 1 FROM above a JOIN promoters p ON p.shop = $1 AND p.id = a.id WHERE a.depth < 1000000)
            SELECT id FROM above WHERE id IS NOT NULL ORDER BY depth
            """,
            [.text(shop), .text(id)]
        ).map { try $0.text("id") }
    }
}

/// A promoter and who stands above, nearest first, three at most.
struct Lineage: Sendable {
    struct Member: Sendable {
        var id: String
        var person: [UInt8]
        var active: Bool
    }

    var members: [Member]
}
