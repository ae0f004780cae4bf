import Payments

/// One change of an authentic notice. The first group changes bytes and knows nothing of what they mean; the second takes the notice apart.
enum Mutation: String, CaseIterable, Sendable {
    case flip, replace, insert, delete, exchange, cut, extend, double
    case dropHeader, doubleHeader, exchangeHeaders, renameHeader, foreignHeader, graftHeaders, graftBody, moveBody, otherPath
    case dropField, doubleField, exchangeFields, mergeFields, renameField, addField, otherCase, otherAmount, otherOrder, unusualText

    /// The notice with the change made; nil when there is nothing to change that way, or nothing changed.
    func applied(to subject: Authentic, among all: [Authentic], _ random: inout Seeded) -> RawNotice? {
        var draft = Draft(subject.notice)
        switch self {
        case .flip, .replace, .insert, .delete, .exchange, .cut, .extend, .double:
            draft.edit(&random) { bytes, random in change(&bytes, &random) }
        case .dropHeader, .doubleHeader, .exchangeHeaders, .renameHeader, .foreignHeader:
            changeHeaders(&draft.headers, &random)
        case .graftHeaders, .graftBody:
            guard let other = all.filter({ $0.scheme == subject.scheme && $0.name != subject.name }).randomElement(using: &random) else {
                return nil
            }
            graft(Draft(other.notice), onto: &draft, separator: subject.scheme.separator, &random)
            // With its signature among its fields, a notice that became another one whole is that one.
            if subject.scheme.separator != nil, draft.content == Draft(other.notice).content { return nil }
        case .moveBody: draft.moved = true
        case .otherPath: draft.path += "/" + String(UInt8.random(in: 0...255, using: &random))
        case .otherCase, .otherAmount, .otherOrder, .unusualText: changeText(&draft.content, &random)
        case .mergeFields where subject.scheme.isToken: mergeMembers(&draft.content, &random)
        default: changeFields(&draft.content, separator: subject.scheme.separator ?? 0x2C, &random)
        }
        let mutated = draft.notice
        return mutated.isSame(as: subject.notice) ? nil : mutated
    }

    /// Puts what another authentic notice has in its place: all headers, the body; where the
    /// signature is among the content, some of its fields, its end with the signature.
    private func graft(_ other: Draft, onto draft: inout Draft, separator: UInt8?, _ random: inout Seeded) {
        guard let separator else {
            if self == .graftHeaders { draft.headers = other.headers } else { draft.content = other.content }
            return
        }
        var fields = draft.content.split(separator: separator)
        let others = other.content.split(separator: separator)
        let start = Int.random(in: 0..<min(fields.count, others.count), using: &random)
        let count = self == .graftBody ? 1 : min(2, others.count)
        fields.replaceSubrange(start..<min(start + count, fields.count), with: others[start...].prefix(count))
        if self == .graftHeaders { fields.replaceSubrange((fields.count - 2)..., with: others.suffix(2)) }
        draft.content = Array(fields.joined(separator: [separator]))
    }

    private func change(_ bytes: inout [UInt8], _ random: inout Seeded) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let other = Int.random(in: 0..<bytes.count, using: &random)
        switch self {
        case .flip: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case .replace: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case .insert: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case .delete: bytes.remove(at: place)
        case .exchange: bytes.swapAt(place, other)
        case .cut: bytes.removeSubrange(min(place, other)...max(place, other))
        case .extend: bytes += bytes.prefix(place + 1)
        default: bytes.insert(contentsOf: bytes[min(place, other)...max(place, other)], at: place)
        }
    }

    private func changeHeaders(_ headers: inout [(name: String, value: String)], _ random: inout Seeded) {
        if self == .foreignHeader {
            headers.insert(("X-Forwarded-For", "192.0.2.1"), at: Int.random(in: 0...headers.count, using: &random))
            return
        }
        guard !headers.isEmpty else { return }
        let place = Int.random(in: 0..<headers.count, using: &random)
        let other = Int.random(in: 0..<headers.count, using: &random)
        switch self {
        case .dropHeader: headers.remove(at: place)
        case .doubleHeader: headers.insert((headers[place].name, headers[other].value), at: other)
        case .exchangeHeaders: (headers[place].value, headers[other].value) = (headers[other].value, headers[place].value)
        default: headers[place].name += "\u{301}"
        }
    }

    private func changeFields(_ content: inout [UInt8], separator: UInt8, _ random: inout Seeded) {
        var fields = content.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
        guard fields.count > 1 else { return }
        let place = Int.random(in: 0..<fields.count, using: &random)
        let other = Int.random(in: 0..<fields.count, using: &random)
        switch self {
        case .dropField: fields.remove(at: place)
        case .doubleField: fields.insert(fields[place], at: other)
        case .exchangeFields: fields.swapAt(place, other)
        case .mergeFields where place != other:
            fields[place] += separator == 0x26 ? Array("%26".utf8) + Self.escapingBorder(fields[other]) : fields[other]
            fields.remove(at: other)
        case .renameField: fields[place].insert(0x78, at: Int.random(in: 0...min(2, fields[place].count), using: &random))
        default: fields.insert(Array("extra\(place)=".utf8), at: other)
        }
        content = Array(fields.joined(separator: [separator]))
    }

    private func changeText(_ content: inout [UInt8], _ random: inout Seeded) {
        let text = String(decoding: content, as: UTF8.self)
        switch self {
        case .otherCase:
            let letters = content.indices.filter { (0x41...0x5A).contains(content[$0] & 0xDF) }
            if let place = letters.randomElement(using: &random) { content[place] ^= 0x20 }
        case .otherAmount:
            let digits = content.indices.filter { (0x30...0x39).contains(content[$0]) }
            guard let place = digits.randomElement(using: &random) else { return }
            content.replaceSubrange(
                place...place,
                with: Array(["0", "9", "00", "-1", "1e2", "1.0", "%EF%BC%91"].randomElement(using: &random)?.utf8 ?? "".utf8))
        case .otherOrder:
            let order = "KF_TEST_\(Int.random(in: 2...99, using: &random))"
            content = Array(text.replacing("KF_TEST_01", with: order).replacing("KF%5FTEST%5F01", with: order).utf8)
        default:
            let place = Int.random(in: 0...content.count, using: &random)
            let odd = ["\u{0}", "\u{301}", "\u{FEFF}", "\u{212A}", "%00", "%2", "[]", "\\u0000", "\r\n", "%CC%81"].randomElement(
                using: &random)
            content.insert(contentsOf: Array((odd ?? "").utf8), at: place)
        }
    }

    /// One member of an object goes into the text of another one, as both would stand in the signed text.
    private func mergeMembers(_ content: inout [UInt8], _ random: inout Seeded) {
        let text = String(decoding: content, as: UTF8.self)
        var members = text.dropFirst().dropLast().split(separator: ",\"").map { $0.hasPrefix("\"") ? String($0) : "\"" + $0 }
        members.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard members.count > 1 else { return }
        let place = Int.random(in: 1..<members.count, using: &random)
        let inside = members.remove(at: place).replacing("\"", with: "").replacing(":", with: "=", maxReplacements: 1)
        let into = members[place - 1]
        members[place - 1] =
            (into.hasSuffix("\"") ? String(into.dropLast()) : into.replacing(":", with: ":\"", maxReplacements: 1)) + "&\(inside)\""
        content = Array("{\(members.joined(separator: ","))}".utf8)
    }

    private static func escapingBorder(_ field: [UInt8]) -> [UInt8] {
        guard let border = field.firstIndex(of: 0x3D) else { return field }
        return field[..<border] + Array("%3D".utf8) + field[(border + 1)...]
    }
}
