/// What is sent back, whole.
struct Reply: Sendable {
    var status: Int
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// What the log and the metrics call it; never a path, which may hold a token.
    var route: String
    /// Whether the connection ends with it: the rest of the request is not worth reading.
    var closes: Bool

    init(
        status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], route: String = "", closes: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.route = route
        self.closes = closes
    }

    static func html(_ body: [UInt8], status: Int = 200, headers: [(name: String, value: String)] = []) -> Reply {
        Reply(status: status, headers: [("Content-Type", "text/html; charset=utf-8")] + headers, body: body)
    }

    static func json(_ text: String, status: Int = 200, headers: [(name: String, value: String)] = []) -> Reply {
        Reply(status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(text.utf8) + [0x0A])
    }

    static func text(_ text: String, status: Int = 200) -> Reply {
        Reply(status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
    }

    /// 303: the browser goes on with a GET, whatever it came with.
    static func seeOther(_ location: String) -> Reply {
        Reply(status: 303, headers: [("Location", location)])
    }

    /// Adds the headers every answer has, where the answer has not set them itself.
    func secured() -> Reply {
        var reply = self
        let present = Set(headers.map { String(decoding: asciiLowercased($0.name), as: UTF8.self) })
        for (name, value) in Self.defaults where !present.contains(String(decoding: asciiLowercased(name), as: UTF8.self)) {
            reply.headers.append((name, value))
        }
        return reply
    }

    /// Nothing is loaded, framed, guessed, indexed, remembered or told to the next site unless an answer says otherwise.
    private static let defaults: [(String, String)] = [
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Robots-Tag", "noindex, nofollow"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ]
}
