/// Mixes numbers, texts and digests into one 64-bit digest, in order.
///
/// Like ``ContentHash`` it guards against accident. Lengths are mixed in, so that moving a byte from one text to the next
/// gives another digest.
package struct Digester {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    package init() {}

    package mutating func add(_ number: UInt64) {
        // A round of XXH64 with its first two primes.
        let mixed = state &+ number &* 0xC2B2_AE3D_27D4_EB4F
        state = (mixed << 31 | mixed >> 33) &* 0x9E37_79B1_85EB_CA87
    }

    package mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

    package mutating func add(_ flag: Bool) { add(flag ? 1 : 2 as UInt64) }

    package mutating func add(_ text: String) {
        var text = text
        add(text.withUTF8 { ContentHash.of(UnsafeRawBufferPointer($0)) })
    }

    package mutating func add(_ bytes: [UInt8]) { add(ContentHash.of(bytes)) }

    package mutating func add(_ texts: [String]) {
        add(texts.count)
        for text in texts { add(text) }
    }

    package mutating func add(_ stamp: FileStamp) {
        add(stamp.device)
        add(stamp.inode)
        add(UInt64(bitPattern: stamp.size))
        add(UInt64(bitPattern: stamp.modified))
        add(UInt64(bitPattern: stamp.changed))
    }

    package var digest: UInt64 {
        var hash = (state ^ (state >> 33)) &* 0xC2B2_AE3D_27D4_EB4F
        hash = (hash ^ (hash >> 29)) &* 0x1656_67B1_9E37_79F9
        return hash ^ (hash >> 32)
    }
}
