import Payments

/// A notice in parts that can be changed.
struct Draft {
    var path: String
    var headers: [(name: String, value: String)]
    /// The body, or the query of a notice that comes by GET.
    var content: [UInt8]
    /// The content goes where the other method has it.
    var moved = false
    private let isGet: Bool

    init(_ notice: RawNotice) {
        isGet = notice.method == "GET"
        path = notice.path
        headers = notice.headers
        content = isGet ? Array((notice.query ?? "").utf8) : notice.body
    }

    /// Changes the bytes of one part, as likely as the part is long.
    func place(_ random: inout Seeded) -> Int? {
        let sizes = headers.map(\.value.utf8.count)
        var place = Int.random(in: 0..<max(1, content.count + sizes.reduce(0, +)), using: &random)
        if place < content.count { return nil }
        place -= content.count
        for (index, size) in sizes.enumerated() {
            if place < size { return index }
            place -= size
        }
        return nil
    }

    mutating func edit(_ random: inout Seeded, _ change: (inout [UInt8], inout Seeded) -> Void) {
        guard let index = place(&random) else { return change(&content, &random) }
        var bytes = Array(headers[index].value.utf8)
        change(&bytes, &random)
        headers[index].value = String(decoding: bytes, as: UTF8.self)
    }

    var notice: RawNotice {
        let get = isGet != moved
        return RawNotice(
            method: get ? "GET" : "POST", path: path, query: get ? String(decoding: content, as: UTF8.self) : nil, headers: headers,
            body: get ? [] : content)
    }
}

extension RawNotice {
    /// Whether two notices are the same to the byte.
    func isSame(as other: RawNotice) -> Bool {
        method == other.method && path.utf8.elementsEqual(other.path.utf8) && body == other.body
            && (query ?? "").utf8.elementsEqual((other.query ?? "").utf8) && headers.count == other.headers.count
            && zip(headers, other.headers).allSatisfy {
                $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.utf8.elementsEqual($1.value.utf8)
            }
    }
}
