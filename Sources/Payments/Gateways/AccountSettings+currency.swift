import Catalog

extension AccountSettings {
    /// A code of ISO 4217, `standing` when the setting is absent; nil when it is another text, which was then noted.
    mutating func currency(_ name: String, standing: String) -> String? {
        guard let setting = account.settings[name] else { return standing }
        guard let text = setting.text, (try? Currency(code: text)) != nil else {
            refuse("“\(name)” is not a currency", setting: name, hint: "write a code of ISO 4217, e.g. CNY, USD or EUR")
            return nil
        }
        return text
    }

    /// An id that is made of digits; nil when absent or of another form, which was then noted.
    mutating func number(_ name: String) -> String? {
        guard let setting = account.settings[name] else { return nil }
        guard let text = setting.text, (1...18).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "0"),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            refuse("“\(name)” is not a number", setting: name, hint: "copy it from the gateway's console, in quotes")
            return nil
        }
        return text
    }
}
