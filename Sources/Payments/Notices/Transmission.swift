/// One delivery of a gateway whose signature does not bind the whole body (PayPal signs a checksum): the books take its id with one body
/// and with no other, for ever.
package struct Transmission: Sendable, Equatable {
    /// The gateway's id of the delivery, as bytes.
    package let id: [UInt8]
    /// SHA-256 of the raw body.
    package let bodyDigest: [UInt8]

    package init(id: [UInt8], bodyDigest: [UInt8]) {
        self.id = id
        self.bodyDigest = bodyDigest
    }
}
