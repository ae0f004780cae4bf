import Catalog

/// Reads the settings of one account, collecting every mistake with its place.
struct AccountSettings {
    let account: GatewayAccount
    private let source: SecretSource
    private(set) var mistakes: [Diagnostic] = []
    /// Secrets that are nowhere: no variable, no credential, no file of that name.
    private(set) var missing: [Diagnostic] = []

    init(_ account: GatewayAccount, kind: GatewayKind, source: SecretSource) {
        self.account = account
        self.source = source
        let known = kind.settingNames
        for name in account.settings.keys.sorted() where !known.contains(name) {
            let hint = known.isEmpty ? "a gateway of kind \(kind.rawValue) has no settings" : Suggestion.hint(for: name, among: known)
            mistakes.append(
                account.diagnostic("unknown setting “\(name)” of a gateway of kind \(kind.rawValue)", setting: name, hint: hint))
        }
        for rule in kind.requirements where rule.required {
            let fromFile = rule.form.isSecret && account.settings["\(rule.name)_file"] != nil
            guard account.settings[rule.name] == nil, !fromFile else { continue }
            mistakes.append(account.diagnostic("a gateway of kind \(kind.rawValue) needs “\(rule.name)”", hint: Self.help(rule)))
        }
    }

    /// The texts of a secret or of a rolling list of them; nil when there is none, which was then noted.
    mutating func secrets(_ name: String) -> [String]? {
        let file = account.settings["\(name)_file"]
        guard let setting = account.settings[name] else { return file.flatMap { secrets(inFile: $0, of: name) } }
        guard file == nil else { return note("both “\(name)” and “\(name)_file” are given", name, "keep one of them") }
        guard let names = setting.list, !names.isEmpty else { return note("“\(name)” names no environment variable", name, nil) }
        var values: [String] = []
        for variable in names {
            do throws(PaymentError) {
                guard let value = try source.value(named: variable) else {
                    missing.append(
                        account.diagnostic(
                            "the secret \(variable) is not set", setting: name,
                            hint: "set the environment variable, or give systemd a credential of that name"))
                    return nil
                }
                values.append(value)
            } catch {
                return note(error.message, name, error.hint)
            }
        }
        return values
    }

    private mutating func secrets(inFile setting: GatewayAccount.Setting, of name: String) -> [String]? {
        let key = "\(name)_file"
        guard let path = setting.text, !path.isEmpty else { return note("“\(key)” is not a path", key, nil) }
        do throws(PaymentError) {
            guard let lines = try source.lines(file: path) else {
                missing.append(account.diagnostic("there is no file \(path)", setting: key, hint: "put the secret into it, mode 0600"))
                return nil
            }
            guard !lines.isEmpty else { return note("the file \(path) is empty", key, nil) }
            return lines
        } catch {
            return note(error.message, key, error.hint)
        }
    }

    /// An address; nil when absent or refused, which was then noted.
    mutating func address(_ name: String) -> WebAddress? {
        guard let setting = account.settings[name] else { return nil }
        guard let address = setting.text.flatMap(WebAddress.init) else {
            mistakes.append(account.diagnostic("“\(name)” is not an https address", setting: name))
            return nil
        }
        return address
    }

    /// Notes what of `checkout_origins` is not an address.
    mutating func checkOrigins() {
        for origin in account.settings["checkout_origins"]?.list ?? [] where WebAddress(origin) == nil {
            refuse("“checkout_origins” holds something that is not an https address", setting: "checkout_origins")
        }
    }

    /// Notes which of the payment links is no address that a reference can be added to.
    mutating func checkPaymentLinks() {
        guard account.settings["payment_links"] != nil else { return }
        guard account.settings["payment_links"]?.map != nil else {
            return refuse(
                "“payment_links” is not a set of keys", setting: "payment_links", hint: "write {SKU: \"https://buy.stripe.com/…\"}")
        }
        for (sku, link) in account.paymentLinks.sorted(by: { $0.key < $1.key }) {
            guard WebAddress(link) != nil, !link.utf8.contains(UInt8(ascii: "#")), !link.contains("client_reference_id") else {
                refuse(
                    "the payment link of “\(sku)” is not an https address without a reference in it", setting: "payment_links",
                    hint: "copy it from Stripe's dashboard: https://buy.stripe.com/…")
                continue
            }
        }
    }

    mutating func flag(_ name: String) -> Bool? {
        guard let setting = account.settings[name] else { return nil }
        if let flag = setting.bool { return flag }
        mistakes.append(account.diagnostic("“\(name)” is neither true nor false", setting: name))
        return nil
    }

    /// Notes why a value that was found cannot serve. The value itself is never shown.
    mutating func refuse(_ error: PaymentError, setting name: String) {
        mistakes.append(account.diagnostic(error.message, setting: place(name), hint: error.hint))
    }

    mutating func refuse(_ message: String, setting name: String?, hint: String? = nil) {
        mistakes.append(account.diagnostic(message, setting: name.map(place), hint: hint))
    }

    private func place(_ name: String) -> String {
        account.settings[name] == nil ? "\(name)_file" : name
    }

    private mutating func note(_ message: String, _ setting: String, _ hint: String?) -> [String]? {
        mistakes.append(account.diagnostic(message, setting: setting, hint: hint))
        return nil
    }

    private static func help(_ rule: GatewaySetting) -> String {
        switch rule.form {
        case .secret, .key: "write \(rule.name): NAME_OF_A_VARIABLE, or \(rule.name)_file: a path"
        case .secrets: "write \(rule.name): [NAME_OF_A_VARIABLE], or \(rule.name)_file: a path"
        case .text: "write \(rule.name): \"…\""
        case .flag: "write \(rule.name): true or false"
        case .links: "write \(rule.name): {SKU: \"https://…\"}"
        case .address, .addresses: "write \(rule.name): \"https://…\""
        }
    }
}
