import Foundation
import Transport

/// A browser without scripts: sends forms, and follows a redirect to the page behind it.
struct Visitor {
    private let client = HTTPClient.live(threads: 2)

    /// A page and where it was found.
    struct Page {
        let url: String
        let status: Int
        let text: String
        /// Where a redirect points.
        let location: String?
    }

    /// - Throws: ``DemoError`` unless the page answers with 200.
    func get(_ url: String) async throws -> Page {
        let page = try await request("GET", url, headers: [("accept", "text/html")])
        guard page.status == 200 else { throw DemoError("\(url) answered with \(page.status)") }
        return page
    }

    /// Sends a form found on the page `base` and follows its redirects with a GET (RFC 9110 §15.4.4).
    func post(
        _ form: PageForm, at base: String = "", filling values: [String: String] = [:],
        pressing button: (name: String, value: String)? = nil
    ) async throws -> Page {
        var page = try await request(
            "POST", Self.resolve(form.action, against: base), body: form.body(filling: values, pressing: button),
            headers: [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")])
        for _ in 0..<5 {
            guard let location = page.location else { return page }
            page = try await request("GET", Self.resolve(location, against: page.url), headers: [("accept", "text/html")])
        }
        throw DemoError("\(form.action) redirects without end")
    }

    /// One request as it is, no redirect followed.
    func request(_ method: String, _ url: String, body: [UInt8] = [], headers: [(String, String)] = []) async throws -> Page {
        let answer = try await client.request(
            method: method, url: url, headers: headers.map { HTTPField($0.0, $0.1) }, body: body, maximumBody: 4 << 20)
        return Page(
            url: url, status: answer.status, text: String(decoding: answer.body, as: UTF8.self),
            location: (300..<400).contains(answer.status) ? answer.header("location") : nil)
    }

    /// Waits up to ten seconds for a server that is starting.
    func waitUntilUp(_ url: String) async throws {
        for _ in 0..<200 {
            if let page = try? await request("GET", url), page.status == 200 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw DemoError("\(url) did not answer within 10 seconds")
    }

    /// An address as a browser completes it, for the absolute and the rooted forms that our pages use.
    private static func resolve(_ address: String, against base: String) -> String {
        guard address.hasPrefix("/"), let scheme = base.range(of: "://") else { return address.isEmpty ? base : address }
        let origin = base[..<(base[scheme.upperBound...].firstIndex(of: "/") ?? base.endIndex)]
        return origin + address
    }
}
