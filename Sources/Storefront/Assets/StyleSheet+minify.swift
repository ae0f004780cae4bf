/// A style sheet without what browsers skip.
extension StyleSheet {
    /// The sheet without comments and without the white space that means nothing.
    ///
    /// By the tokens of CSS Syntax Level 3 (4.3): strings, escapes and unquoted addresses are copied as they
    /// are, and white space goes only beside `{ } ; ,`, after `:` and `(`, before `)` and at the ends. So it stays where it
    /// combines selectors (`a :hover`, `.a .b`), parts values (`1px solid`) or surrounds the signs of `calc()`.
    /// A last `;` before `}` goes as well. Comments that begin with `/*!` are licences and stay.
    static func minified(_ css: [UInt8]) -> [UInt8] {
        var minifier = Minifier(css: css)
        return minifier.run()
    }

    private struct Minifier {
        let css: [UInt8]
        var out: [UInt8] = []
        var at = 0
        /// Whether white space was skipped since the last byte written.
        var isSpaced = false

        mutating func run() -> [UInt8] {
            out.reserveCapacity(css.count)
            while at < css.count {
                let byte = css[at]
                switch byte {
                case UInt8(ascii: "/") where starts("/*"): comment()
                case UInt8(ascii: "\""), UInt8(ascii: "'"): copy(to: min(StyleSheet.endOfString(css, at) + 1, css.count))
                case UInt8(ascii: "\\"): copy(to: endOfEscape())
                case UInt8(ascii: "u"), UInt8(ascii: "U"):
                    copy(to: isAddress() ? endOfAddress() : at + 1)
                case _ where StyleSheet.isSpace(byte):
                    isSpaced = true
                    at += 1
                case UInt8(ascii: "}"):
                    while out.last == UInt8(ascii: ";") { out.removeLast() }
                    copy(to: at + 1)
                default: copy(to: at + 1)
                }
            }
            return out
        }

        /// Appends the bytes up to `end`, with a space before them where one is needed.
        private mutating func copy(to end: Int) {
            if isSpaced, let last = out.last, !Self.opens(last), !Self.closes(css[at]) { out.append(0x20) }
            isSpaced = false
            out += css[at..<end]
            at = end
        }

        /// White space after such a byte means nothing.
        private static func opens(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "("): true
            default: false
            }
        }

        /// White space before such a byte means nothing.
        private static func closes(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: ")"): true
            default: false
            }
        }

        /// Skips a comment; between two names it parts them, so an empty one stays there.
        private mutating func comment() {
            var end = at + 2
            while end < css.count, !(css[end] == UInt8(ascii: "*") && end + 1 < css.count && css[end + 1] == UInt8(ascii: "/")) { end += 1 }
            end = min(end + 2, css.count)
            if at + 2 < end, css[at + 2] == UInt8(ascii: "!") { return copy(to: end) }
            at = end
            if !isSpaced, let last = out.last, end < css.count, !Self.opens(last), !Self.closes(css[end]), !StyleSheet.isSpace(css[end]) {
                out += Array("/**/".utf8)
            }
        }

        /// Behind a backslash: up to six hexadecimal digits and the white space that ends them, or one character.
        private func endOfEscape() -> Int {
            var end = at + 1
            while end < css.count, end < at + 7, Self.isHex(css[end]) { end += 1 }
            if end == at + 1 { return min(end + 1, css.count) }
            return end < css.count && StyleSheet.isSpace(css[end]) ? end + 1 : end
        }

        private func isAddress() -> Bool {
            starts("url(") && (at == 0 || !StyleSheet.isName(css[at - 1]))
        }

        private func endOfAddress() -> Int {
            var end = at + 4
            while end < css.count, StyleSheet.isSpace(css[end]) { end += 1 }
            if end < css.count, css[end] == UInt8(ascii: "\"") || css[end] == UInt8(ascii: "'") {
                end = StyleSheet.endOfString(css, end) + 1
            }
            while end < css.count, css[end] != UInt8(ascii: ")") { end += css[end] == UInt8(ascii: "\\") ? 2 : 1 }
            return min(end + 1, css.count)
        }

        private func starts(_ text: StaticString) -> Bool { StyleSheet.next(css, at, is: text) }

        private static func isHex(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
            default: false
            }
        }
    }
}
