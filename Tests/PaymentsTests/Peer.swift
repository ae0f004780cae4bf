import Synchronization
import Transport

/// A gateway's interface in a test: records what was sent, and answers by a rule.
final class Peer: Sendable {
    private let sent = Mutex<[HTTPRequest]>([])
    private let answer: @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse

    init(_ answer: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse) {
        self.answer = answer
    }

    var client: HTTPClient {
        HTTPClient { request throws(TransportError) in
            self.sent.withLock { $0.append(request) }
            return try self.answer(request)
        }
    }

    var requests: [HTTPRequest] { sent.withLock(\.self) }
}

extension HTTPRequest {
    /// Method and address.
    var line: String { "\(method) \(url)" }
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
