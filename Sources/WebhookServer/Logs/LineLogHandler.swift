package import Logging

/// Writes one line an event: plain text for people, or a JSON object for machines.
///
/// What is logged is chosen where it is logged: order ids, accounts, codes and counts; never a key, a token, an address, a secret, a
/// body or a path. Line ends and control characters are escaped, so nothing that was sent can forge a line.
package struct LineLogHandler: LogHandler {
    package enum Form: String, Sendable {
        case text, json
    }

    package var logLevel: Logger.Level = .info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let form: Form
    private let now: @Sendable () -> Int64
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameters:
    ///   - now: unix seconds.
    ///   - write: takes one line with its end; it must not block.
    package init(form: Form, now: @escaping @Sendable () -> Int64, write: @escaping @Sendable ([UInt8]) -> Void) {
        self.form = form
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var fields: [(String, String)] = []
        let own = event.metadata ?? [:]
        for key in Set(metadata.keys).union(own.keys).sorted() {
            if let value = own[key] ?? metadata[key] { fields.append((key, "\(value)")) }
        }
        write(Array(line(level: event.level, message: "\(event.message)", fields: fields).utf8) + [0x0A])
    }

    private func line(level: Logger.Level, message: String, fields: [(String, String)]) -> String {
        let time = Moment.stamp(now())
        switch form {
        case .text:
            let tail = fields.map { " \($0.0)=\(Self.word($0.1))" }.joined()
            return "\(time) \(level.rawValue) \(Self.escaped(message, quote: false))\(tail)"
        case .json:
            let all = [("time", time), ("level", level.rawValue), ("message", message)] + fields
            return "{" + all.map { "\"\(Self.escaped($0.0, quote: true))\":\"\(Self.escaped($0.1, quote: true))\"" }.joined(separator: ",")
                + "}"
        }
    }

    private static func word(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
        return isPlain ? text : "\"\(escaped(text, quote: true))\""
    }

    private static func escaped(_ text: String, quote: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"" where quote: result += "\\\""
            case "\\" where quote: result += "\\\\"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar == "\u{2028}" || scalar == "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
