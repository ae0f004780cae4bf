import Catalog
import Glibc

/// Answers for a published folder: which file a request means, and the reply's bytes.
struct PublishedFiles: Sendable {
    let root: String
    /// The path that leads every request: empty, or `/shop`.
    let base: String
    /// What a preview shows; nil: the files as they are.
    var preview: Preview.Showing?

    /// The whole reply to a request head; nil is a head that could not be read.
    func reply(to head: RequestHead?) -> [UInt8] {
        guard let head else { return plain(400, "Bad Request", to: nil) }
        guard head.method == "GET" || head.method == "HEAD" else {
            return plain(405, "Method Not Allowed", extra: "Allow: GET, HEAD\r\n", to: head)
        }
        if let preview, let own = previewed(head, preview) { return own }
        let prefix = base.split(separator: "/").map(String.init)
        guard var names = head.names, names.starts(with: prefix) else { return missing(head) }
        names.removeFirst(prefix.count)
        let path = names.joined(separator: "/")
        if head.isFolder || names.isEmpty {
            return file(path.isEmpty ? "index.html" : path + "/index.html", status: "200 OK", head) ?? missing(head)
        }
        if let reply = file(path, status: "200 OK", head) { return reply }
        guard Files.entry("\(root)/\(path)/index.html")?.kind == .file else { return missing(head) }
        var location = base
        for name in names { location += "/" + percentEncoded(name) }
        location += "/" + (head.query.map { "?" + $0 } ?? "")
        return plain(301, "Moved Permanently", extra: "Location: \(location)\r\n", to: head)
    }

    /// What a preview answers by itself: its script, and every page while the shop does not build.
    private func previewed(_ head: RequestHead, _ preview: Preview.Showing) -> [UInt8]? {
        if head.names == [Preview.folder, "reload.js"] { return page(Array(Preview.script.utf8), "200 OK", "text/javascript", head) }
        guard let problem = preview.problem else { return nil }
        // Names with an ending other than .html are what pages refer to.
        if !head.isFolder, let last = head.names?.last, last.contains("."), !last.hasSuffix(".html") { return nil }
        return page(PreviewPage.bytes(problem, generation: preview.generation), "500 Internal Server Error", "text/html", head)
    }

    private func page(_ body: [UInt8], _ status: String, _ type: String, _ head: RequestHead) -> [UInt8] {
        var out: [UInt8] = []
        out.append("HTTP/1.1 \(status)\r\nContent-Type: \(type); charset=utf-8\r\nContent-Length: \(body.count)\r\n")
        out.append("Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\(connection(head.keepsOpen))\r\n")
        if head.method == "GET" { out += body }
        return out
    }

    private func missing(_ head: RequestHead) -> [UInt8] {
        // The error page of the language whose folder the request is in, if it has one.
        let prefix = base.split(separator: "/").count
        if let names = head.names, names.count > prefix, let reply = file("\(names[prefix])/404.html", status: "404 Not Found", head) {
            return reply
        }
        return file("404.html", status: "404 Not Found", head) ?? plain(404, "Not Found", to: head)
    }

    private func file(_ path: String, status: String, _ head: RequestHead) -> [UInt8]? {
        guard var content = read(path) else { return nil }
        if let preview, path.hasSuffix(".html") { content = PreviewPage.bytes(content, generation: preview.generation) }
        let tag = "\"\(String(ContentHash.of(content), radix: 16))\""
        if status.hasPrefix("200"), head.ifNoneMatch == tag {
            return Array("HTTP/1.1 304 Not Modified\r\nETag: \(tag)\r\n\(connection(head.keepsOpen))\r\n".utf8)
        }
        let lasting = path.hasPrefix("assets/") || path.hasPrefix("media/")
        var out: [UInt8] = []
        out.reserveCapacity(content.count + 320)
        out.append("HTTP/1.1 \(status)\r\nContent-Type: \(ContentType.of(path))\r\nContent-Length: \(content.count)\r\nETag: \(tag)\r\n")
        out.append("Cache-Control: \(lasting ? "public, max-age=31536000, immutable" : "no-cache")\r\n")
        out.append("X-Content-Type-Options: nosniff\r\nReferrer-Policy: strict-origin-when-cross-origin\r\n")
        out.append("X-Frame-Options: DENY\r\n\(connection(head.keepsOpen))\r\n")
        if head.method == "GET" { out += content }
        return out
    }

    /// Reads a file below the root, name by name, following no symbolic link.
    private func read(_ path: String) -> [UInt8]? {
        guard SitePath.isInside(path) else { return nil }
        var folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return nil }
        let names = path.split(separator: "/").map(String.init)
        for name in names.dropLast() {
            let next = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            close(folder)
            guard next >= 0 else { return nil }
            folder = next
        }
        defer { close(folder) }
        let file = openat(folder, names.last ?? "", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var info = stat()
        guard fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: max(4096, Int(info.st_size) + 1))
        while true {
            let got = Glibc.read(file, &chunk, chunk.count)
            guard got >= 0 else { return nil }
            if got == 0 { return content }
            content += chunk[..<got]
        }
    }

    private func plain(_ code: Int, _ reason: String, extra: String = "", to head: RequestHead?) -> [UInt8] {
        let body = "\(reason)\n"
        var out: [UInt8] = []
        out.append("HTTP/1.1 \(code) \(reason)\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: \(body.utf8.count)\r\n")
        out.append("\(extra)\(connection(head?.keepsOpen ?? false))\r\n")
        if head?.method != "HEAD" { out.append(body) }
        return out
    }

    private func connection(_ keepsOpen: Bool) -> String { keepsOpen ? "" : "Connection: close\r\n" }

    private func percentEncoded(_ name: String) -> String {
        var out: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                out.append(byte)
            default: out.append("%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
