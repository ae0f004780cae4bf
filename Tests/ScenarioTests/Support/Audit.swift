import Foundation
import TestSupport
import Testing

/// What `Tests/Peers/audit.py` saw of a built site.
struct Audit: Decodable {
    /// One page at one width in one colour scheme.
    struct Look: Decodable {
        let page: String
        let width: Int
        let scheme: String
        /// Layout shift of the page's load, as browsers score it; 0: nothing jumped.
        let shift: Double
        /// CSS pixels by which the page is wider than the window.
        let overflow: Int
        /// Bytes of page, style sheets and scripts at a first visit.
        let weight: Int
        let broken: [String]
        let axe: [String]
        let complaints: [String]
        let language: String
    }

    /// One stop of the Tab key.
    struct Stop: Decodable {
        let name: String
        let kind: String
        let visible: Bool
    }

    /// One search with the keyboard alone: what was offered, and where the first offer led.
    struct Search: Decodable {
        let options: [String]
        let path: String
        let axe: [String]
    }

    let looks: [Look]
    let keyboard: [String: [Stop]]
    let searches: [Search]

    /// Everything that no page may have, told with its page.
    var complaints: [String] {
        looks.flatMap { look -> [String] in
            var found = look.axe + look.complaints + look.broken.map { "\($0) did not load" }
            if look.shift != 0 { found.append("the layout shifts by \(look.shift)") }
            if look.overflow != 0 { found.append("the page is \(look.overflow) px too wide") }
            // A landing page has a buy form for each product; any other page has at most one.
            if look.weight >= (look.page.contains("r/0") ? 100_000 : 60_000) { found.append("the page weighs \(look.weight) bytes") }
            return found.map { "/\(look.page) at \(look.width) px, \(look.scheme): \($0)" }
        }
    }

    /// - Parameter searches: pairs of a page and what is typed into its search field.
    static func run(
        site: String, pages: [String], widths: [Int], keyboard: [String] = [], searches: [[String]] = []
    ) async throws -> Audit {
        struct Task: Encodable {
            let site: String
            let pages: [String]
            let widths: [Int]
            let keyboard: [String]
            let searches: [[String]]
        }
        let task = String(
            decoding: try JSONEncoder().encode(Task(site: site, pages: pages, widths: widths, keyboard: keyboard, searches: searches)),
            as: UTF8.self)
        let ending = try await Program.peer("audit", input: task)
        try #require(ending.status == 0, "\(ending.errors)")
        return try ending.json(Audit.self)
    }
}
