import Catalog
import Cryptography

extension AccountSettings {
    /// An RSA private key of ours; nil when absent or refused, which was then noted.
    mutating func privateKey(_ name: String) -> RSAPrivateKey? {
        guard let texts = keyTexts(name) else { return nil }
        guard let text = texts.first, texts.count == 1 else {
            refuse("“\(name)” holds more than one key", setting: name, hint: "one key signs what we send")
            return nil
        }
        do throws(CryptographyError) {
            return try RSAPrivateKey(text: text)
        } catch {
            refuse("“\(name)”: \(error.message)", setting: name, hint: error.hint)
            return nil
        }
    }

    /// A gateway's RSA public keys: several while it changes them. nil when absent or one of them is refused, which was then
    /// noted.
    mutating func publicKeys(_ name: String) -> [RSAPublicKey]? {
        guard let texts = keyTexts(name) else { return nil }
        var keys: [RSAPublicKey] = []
        for text in texts {
            do throws(CryptographyError) {
                keys.append(try RSAPublicKey(text: text))
            } catch {
                refuse("“\(name)”: \(error.message)", setting: name, hint: "copy the gateway's public key, not your own")
                return nil
            }
        }
        return keys
    }

    /// A variable holds one key. A file holds one without armour, in any number of lines, or several in PEM.
    private mutating func keyTexts(_ name: String) -> [String]? {
        guard let values = secrets(name) else { return nil }
        guard account.settings[name] == nil else { return values }
        var texts: [String] = []
        for line in values {
            if texts.isEmpty || line.utf8.starts(with: "-----BEGIN".utf8) {
                texts.append(line)
            } else {
                texts[texts.count - 1] += "\n\(line)"
            }
        }
        return texts
    }
}

extension AccountSettings {
    /// An id that a gateway gave us; nil when absent or of another form, which was then noted.
    mutating func identifier(_ name: String) -> String? {
        guard let setting = account.settings[name] else { return nil }
        guard let text = setting.text, Field.isIdentifier(text),
            !PlaceholderText.matches(text) || text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            refuse("“\(name)” is not an id", setting: name, hint: "copy it from the gateway's console")
            return nil
        }
        return text
    }

    /// One of a few words; nil when absent or another word, which was then noted.
    mutating func word(_ name: String, of words: [String]) -> String? {
        guard let setting = account.settings[name] else { return nil }
        guard let text = setting.text, words.contains(text) else {
            refuse(
                "“\(name)” is none of \(words.joined(separator: ", "))", setting: name,
                hint: setting.text.map { Suggestion.hint(for: $0, among: words) })
            return nil
        }
        return text
    }
}
