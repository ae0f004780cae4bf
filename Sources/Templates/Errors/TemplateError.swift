/// One mistake in a template, a string, or the data it is given, at the place where somebody wrote it.
package struct TemplateError: Error, Sendable {
    /// What kind of mistake it is; stable, for programs.
    package enum Code: String, Sendable {
        /// A tag, a section, a block or a parent that never ends.
        case unclosed
        /// A closing tag that closes nothing, or something else.
        case mismatched
        case badDelimiters = "bad_delimiters"
        case badName = "bad_name"
        /// Sections nested deeper than 64.
        case tooDeep = "too_deep"
        case missingPartial = "missing_partial"
        /// Partials that include each other without end, or deeper than 128.
        case recursion
        /// A name that neither the model nor the data has.
        case unknownName = "unknown_name"
        /// `{{t.key}}` without such a string.
        case unknownString = "unknown_string"
        /// A list or a record where a text is to be written.
        case notText = "not_text"
        case unknownTemplate = "unknown_template"
        /// Data that is not JSON by RFC 8259.
        case badData = "bad_data"
    }

    package let code: Code
    /// One sentence, no full stop.
    package let message: String
    /// The file as the merchant knows it.
    package let path: String
    /// Counted from 1; 0 where no line is meant.
    package let line: Int
    /// In Unicode scalars, counted from 1; 0 where no line is meant.
    package let column: Int
    /// What to do about it.
    package let hint: String?
    /// The line as written, without its end.
    package let sourceLine: String?

    package init(
        code: Code, message: String, path: String, line: Int = 0, column: Int = 0, hint: String? = nil, sourceLine: String? = nil
    ) {
        self.code = code
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint
        self.sourceLine = sourceLine
    }
}

extension TemplateError: CustomStringConvertible {
    /// `path:line:column: error: message`, then the line, a caret beneath the place, and the hint.
    package var description: String {
        var text = line > 0 ? "\(path):\(line):\(column): error: \(message)" : "\(path): error: \(message)"
        if let sourceLine {
            text += "\n  \(sourceLine)\n  \(caretMargin(sourceLine))^"
        }
        if let hint {
            text += "\n  hint: \(hint)"
        }
        return text
    }

    /// White space as wide as what stands before the column: tabs stay tabs, wide characters take two.
    private func caretMargin(_ sourceLine: String) -> String {
        var margin = ""
        for scalar in sourceLine.unicodeScalars.prefix(max(0, column - 1)) {
            switch scalar.value {
            case 0x09: margin += "\t"
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
                margin += "  "
            default: margin += " "
            }
        }
        return margin
    }
}
