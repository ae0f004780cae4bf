/// `gateways:` → ``GatewayAccount``s. It knows no kind of gateway, only what no setting may hold.
struct GatewayReader {
    let report: Report

    /// The accounts in the order of the file.
    func read(_ fields: Fields) -> [GatewayAccount] {
        guard let node = fields["gateways"] else { return [] }
        if let scalar = node.scalar, scalar.text.isEmpty { return [] }
        guard case .fields(let entries) = node.content else {
            report.error(node.mark, "“gateways” must be a set of keys, not \(node.shape)", hint: "write “card: {kind: stripe, …}”")
            return []
        }
        return entries.compactMap(account)
    }

    private func account(_ entry: YAMLNode.Field) -> GatewayAccount? {
        let name = entry.key.text
        let isName =
            (1...32).contains(name.utf8.count)
            && name.utf8.allSatisfy { isDigit($0) || $0 &- UInt8(ascii: "a") < 26 || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        if !isName {
            report.error(entry.key.mark, "“\(name)” cannot name an account", hint: "use a-z, 0-9, “_” and “-”: it is part of an address")
        }
        guard case .fields(let fields) = entry.value.content else {
            report.error(
                entry.value.mark, "“\(name)” must be a set of keys, not \(entry.value.shape)", hint: "write “\(name): {kind: stripe, …}”")
            return nil
        }
        var settings: [String: GatewayAccount.Setting] = [:]
        var locations: [String: SourceLocation] = [:]
        var kind: String?
        for field in fields {
            let key = field.key.text
            locations[key] = report.location(field.value.mark)
            if key == "kind" {
                kind = field.value.scalar?.text
            } else if let setting = setting(key, field.value) {
                settings[key] = setting
            }
        }
        guard let kind, !kind.isEmpty else {
            report.error(entry.key.mark, "“kind” is missing in “\(name)”", hint: "e.g. kind: stripe")
            return nil
        }
        return GatewayAccount(
            name: name, kind: kind, settings: settings, location: report.location(entry.key.mark), locations: locations,
            source: report.source)
    }

    private func setting(_ key: String, _ node: YAMLNode) -> GatewayAccount.Setting? {
        switch node.content {
        case .scalar(let scalar):
            refuseSecret(key, scalar)
            if scalar.plain, scalar.text == "true" || scalar.text == "false" { return .bool(scalar.text == "true") }
            return .text(scalar.text)
        case .list(let items):
            let scalars = items.compactMap(\.scalar)
            if scalars.count < items.count { report.error(node.mark, "“\(key)” must hold texts") }
            for scalar in scalars { refuseSecret(key, scalar) }
            return .list(scalars.map(\.text))
        case .fields(let fields):
            guard key == "payment_links" else {
                report.error(node.mark, "“\(key)” must be a text or a list, not a set of keys")
                return nil
            }
            var map: [String: String] = [:]
            for field in fields {
                guard let scalar = field.value.scalar, !scalar.text.isEmpty else {
                    report.error(field.value.mark, "“\(field.key.text)” must be the address of its payment link")
                    continue
                }
                refuseSecret(key, scalar)
                map[field.key.text] = scalar.text
            }
            return .map(map)
        }
    }

    /// Where a secret belongs, only the name of an environment variable may stand; elsewhere nothing that looks like one.
    private func refuseSecret(_ key: String, _ scalar: YAMLNode.Scalar) {
        let isPublic = key.contains("public") || key.contains("publishable") || key.hasSuffix("_file") || key.hasSuffix("_url")
        let isSecret =
            !isPublic
            && (key.contains("secret") || key.contains("password") || key.hasSuffix("_key") || key.hasSuffix("_token") || key == "key")
        let isRefused = isSecret ? !scalar.text.isEmpty && !Secrecy.isVariableName(scalar.text) : Secrecy.looksSecret(scalar.text)
        guard isRefused else { return }
        report.error(
            scalar.mark, hiding: scalar.text, "a secret must not stand in this file",
            hint: "write the name of an environment variable that holds it, e.g. \(key.uppercased()), or use a file")
    }
}
