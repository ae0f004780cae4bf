internal import Cryptography

/// Seals keys under their batch's data key.
///
/// A sealed key opens only for its own shop, SKU, stock id and batch. Equal keys are found by a keyed digest that
/// is the same in all batches and tells nothing to whom the master key is missing.
struct KeySeal: Sendable {
    let shop: String
    let keyring: Keyring

    func seal(_ text: String, sku: String, id: Int64, batch: String, key: SecretKey) throws -> [UInt8] {
        try SealedBox.seal(Array(text.utf8), key: key, aad: aad(sku, id, batch)).bytes
    }

    /// Whoever calls it adds an audit row.
    func open(_ sealed: [UInt8], sku: String, id: Int64, batch: String, wrappedKey: [UInt8]) throws -> String {
        let bytes = try SealedBox(bytes: sealed).open(key: try keyring.unwrap(wrappedKey), aad: aad(sku, id, batch))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// 32 bytes, equal for equal keys of the shop.
    func digest(_ text: String) -> [UInt8] {
        keyring.keyedDigest(purpose: "stock", data: Array("\(shop)|".utf8) + Array(text.utf8))
    }

    private func aad(_ sku: String, _ id: Int64, _ batch: String) -> [UInt8] {
        Array("keyfront/1|\(shop)|\(sku)|\(id)|\(batch)".utf8)
    }
}
