package import Catalog
package import Cryptography
package import Database
package import Fulfilment
package import Payments
package import Transport

/// One shop with its books open: what the daemon runs on, and the command line when no daemon runs.
///
/// While it is open no other process can open the same database. It needs the master key, but no gateway's secret.
package struct Installation: Sendable {
    package let place: ShopPlace
    package let keyring: Keyring
    package let database: Database
    package let engine: Engine
    package let clock: Clock

    /// What `shop.yaml` said at the last loading.
    package var shop: Shop { engine.catalogue.shop }
    /// What is for sale now.
    package var catalogue: Catalogue { engine.catalogue }

    /// Reads the shop, opens the key file and the database, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - folder: the shop's folder.
    ///   - environment: `KEYFRONT_DATABASE` names another database than `shop.yaml`.
    /// - Throws: `OperationError`: `shop` with every diagnostic, `masterKey`, `locked`, `database`.
    package static func open(
        folder: String, environment: [String: String], clock: Clock = .system
    ) async throws(OperationError) -> Installation {
        try await OperationError.wrap {
            let catalogue = try Catalogue.load(folder: folder, now: clock.now())
            let place = ShopPlace(folder: folder, environment: environment, shop: catalogue.shop)
            let keyring = Keyring(master: try MasterKey(file: place.masterKeyFile, groupMayRead: place.masterKeyIsCredential))
            let database = try await Database.open(place.databaseURL, migrations: Schema.migrations)
            do {
                let engine = try await Engine.open(database: database, catalogue: catalogue, keyring: keyring, clock: clock)
                return Installation(place: place, keyring: keyring, database: database, engine: engine, clock: clock)
            } catch {
                await database.close()
                throw error
            }
        }
    }

    /// Reads the catalogue again. A broken one is refused, and the old one stays in force.
    /// - Throws: `OperationError` (`shop`) with every diagnostic.
    @discardableResult
    package func reload() throws(OperationError) -> Catalogue {
        let catalogue = try OperationError.wrapNow { try Catalogue.load(folder: place.folder, now: clock.now()) }
        engine.reload(catalogue)
        return catalogue
    }

    /// Finishes what is being written and closes the books.
    package func close() async { await database.close() }
}

extension Installation {
    /// Every gateway account with its secrets. Only the daemon needs it.
    /// - Throws: `OperationError` (`shop`): every mistake of every account, none with a secret in it.
    package func gateways(http: HTTPClient, absence: GatewaySet.Absence = .refused) throws(OperationError) -> GatewaySet {
        let shop = shop
        return try OperationError.wrapNow {
            try GatewaySet(
                accounts: shop.gateways, webhookURL: shop.webhook.url, listenHost: shop.webhook.host, secrets: place.secrets,
                sandboxKey: keyring.subkey("sandbox"), http: http, absence: absence)
        }
    }

    /// As `ShopPlace.smtpPassword`, by the settings of the last loading.
    package func smtpPassword() throws(OperationError) -> String? { try place.smtpPassword(shop.mail) }
}

extension ShopPlace {
    /// The mail server's password: `KEYFRONT_SMTP_PASSWORD` (variable or credential), or the first line of
    /// `mail.password_file`; nil when there is neither.
    /// - Throws: `OperationError` (`shop`): the file is missing, empty, or open to others.
    package func smtpPassword(_ mail: MailSettings?) throws(OperationError) -> String? {
        let secrets = secrets
        return try OperationError.wrapNow {
            if let password = try secrets.value(named: "KEYFRONT_SMTP_PASSWORD"), !password.isEmpty { return password }
            guard let file = mail?.passwordFile else { return nil }
            guard let line = try secrets.lines(file: file)?.first else {
                throw OperationError(.shop, "\(file): the mail server's password is not there", hint: "write it on one line, mode 0600")
            }
            return line
        }
    }
}
