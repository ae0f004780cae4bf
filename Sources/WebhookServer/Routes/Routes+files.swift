import Catalog
import Fulfilment
import Payments

extension Routes {
    /// `GET /assets/…`: a file of the theme. Its name changes with its content, so it may be kept for ever.
    func asset(_ path: String) throws(Problem) -> Reply {
        guard let file = state.current.face.file(path) else { throw Problem(.notFound, "there is no such file") }
        return Reply(
            status: 200,
            headers: [
                ("Content-Type", Self.contentType(path)), ("Cache-Control", "public, max-age=31536000, immutable"),
                // An icon drawn in SVG keeps its own styles; nothing else of it runs.
                ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
            ], body: file.content)
    }

    /// `GET /stock.json`: what can be bought now. It says whether, not how many. Any site may read it.
    func stock() async throws(Problem) -> Reply {
        let levels = try await books { () throws(FulfilmentError) in try await engine.levels(maxAge: 10) }
        let catalogue = engine.catalogue
        let items = levels.compactMap { level -> JSON? in
            guard catalogue.variant(sku: level.sku) != nil else { return nil }
            let state = level.soldOut ? "sold_out" : level.low ? "low" : "in_stock"
            return .object(["sku": .text(level.sku), "state": .text(state)])
        }
        return .json(
            JSON.object(["stock": .list(items)]).written,
            headers: [
                ("Access-Control-Allow-Origin", "*"), ("Cross-Origin-Resource-Policy", "cross-origin"),
                ("Cache-Control", "public, max-age=15"),
            ])
    }

    private static func contentType(_ path: String) -> String {
        switch path.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "webp": "image/webp"
        case "woff2": "font/woff2"
        case "txt": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
