import Catalog
import Cryptography

extension AccountSettings {
    /// PEM certificates; nil when absent or refused, which was then noted.
    mutating func certificates(_ name: String) -> [X509Certificate]? {
        guard account.settings[name] != nil || account.settings["\(name)_file"] != nil, let texts = secrets(name) else { return nil }
        do throws(CryptographyError) {
            return try X509Certificate.list(pem: texts.joined(separator: "\n") + "\n", limit: 512)
        } catch {
            refuse("“\(name)”: \(error.message)", setting: name, hint: error.hint)
            return nil
        }
    }

    /// A number in hexadecimal, made upper case; nil when absent or of another form, which was then noted.
    mutating func hexadecimal(_ name: String) -> String? {
        guard let setting = account.settings[name] else { return nil }
        guard let text = setting.text, (8...64).contains(text.utf8.count), Hex.decode(text) != nil else {
            refuse(
                "“\(name)” is not a serial number", setting: name,
                hint: "hexadecimal digits, in quotes: the console shows it with the certificate")
            return nil
        }
        return text.uppercased()
    }
}
