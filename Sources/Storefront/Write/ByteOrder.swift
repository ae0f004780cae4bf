import Glibc

/// Texts compared by their UTF-8 bytes, without a look at what Unicode holds equal.
extension String {
    /// Whether the text comes before another by its UTF-8 bytes.
    func precedesByBytes(_ other: String) -> Bool {
        var (one, two) = (self, other)
        return one.withUTF8 { one in
            two.withUTF8 { two in
                let shared = min(one.count, two.count)
                guard let first = one.baseAddress, let second = two.baseAddress, shared > 0 else { return one.count < two.count }
                let order = memcmp(first, second, shared)
                return order != 0 ? order < 0 : one.count < two.count
            }
        }
    }

    /// Whether the text has the same UTF-8 bytes as another.
    func hasBytes(of other: String) -> Bool {
        utf8.count == other.utf8.count && !precedesByBytes(other) && !other.precedesByBytes(self)
    }

    /// Whether the bytes of another text occur in this one.
    func holds(_ part: String) -> Bool {
        var (all, part) = (self, part)
        return all.withUTF8 { all in
            part.withUTF8 { part in
                guard let first = part.first, part.count <= all.count else { return part.isEmpty }
                for start in 0...(all.count - part.count) where all[start] == first {
                    if all[start..<start + part.count].elementsEqual(part) { return true }
                }
                return false
            }
        }
    }
}
