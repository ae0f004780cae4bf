import Synchronization
import Transport

/// A gateway's interface in a test: records what was sent, answers what the test says, the last answer again and again.
final class Interface: Sendable {
    private let sent = Mutex<[HTTPRequest]>([])
    private let answers: [(status: Int, body: [UInt8])]

    init(_ answers: [(Int, [UInt8])]) {
        self.answers = answers.map { (status: $0.0, body: $0.1) }
    }

    convenience init(_ status: Int, _ answer: String) {
        self.init([(status, Array(answer.utf8))])
    }

    var client: HTTPClient {
        HTTPClient { request throws(TransportError) in
            let number = self.sent.withLock { requests in
                requests.append(request)
                return requests.count
            }
            let answer = self.answers[min(number, self.answers.count) - 1]
            return HTTPResponse(status: answer.status, body: answer.body)
        }
    }

    var requests: [HTTPRequest] { sent.withLock(\.self) }
    var request: HTTPRequest? { requests.first }
}
