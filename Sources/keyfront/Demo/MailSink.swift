import Foundation
import Synchronization

/// The mails a sink has received, oldest first.
final class MailBox: Sendable {
    private let mails = Mutex<[ReceivedMail]>([])

    /// All mails so far.
    var all: [ReceivedMail] { mails.withLock { $0 } }

    func append(_ mail: ReceivedMail) {
        mails.withLock { $0.append(mail) }
    }

    /// The mails to one address, oldest first.
    func mails(to address: String) -> [ReceivedMail] {
        all.filter { $0.recipient == address }
    }
}

/// A mail server that keeps what it receives: the demo's stand-in for the merchant's own (RFC 5321, the minimum of its §4.5.1).
struct MailSink: Sendable {
    /// What has been received.
    let box = MailBox()
    private let listener: LoopbackListener
    /// A message above this size in bytes is refused.
    private static let largest = 4 * 1024 * 1024

    /// The port of the SMTP conversation on 127.0.0.1.
    var port: Int { listener.port }

    /// Listens at `port` (0: any free one).
    init(port: Int) throws(DemoError) {
        let box = box
        listener = try LoopbackListener(port: port, name: "mail server") { Self.converse($0, into: box) }
    }

    private static func converse(_ connection: LoopbackConnection, into box: MailBox) {
        var recipients: [String] = []
        connection.send("220 demo.invalid ESMTP\r\n")
        while let line = connection.readLine() {
            let command = String(decoding: line, as: UTF8.self)
            switch command.split(separator: " ").first?.uppercased() {
            case "EHLO", "HELO":
                connection.send("250 demo.invalid\r\n")
            case "MAIL", "RSET":
                recipients = []
                connection.send("250 OK\r\n")
            case "RCPT":
                recipients.append(address(in: command))
                connection.send("250 OK\r\n")
            case "DATA" where recipients.isEmpty:
                connection.send("503 RCPT first\r\n")
            case "DATA":
                connection.send("354 End with a line of one dot\r\n")
                guard let data = readData(connection) else { return }
                guard data.count <= largest else {
                    connection.send("552 Too large\r\n")
                    continue
                }
                for recipient in recipients { box.append(ReceivedMail(recipient: recipient, data: data)) }
                connection.send("250 Kept\r\n")
            case "NOOP":
                connection.send("250 OK\r\n")
            case "QUIT":
                connection.send("221 Bye\r\n")
                return
            default:
                connection.send("502 Not implemented\r\n")
            }
        }
    }

    /// The message's bytes with LF line ends and dots unstuffed; nil when the sender went away in the middle.
    private static func readData(_ connection: LoopbackConnection) -> [UInt8]? {
        var data: [UInt8] = []
        while let line = connection.readLine() {
            if line == [UInt8(ascii: ".")] { return data }
            guard data.count <= largest else { continue }
            data.append(contentsOf: line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...])
            data.append(UInt8(ascii: "\n"))
        }
        return nil
    }

    private static func address(in command: String) -> String {
        guard let start = command.firstIndex(of: "<"), let end = command[start...].firstIndex(of: ">") else { return "" }
        return String(command[command.index(after: start)..<end])
    }
}
