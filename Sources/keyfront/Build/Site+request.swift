import Catalog
import Foundation
import Payments
import Storefront

extension Site {
    /// What this site's build needs from outside of it: promoters from the books, origins from the gateways.
    func request(out: String) async throws -> BuildRequest {
        let shop = catalogue.shop
        return BuildRequest(
            out: out, promoters: try await PromoterList.load(shopFolder: shopFolder, shop: shop),
            paymentOrigins: CheckoutOrigins.all(of: shop.gateways, webhookURL: shop.webhook.url),
            jobs: ProcessInfo.processInfo.activeProcessorCount)
    }
}
