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
        /// Sections nested deeper than 64 in one template, or 512 while rendering.
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
        /// A partial, a parent or a block inside a string.
        case notInString = "not_in_string"
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
    /// In characters, counted from 1; 0 where no line is meant.
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
        var lines = [line > 0 ? "\(path):\(line):\(column): error: \(message)" : "\(path): error: \(message)"]
        if let sourceLine, !sourceLine.isEmpty {
            lines.append("  " + Terminal.printable(sourceLine))
            lines.append("  " + Terminal.padding(upTo: column, in: sourceLine) + "^")
        }
        if let hint { lines.append("  hint: \(hint)") }
        return lines.joined(separator: "\n")
    }
}
