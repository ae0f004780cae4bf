import CCmark
import Glibc

/// A text prepared for libcmark: an escaped tilde is marked so that it is not taken for strikethrough.
struct MarkdownSource {
    /// As long as the original, line by line.
    let bytes: [UInt8]
    /// Where the text begins in its file, in bytes.
    let origin: Int
    /// Whether ``escapedTilde`` stands in it.
    let hidesTildes: Bool
    /// Whether something may be struck: `~~` stands in it.
    let mayStrike: Bool
    /// Whether a row of a table's dashes may stand in it: `|`, `:-` or `-:`.
    let mayHoldTables: Bool
    private let lines: SourceText

    /// U+0091, a control character that no text uses; two bytes, like the `\~` it stands for.
    static let escapedTilde: [UInt8] = [0xC2, 0x91]

    init(_ original: ArraySlice<UInt8>, context: MarkdownContext) {
        let traits = original.withUnsafeBytes { Traits($0) }
        var bytes = Array(original)
        if traits.mayHideTildes { Self.hideTildes(in: &bytes) }
        self.bytes = bytes
        origin = original.startIndex
        hidesTildes = traits.mayHideTildes
        mayStrike = traits.mayStrike
        mayHoldTables = traits.mayHoldTables
        lines = SourceText(path: context.report.source.path, bytes: bytes)
    }

    /// What a text can hold, from a few searches for single bytes.
    private struct Traits {
        let mayHideTildes: Bool
        let mayStrike: Bool
        let mayHoldTables: Bool

        init(_ text: UnsafeRawBufferPointer) {
            func find(_ byte: UInt8, where matches: (_ before: UInt8, _ after: UInt8) -> Bool = { _, _ in true }) -> Bool {
                guard let base = text.baseAddress else { return false }
                var index = 0
                while index < text.count, let found = memchr(base + index, Int32(byte), text.count - index) {
                    let place = UnsafeRawPointer(found) - base
                    if matches(place > 0 ? text[place - 1] : 0, place + 1 < text.count ? text[place + 1] : 0) { return true }
                    index = place + 1
                }
                return false
            }
            let tilde = UInt8(ascii: "~")
            let hasTilde = find(tilde)
            mayStrike = hasTilde && find(tilde) { $1 == tilde }
            mayHideTildes = hasTilde && find(tilde) { before, _ in before == UInt8(ascii: "\\") } || find(0xC2) { $1 == 0x91 }
            mayHoldTables = find(UInt8(ascii: "|")) || find(UInt8(ascii: ":")) { $0 == UInt8(ascii: "-") || $1 == UInt8(ascii: "-") }
        }
    }

    private static func hideTildes(in bytes: inout [UInt8]) {
        var index = 0
        while index + 1 < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                if bytes[index + 1] == UInt8(ascii: "~") {
                    bytes[index] = escapedTilde[0]
                    bytes[index + 1] = escapedTilde[1]
                }
                index += 2
            } else {
                // The author's own U+0091, invisible at best, becomes U+0090.
                if bytes[index] == 0xC2, bytes[index + 1] == 0x91 { bytes[index + 1] = 0x90 }
                index += 1
            }
        }
    }

    /// Lines that define link targets (`[name]: target`), for the cells of tables, which are parsed alone.
    func definitions() -> [UInt8] {
        var definitions: [UInt8] = []
        for number in 1...lines.lineCount {
            guard let line = lines.content(number), let first = line.first(where: { $0 != 0x20 }), first == UInt8(ascii: "[") else {
                continue
            }
            if let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex, line[colon - 1] == UInt8(ascii: "]") {
                definitions += line
                definitions.append(0x0A)
            }
        }
        return definitions
    }

    /// Line `number` (from 1) without its end.
    func line(_ number: Int) -> ArraySlice<UInt8>? { lines.content(number) }

    /// The tree of `text`, gone afterwards.
    func withTree(_ text: ArraySlice<UInt8>, _ body: (OpaquePointer) -> Void) {
        MarkdownArena.scope {
            guard let parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, MarkdownArena.memory) else { return }
            text.withUnsafeBytes { cmark_parser_feed(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count) }
            if let root = cmark_parser_finish(parser) { body(root) }
        }
    }
}
