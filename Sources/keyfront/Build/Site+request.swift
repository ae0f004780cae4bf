import Catalog
import Foundation
import Payments
import Storefront

extension Site {
    /// What this site's build needs from outside of it: promoters from the books, origins from the gateways.
    func request(out: String) async throws -> BuildRequest {
        try await BuildRequest(out: out, shop: catalogue.shop, folder: shopFolder)
    }
}

extension BuildRequest {
    /// What a shop's build needs from outside of its folder: promoters from the books, origins from the gateways.
    init(out: String, shop: Shop, folder: String) async throws {
        self.init(
            out: out, promoters: try await PromoterList.load(shopFolder: folder, shop: shop),
            paymentOrigins: CheckoutOrigins.all(of: shop.gateways, webhookURL: shop.webhook.url),
            jobs: ProcessInfo.processInfo.activeProcessorCount, pictureTool: .found())
    }
}
