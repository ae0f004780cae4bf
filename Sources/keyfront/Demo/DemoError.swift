/// What kept the demo from running, or what the story found wrong.
struct DemoError: Error, CustomStringConvertible {
    let message: String
    let hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    var description: String { hint.map { "\(message)\n  hint: \($0)" } ?? message }
}
