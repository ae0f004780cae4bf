import Catalog
import Foundation
import Operations
import Storefront

/// Whom the site has pages for.
enum PromoterList {
    /// The active promoters: those of `promoters.json` where the shop's folder has one (`keyfront promoter export`, for a machine
    /// without the books), else those of the books, asked of the daemon if one runs. A shop without books has none yet.
    ///
    /// - Throws: ``PromoterListError`` for a file that is no export; `OperationError` when the books do not open.
    static func load(shopFolder: String, shop: Shop) async throws -> [PromoterPage] {
        guard shop.promoters.pages != .none else { return [] }
        let file = "\(shopFolder)/promoters.json"
        if let data = FileManager.default.contents(atPath: file) { return try exported(data, file: file) }
        let environment = ProcessInfo.processInfo.environment
        let place = try ShopPlace(folder: shopFolder, environment: environment)
        if let database = place.databaseFile, !FileManager.default.fileExists(atPath: database) { return [] }
        guard case .promoters(let all) = try await Desk.run(.promoters, folder: shopFolder, environment: environment) else { return [] }
        return all.filter(\.active).map { PromoterPage(token: $0.token) }
    }

    private static func exported(_ data: Data, file: String) throws -> [PromoterPage] {
        struct Exported: Decodable {
            let token: String
            let name: String?
            let message: String?
            let active: Bool?
        }
        do {
            // An object a line, as the export writes them.
            return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Exported.self, from: $0) }
                .filter { $0.active ?? true }
                .map { PromoterPage(token: $0.token, name: $0.name ?? "", message: $0.message ?? "") }
        } catch {
            throw PromoterListError(file: file)
        }
    }
}

/// A `promoters.json` that is no list of promoters.
struct PromoterListError: Error, CustomStringConvertible {
    let file: String

    var description: String { "\(file) is no list of promoters\n  hint: write it with: keyfront promoter export --json > promoters.json" }
}
