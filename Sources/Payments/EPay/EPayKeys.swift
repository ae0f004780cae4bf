import Catalog
import Cryptography

/// The keys of an account, by the generation that its site speaks.
struct EPayKeys {
    let signer: EPaySigner
    let verifier: EPayVerifier

    /// nil when a key is missing, wrong, or of the other generation, which is then noted in `settings`.
    init?(_ settings: inout AccountSettings, version: EPayVersion) {
        let own = version == .v1 ? ["key"] : ["merchant_private_key", "platform_public_key"]
        let others = version == .v1 ? ["merchant_private_key", "platform_public_key"] : ["key"]
        let written = Set(settings.account.settings.keys)
        func isWritten(_ name: String) -> Bool { written.contains(name) || written.contains("\(name)_file") }
        let missing = own.filter { !isWritten($0) }
        let strange = others.filter(isWritten)
        for name in missing {
            settings.refuse(
                "version \(version.rawValue) of a gateway of kind epay needs “\(name)”", setting: nil,
                hint: "write \(name): NAME_OF_A_VARIABLE, or \(name)_file: a path")
        }
        for name in strange {
            settings.refuse(
                "“\(name)” is not for version \(version.rawValue)", setting: name,
                hint: version == .v1 ? "write version: v2, if the site has RSA keys" : "write version: v1, if the site has an MD5 key")
        }
        guard missing.isEmpty, strange.isEmpty else { return nil }
        switch version {
        case .v1:
            guard let texts = settings.secrets("key") else { return nil }
            do throws(PaymentError) {
                let keys = try WebhookSecret.list(texts, form: .text)
                guard let first = keys.first else { return nil }
                signer = .md5(first.key)
                verifier = .md5(keys)
            } catch {
                settings.refuse(error, setting: "key")
                return nil
            }
        case .v2:
            let privateKey = settings.privateKey("merchant_private_key")
            let publicKeys = settings.publicKeys("platform_public_key")
            guard let privateKey, let publicKeys else { return nil }
            signer = .rsa(privateKey)
            verifier = .rsa(publicKeys)
        }
    }
}
