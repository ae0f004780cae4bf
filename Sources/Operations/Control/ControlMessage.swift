internal import Foundation

/// What goes over the control socket, a line of JSON each: the client sends a `Command`, the daemon answers with
/// any number of `progress` and then `answer` or `refusal`.
enum ControlReply: Sendable, Codable {
    case progress(Int)
    case answer(Answer)
    case refusal(OperationError)
}

/// Lines of JSON.
enum ControlLine {
    /// The longest line: an import of a million short keys fits.
    static let limit = 256 << 20

    static func encode(_ value: some Encodable) throws(OperationError) -> [UInt8] {
        do {
            return Array(try JSONEncoder().encode(value)) + [0x0A]
        } catch {
            throw OperationError(.control, "a message for the control socket could not be written")
        }
    }

    /// The error says nothing of the line: it may hold keys.
    static func decode<T: Decodable>(_ type: T.Type, _ line: [UInt8]) throws(OperationError) -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(line))
        } catch {
            throw OperationError(
                .control, "the message is of another version", hint: "run the same version of keyfront and keyfront-webhook")
        }
    }
}
