package import Catalog
internal import Foundation
package import Payments

/// Where the things of an installation lie: what can be known from `shop.yaml` alone, before anything is opened.
package struct ShopPlace: Sendable {
    /// The shop's folder, as given.
    package let folder: String
    /// The environment's variables, by name.
    package let environment: [String: String]
    /// What `shop.yaml` says.
    package let shop: Shop

    /// Reads `shop.yaml`.
    /// - Throws: `OperationError` (`shop`) with every diagnostic.
    package init(folder: String, environment: [String: String]) throws(OperationError) {
        self.init(folder: folder, environment: environment, shop: try OperationError.wrapNow { try Shop.load(folder: folder) })
    }

    init(folder: String, environment: [String: String], shop: Shop) {
        self.folder = folder
        self.environment = environment
        self.shop = shop
    }

    /// The database's name with its path made whole: `KEYFRONT_DATABASE`, or what `shop.yaml` says.
    package var databaseURL: String {
        let name = environment["KEYFRONT_DATABASE"].flatMap { $0.isEmpty ? nil : $0 } ?? shop.webhook.database
        guard name.hasPrefix("sqlite:") else { return name }
        return "sqlite:" + path(String(name.dropFirst(7)))
    }

    /// The database's file; nil when it is not a SQLite one.
    package var databaseFile: String? {
        databaseURL.hasPrefix("sqlite:") ? String(databaseURL.dropFirst(7)) : nil
    }

    /// The daemon's control socket: beside the database's file and named after it, because two shops may keep theirs in one folder; else
    /// `data/control.sock`.
    package var controlSocket: String {
        guard let file = databaseFile else { return path("data/control.sock") }
        return (file as NSString).deletingPathExtension + ".sock"
    }

    /// The file of the master key: the credential of that name that systemd hands in, else the file that `shop.yaml` names.
    package var masterKeyFile: String {
        let file = path(shop.masterKeyFile)
        guard let folder = environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty else { return file }
        let credential = "\(folder)/\((file as NSString).lastPathComponent)"
        return FileManager.default.fileExists(atPath: credential) ? credential : file
    }

    /// Whether the master key is a credential, which the daemon's group may be let to read.
    package var masterKeyIsCredential: Bool { masterKeyFile != path(shop.masterKeyFile) }

    /// Where the named secrets of gateways and mail are looked for.
    package var secrets: SecretSource {
        SecretSource(environment: environment, credentialsDirectory: environment["CREDENTIALS_DIRECTORY"], folder: folder)
    }

    /// A path of `shop.yaml`, which starts from the shop's folder unless it is absolute.
    package func path(_ relative: String) -> String {
        relative.hasPrefix("/") ? relative : (folder.hasSuffix("/") ? folder + relative : "\(folder)/\(relative)")
    }
}
