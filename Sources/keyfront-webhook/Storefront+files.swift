import Catalog
import Foundation
import Payments
import Storefront
import WebhookServer

extension Daemon.Storefront {
    /// The shop folder as it is now, each time it is read; the site as it was last built.
    static func files(folder: String) -> Daemon.Storefront {
        let themes = ShippedFiles.themes(share: ProcessInfo.processInfo.environment["KEYFRONT_SHARE"])
        let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
        return Daemon.Storefront(
            load: {
                let site = try Site.load(folder: folder, baseThemes: themes, now: now())
                return (site.catalogue, Face(site))
            },
            publish: { token in
                try await onOwnThread {
                    let site = try Site.load(folder: folder, baseThemes: themes, now: now())
                    let shop = site.catalogue.shop
                    guard shop.promoters.pages != .none else { return }
                    let out = shop.siteFolder.hasPrefix("/") ? shop.siteFolder : "\(folder)/\(shop.siteFolder)"
                    let origins = CheckoutOrigins.all(of: shop.gateways, webhookURL: shop.webhook.url)
                    do {
                        _ = try site.publishPromoter(
                            PromoterPage(token: token), BuildRequest(out: out, paymentOrigins: origins, pictureTool: .found()))
                    } catch let error as SiteError where error.code == .notPublished {
                        // No site lies here. The next build has the pages of every promoter.
                        return
                    }
                }
            })
    }
}

extension Face {
    /// The theme of a site, as the daemon needs it.
    init(_ site: Site) {
        let theme = site.theme
        let files = theme.assets.outputs.map { File(path: $0.path, content: $0.content) }
        // An asset's URL leads through the path of the shop's own address; the file's path is its end.
        func path(_ name: String) -> String? {
            theme.assets[name].flatMap { asset in files.first { asset.url.hasSuffix("/\($0.path)") }?.path }
        }
        let style = path("style.css").map { ($0, theme.assets["style.css"]?.integrity ?? "") }
        self.init(
            editions: site.catalogue.shop.languages.map {
                Edition(language: $0, templates: theme.templates($0), texts: theme.texts($0))
            }, files: files, style: style, icon: path("favicon.svg"),
            scripts: path("wechat-pay.js").map { ["wechat-pay.js": ($0, theme.assets["wechat-pay.js"]?.integrity ?? "")] } ?? [:],
            code: { PaymentCode.svg($0) })
    }
}
