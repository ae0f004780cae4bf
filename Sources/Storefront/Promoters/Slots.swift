/// A promoter's page rendered once for all of them: the pieces between the places where they differ.
///
/// The page is rendered with texts that occur nowhere else; each place where one of them comes out is
/// a slot. So a thousand promoters cost one rendering and a thousand copies.
struct Slots: Sendable {
    private enum Piece: Sendable {
        case fixed([UInt8])
        case token
        case name
        case message
    }

    private var pieces: [Piece] = []
    private var size = 0

    /// The promoter to render a page of slots with; texts this promoter does not have stay empty, so
    /// that sections about them are left out as they should be.
    static func stand(for promoter: PromoterPage) -> PromoterPage {
        PromoterPage(token: token, name: promoter.name.isEmpty ? "" : name, message: promoter.message.isEmpty ? "" : message)
    }

    // Letters and digits alone pass unchanged through every kind of escaping.
    private static let token = "kfslottoken7d1c40b9e25f8a63"
    private static let name = "kfslotname7d1c40b9e25f8a63"
    private static let message = "kfslotmessage7d1c40b9e25f8a63"

    /// Cuts a page that was rendered with ``stand(for:)``.
    init(_ page: [UInt8]) {
        let marks: [(mark: [UInt8], piece: Piece)] = [
            (Array(Self.token.utf8), .token), (Array(Self.name.utf8), .name), (Array(Self.message.utf8), .message),
        ]
        let stem = Array("kfslot".utf8)
        var done = 0
        var at = 0
        while at + stem.count <= page.count {
            guard page[at] == stem[0], page[at..<at + stem.count].elementsEqual(stem),
                let (mark, piece) = marks.first(where: { page[at...].starts(with: $0.mark) })
            else {
                at += 1
                continue
            }
            pieces.append(.fixed(Array(page[done..<at])))
            pieces.append(piece)
            at += mark.count
            done = at
        }
        pieces.append(.fixed(Array(page[done...])))
        size = page.count
    }

    /// Appends the page of one promoter.
    func fill(_ promoter: PromoterPage, into out: inout [UInt8]) {
        out.reserveCapacity(out.count + size + promoter.message.utf8.count + 64)
        for piece in pieces {
            switch piece {
            case .fixed(let bytes): out += bytes
            case .token: out.append(contentsOf: promoter.token.utf8)
            case .name: out.append(escaped: promoter.name)
            case .message: out.append(escaped: promoter.message)
            }
        }
    }

    /// The page of one promoter.
    func filled(_ promoter: PromoterPage) -> [UInt8] {
        var out: [UInt8] = []
        fill(promoter, into: &out)
        return out
    }
}
