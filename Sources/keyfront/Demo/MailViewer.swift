import Foundation

/// Shows the sink's mails in a browser: a list, and each mail's HTML in a frame that runs nothing.
struct MailViewer: Sendable {
    private let listener: LoopbackListener

    /// Where the list is.
    var url: String { "http://127.0.0.1:\(listener.port)/" }

    /// Listens at `port` (0: any free one) and shows what is in `box`.
    init(port: Int, box: MailBox) throws(DemoError) {
        listener = try LoopbackListener(port: port, name: "mail viewer") { connection in
            guard let request = connection.readLine() else { return }
            while let header = connection.readLine(), !header.isEmpty {}
            let words = String(decoding: request, as: UTF8.self).split(separator: " ")
            let path = words.count > 1 ? String(words[1]) : "/"
            connection.send(Self.answer(path, mails: box.all))
        }
    }

    private static func answer(_ path: String, mails: [ReceivedMail]) -> String {
        let number = path.split(separator: "/").last.flatMap { Int($0) }
        if path.hasPrefix("/mails/"), let number, mails.indices.contains(number) {
            return response(mails[number].html)
        }
        guard path == "/" else { return response("<!doctype html><title>Not here</title><p>No such mail.", status: "404 Not Found") }
        let rows = mails.enumerated().reversed().map { number, mail in
            """
            <article><h2>\(escaped(mail.subject))</h2><p>to \(escaped(mail.recipient))</p>
            <iframe sandbox src="/mails/\(number)" title="\(escaped(mail.subject))"></iframe>
            <details><summary>text part</summary><pre>\(escaped(mail.text))</pre></details></article>
            """
        }
        return response(
            """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Mails (\(mails.count))</title><meta http-equiv="refresh" content="5">
            <style>body{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}iframe{width:100%;height:34rem;border:1px solid #ccc}
            pre{white-space:pre-wrap}</style><h1>Mails received: \(mails.count)</h1>\(rows.joined())</html>
            """)
    }

    private static func response(_ body: String, status: String = "200 OK") -> String {
        """
        HTTP/1.1 \(status)\r
        Content-Type: text/html; charset=utf-8\r
        Content-Length: \(body.utf8.count)\r
        Cache-Control: no-store\r
        Connection: close\r
        \r
        \(body)
        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: "\"", with: "&quot;")
    }
}
