import Catalog

/// Whether text can be read on its background, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11).
///
/// A style sheet alone does not say which text stands on which background, so only what it does say is judged:
/// rules that set both `color` and a background, `body`'s colour on its background, and the pairs a comment declares:
/// ```css
/// /* contrast: --ink --soft on --paper --sheet; 3: --edge on --sheet */
/// ```
/// A number before the pairs is the ratio they need; 4.5 when there is none. Values that are not opaque colours, or that
/// cannot be told (`color-mix`, `inherit`), are left out. What a browser shows is the browser tests' business.
struct ContrastRule {
    private let css: [UInt8]
    private let path: String
    private let rules: StyleRules
    /// Custom properties of `:root` in the light and the dark scheme.
    private var properties: [Scheme: [String: String]] = [:]

    private enum Scheme: String, CaseIterable { case light, dark }

    private static let enough = 4.5
    private static let enoughForLarge = 3.0

    /// - Parameter path: as diagnostics name the sheet.
    static func findings(_ css: [UInt8], path: String) -> [CheckFinding] {
        let rule = ContrastRule(css, path)
        return CheckFinding.merged(rule.sheet() + rule.declared())
    }

    private init(_ css: [UInt8], _ path: String) {
        self.css = css
        self.path = path
        rules = StyleRules(css)
        for scheme in Scheme.allCases {
            var known: [String: String] = [:]
            for rule in rules.rules where rule.selectors.contains(where: { $0 == ":root" || $0 == "html" }) && Self.applies(rule, scheme) {
                for declaration in rule.declarations where declaration.name.hasPrefix("--") { known[declaration.name] = declaration.value }
            }
            properties[scheme] = known
        }
    }

    /// Whether a rule counts on a screen with this scheme. Other conditions (widths, features) may hold, so they do.
    private static func applies(_ rule: StyleRules.Rule, _ scheme: Scheme) -> Bool {
        rule.conditions.allSatisfy { condition in
            let words = condition.filter { !$0.isWhitespace }.lowercased()
            if words.contains("forced-colors") || words.hasPrefix("@mediaprint") || words.hasPrefix("@keyframes")
                || words.contains("-keyframes")
            {
                return false
            }
            if words.contains("prefers-color-scheme:dark") { return scheme == .dark }
            if words.contains("prefers-color-scheme:light") { return scheme == .light }
            return true
        }
    }

    // MARK: Pairs

    /// Rules that set both colours.
    private func sheet() -> [CheckFinding] {
        var findings: [CheckFinding] = []
        for rule in rules.rules {
            guard let front = rule.declarations.last(where: { $0.name == "color" }),
                let back = rule.declarations.last(where: { $0.name == "background-color" || $0.name == "background" })
            else { continue }
            var own: [String: String] = [:]
            for declaration in rule.declarations where declaration.name.hasPrefix("--") { own[declaration.name] = declaration.value }
            let schemes = Scheme.allCases.filter { Self.applies(rule, $0) }
            let what = "“\(rule.selectors.joined(separator: ", "))”: \(front.value) on \(back.value)"
            let needed = isLarge(rule) ? Self.enoughForLarge : Self.enough
            findings += judged(front.value, back.value, schemes, own, needed, what, at: front.offset)
        }
        return findings
    }

    /// Pairs that comments declare.
    private func declared() -> [CheckFinding] {
        var findings: [CheckFinding] = []
        for comment in rules.comments {
            guard let start = comment.text.firstRange(of: "contrast:") else { continue }
            let offset = comment.offset + 2 + comment.text[..<start.lowerBound].utf8.count
            for part in comment.text[start.upperBound...].split(separator: ";") {
                var words = part.split(whereSeparator: \.isWhitespace).map(String.init)
                var needed = Self.enough
                if let first = words.first, first.hasSuffix(":"), let ratio = Double(first.dropLast()) {
                    needed = ratio
                    words.removeFirst()
                }
                guard let on = words.firstIndex(of: "on") else { continue }
                for front in words[..<on] {
                    for back in words[(on + 1)...] {
                        if Scheme.allCases.contains(where: { color(name(front), $0, [:]) == nil || color(name(back), $0, [:]) == nil }) {
                            findings.append(unknown(front, back, at: offset))
                        }
                        findings += judged(name(front), name(back), Scheme.allCases, [:], needed, "\(front) on \(back)", at: offset)
                    }
                }
            }
        }
        return findings
    }

    private func name(_ word: String) -> String { word.hasPrefix("--") ? "var(\(word))" : word }

    private func isLarge(_ rule: StyleRules.Rule) -> Bool {
        guard let size = rule.declarations.last(where: { $0.name == "font-size" })?.value else { return false }
        if size.hasSuffix("rem") { return Double(size.dropLast(3)).map { $0 >= 1.5 } ?? false }
        if size.hasSuffix("px") { return Double(size.dropLast(2)).map { $0 >= 24 } ?? false }
        return false
    }

    private func color(_ value: String, _ scheme: Scheme, _ own: [String: String], depth: Int = 0) -> StyleColor? {
        guard depth < 16 else { return nil }
        let value = value.trimmed
        if value.hasPrefix("light-dark("), value.hasSuffix(")") {
            let parts = value.dropFirst(11).dropLast().split(separator: ",", maxSplits: 1)
            return parts.count == 2 ? color(String(parts[scheme == .light ? 0 : 1]), scheme, own, depth: depth + 1) : nil
        }
        guard value.hasPrefix("var("), value.hasSuffix(")") else { return StyleColor(value) }
        let parts = value.dropFirst(4).dropLast().split(separator: ",", maxSplits: 1)
        guard let name = parts.first.map({ String($0).trimmed }) else { return nil }
        if let set = own[name] ?? properties[scheme]?[name] { return color(set, scheme, own, depth: depth + 1) }
        return parts.count == 2 ? color(String(parts[1]), scheme, own, depth: depth + 1) : nil
    }

    // MARK: Findings

    /// What is wrong with a pair of values; told once where it is the same in both schemes.
    private func judged(
        _ front: String, _ back: String, _ schemes: [Scheme], _ own: [String: String], _ needed: Double, _ what: String, at offset: Int
    ) -> [CheckFinding] {
        var low: [(mode: String, ratio: Double)] = []
        for scheme in schemes {
            guard let one = color(front, scheme, own), let other = color(back, scheme, own) else { continue }
            let ratio = StyleColor.contrast(one, other)
            if ratio < needed { low.append((scheme.rawValue, ratio)) }
        }
        if low.count == 2, low[0].ratio == low[1].ratio { low = [("light and dark", low[0].ratio)] }
        return low.map { mode, ratio in
            // Rounded down: what is too little must not read as enough.
            let (tenths, wanted) = (Int(ratio * 10), Int(needed * 10))
            return CheckFinding(
                "style.contrast",
                diagnostic(
                    "\(what) has a contrast of \(tenths / 10).\(tenths % 10) in \(mode) mode; it needs \(wanted / 10).\(wanted % 10)",
                    hint: "make one of them darker or lighter; WCAG 2.2, 1.4.3", at: offset))
        }
    }

    private func unknown(_ front: String, _ back: String, at offset: Int) -> CheckFinding {
        CheckFinding("style.contrast", diagnostic("“\(front)” or “\(back)” is no opaque colour of :root", hint: nil, at: offset))
    }

    private func diagnostic(_ message: String, hint: String?, at offset: Int) -> Diagnostic {
        let start = css[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let end = css[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? css.count
        let line = css[..<start].count { $0 == UInt8(ascii: "\n") } + 1
        let column = String(decoding: css[start..<offset], as: UTF8.self).count + 1
        return Diagnostic(
            at: SourceLocation(path: path, line: line, column: column), message, hint: hint,
            sourceLine: String(decoding: css[start..<end], as: UTF8.self))
    }
}
