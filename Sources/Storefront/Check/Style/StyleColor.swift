import Glibc

/// A colour of a style sheet that lets nothing shine through.
struct StyleColor: Sendable, Equatable {
    /// 0…255 each.
    var red: Double
    var green: Double
    var blue: Double

    /// Reads `#rgb`, `#rrggbb`, `rgb(…)` and the names that style sheets use most (CSS Color 4).
    ///
    /// - Returns: nil for anything else, and for colours that are not opaque.
    init?(_ text: String) {
        let text = text.trimmed.lowercased()
        if let named = Self.named[text] {
            self = named
        } else if text.hasPrefix("#") {
            let digits = text.dropFirst().compactMap(\.hexDigitValue).map(Double.init)
            guard digits.count == text.count - 1 else { return nil }
            switch digits.count {
            case 3: self.init(digits[0] * 17, digits[1] * 17, digits[2] * 17)
            case 4 where digits[3] == 15: self.init(digits[0] * 17, digits[1] * 17, digits[2] * 17)
            case 6, 8:
                if digits.count == 8, digits[6] * 16 + digits[7] != 255 { return nil }
                self.init(digits[0] * 16 + digits[1], digits[2] * 16 + digits[3], digits[4] * 16 + digits[5])
            default: return nil
            }
        } else if text.hasPrefix("rgb"), let open = text.firstIndex(of: "("), text.hasSuffix(")") {
            let parts = text[text.index(after: open)...].dropLast().split { $0 == "," || $0 == " " || $0 == "/" }
            let numbers = parts.prefix(3).compactMap { part in
                part.hasSuffix("%") ? Double(part.dropLast()).map { $0 * 2.55 } : Double(part)
            }
            guard numbers.count == 3, parts.count == 3 || parts.count == 4 && (parts[3] == "1" || parts[3] == "100%") else { return nil }
            self.init(numbers[0], numbers[1], numbers[2])
        } else {
            return nil
        }
    }

    private init(_ red: Double, _ green: Double, _ blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// How far two colours are apart, 1…21 (WCAG 2.2, “contrast ratio”).
    static func contrast(_ one: StyleColor, _ other: StyleColor) -> Double {
        let (a, b) = (one.luminance, other.luminance)
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    /// Relative luminance, 0…1 (WCAG 2.2).
    private var luminance: Double {
        func linear(_ value: Double) -> Double {
            let part = value / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    private static let named: [String: StyleColor] = [
        "white": StyleColor(255, 255, 255), "black": StyleColor(0, 0, 0), "red": StyleColor(255, 0, 0), "green": StyleColor(0, 128, 0),
        "blue": StyleColor(0, 0, 255), "yellow": StyleColor(255, 255, 0), "gray": StyleColor(128, 128, 128),
        "grey": StyleColor(128, 128, 128),
        "silver": StyleColor(192, 192, 192), "maroon": StyleColor(128, 0, 0), "navy": StyleColor(0, 0, 128),
        "teal": StyleColor(0, 128, 128),
        "orange": StyleColor(255, 165, 0), "purple": StyleColor(128, 0, 128), "olive": StyleColor(128, 128, 0),
    ]
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }
}
