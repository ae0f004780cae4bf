import Cryptography

/// Where secrets come from: the environment, systemd's credentials, or a file that its owner alone may read.
/// `shop.yaml` has only their names.
package struct SecretSource: Sendable {
    private let environment: [String: String]
    private let credentialsDirectory: String?
    private let folder: String

    /// - Parameters:
    ///   - environment: variables by name.
    ///   - credentialsDirectory: `$CREDENTIALS_DIRECTORY` of systemd, one file a secret.
    ///   - folder: the shop folder, which relative paths of `…_file` start from.
    package init(environment: [String: String], credentialsDirectory: String?, folder: String) {
        self.environment = environment
        self.credentialsDirectory = credentialsDirectory
        self.folder = folder
    }

    /// The variable, or else the credential, of that name; nil when there is neither. A variable that is set but
    /// empty is returned empty: that is a mistake to refuse, not an absence.
    /// Throws `notConfigured` when `name` is not a name (it may be the secret itself), or the credential is unreadable.
    package func value(named name: String) throws(PaymentError) -> String? {
        guard Self.isName(name) else {
            throw PaymentError(
                .notConfigured, "this is not the name of an environment variable",
                hint: "put the secret into a variable and write its name here")
        }
        if let value = environment[name] { return value }
        guard let credentialsDirectory else { return nil }
        let path = "\(credentialsDirectory)/\(name)"
        guard PrivateFile.exists(path) else { return nil }
        return Self.lines(try read(path, groupMayRead: true)).joined(separator: "\n")
    }

    /// The lines of a file, blank ones dropped. nil when there is no such file.
    /// Throws `notConfigured` when others may read it, or it cannot be read.
    package func lines(file path: String) throws(PaymentError) -> [String]? {
        let full = path.utf8.first == UInt8(ascii: "/") ? path : "\(folder)/\(path)"
        guard PrivateFile.exists(full) else { return nil }
        return Self.lines(try read(full, groupMayRead: false))
    }

    private func read(_ path: String, groupMayRead: Bool) throws(PaymentError) -> [UInt8] {
        do throws(CryptographyError) {
            return try PrivateFile.read(path, limit: 16_384, groupMayRead: groupMayRead)
        } catch {
            throw PaymentError(.notConfigured, error.message, hint: error.hint, location: error.location, cause: error.cause)
        }
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split { $0 == 0x0A || $0 == 0x0D }.map { String(decoding: $0, as: UTF8.self) }
            .filter { line in line.utf8.contains { $0 != 0x20 && $0 != 0x09 } }
    }

    /// `[A-Z_][A-Z0-9_]{0,127}`
    private static func isName(_ text: String) -> Bool {
        func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || byte == 0x5F }
        guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
        return isCapital(first) && text.utf8.allSatisfy { isCapital($0) || (0x30...0x39).contains($0) }
    }
}
