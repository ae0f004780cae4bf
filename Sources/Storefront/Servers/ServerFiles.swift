/// What web servers and hosts need to serve the site as it is meant: headers, caching, redirects, the page for what is missing.
///
/// Pure functions of the shop's settings; the same policy stands in the pages.
struct ServerFiles: Sendable {
    /// An address that has moved: from the host's root, `/products/old/` to `/products/new/`.
    struct Redirect: Sendable, Hashable {
        var from: String
        var to: String
    }

    let headers: SecurityHeaders
    /// The path of the shop's URL without a slash at the end.
    let base: String
    /// Sorted by where they lead from.
    let redirects: [Redirect]
    /// Folders of the languages that have one: `zh-CN`.
    let languages: [String]

    /// Folders of the site that nobody needs to see.
    private static let hidden = ["_server", ".keyfront"]
    private static let note = "# Written by keyfront build; do not edit: the next build writes it again.\n"

    /// `_headers`, as Netlify and Cloudflare Pages read it.
    ///
    /// Both send `max-age=0, must-revalidate` for what is not named, and Cloudflare joins the values of all rules that match, so caching
    /// is said for hashed files only.
    var headersFile: String {
        var text = Self.note + "\(base)/*\n"
        for (name, value) in headers.all { text += "  \(name): \(value)\n" }
        for folder in ["assets", "media"] { text += "\(base)/\(folder)/*\n  Cache-Control: \(SecurityHeaders.immutable)\n" }
        return text
    }

    /// `_redirects`, as Netlify and Cloudflare Pages read it.
    var redirectsFile: String {
        redirects.reduce(into: Self.note) { $0 += "\(Self.encoded($1.from)) \(Self.encoded($1.to)) 301\n" }
    }

    /// For nginx, inside `http`: what caching and redirects depend on.
    var nginxMaps: String {
        var text = Self.note + "# Inside http { }. With many redirects nginx may ask for a larger map_hash_max_size.\n"
        text += "map $uri $keyfront_cache {\n    default \"\(SecurityHeaders.revalidated)\";\n"
        text += "    ~^\(Self.pattern(base))/(assets|media)/ \"\(SecurityHeaders.immutable)\";\n}\n"
        text += "map $uri $keyfront_redirect {\n    default \"\";\n"
        for redirect in redirects { text += "    \(Self.quoted(redirect.from)) \(Self.quoted(Self.encoded(redirect.to)));\n" }
        return text + "}\n"
    }

    /// For nginx, inside `server`, beside its `root`, `listen` and certificates.
    var nginxServer: String {
        var text = Self.note + "# Inside server { }. A location with an add_header of its own loses these: say them there again.\n"
        for (name, value) in headers.all { text += "add_header \(name) \(Self.quoted(value)) always;\n" }
        // Without “always”: that a file is missing must not be kept for a year.
        text += "add_header Cache-Control $keyfront_cache;\ncharset utf-8;\n"
        text += "if ($keyfront_redirect) { return 301 $keyfront_redirect; }\n"
        text += "error_page 404 \(base)/404.html;\n"
        for language in languages { text += "location \(base)/\(language)/ { error_page 404 \(base)/\(language)/404.html; }\n" }
        for folder in Self.hidden { text += "location ^~ \(base)/\(folder)/ { return 404; }\n" }
        return text
            + "gzip on;\ngzip_types text/css text/javascript application/javascript application/json application/atom+xml image/svg+xml;\n"
    }

    /// For Caddy 2: imported inside the site's block, beside its `root`.
    var caddy: String {
        var text = Self.note + "# import inside the site's block.\nencode zstd gzip\nheader {\n"
        for (name, value) in headers.all { text += "\t\(name) \(Self.quoted(value))\n" }
        text += "}\n@keyfront_hashed path \(base)/assets/* \(base)/media/*\n@keyfront_others not path \(base)/assets/* \(base)/media/*\n"
        text += "header @keyfront_hashed Cache-Control \(Self.quoted(SecurityHeaders.immutable))\n"
        text += "header @keyfront_others Cache-Control \(Self.quoted(SecurityHeaders.revalidated))\n"
        for redirect in redirects { text += "redir \(Self.quoted(redirect.from)) \(Self.quoted(Self.encoded(redirect.to))) 301\n" }
        text += "@keyfront_hidden path" + Self.hidden.map { " \(base)/\($0)/*" }.joined() + "\nrespond @keyfront_hidden 404\n"
        text += "handle_errors {\n\theader Cache-Control \(Self.quoted(SecurityHeaders.revalidated))\n"
        for language in languages {
            text += "\t@\(language) path \(base)/\(language)/*\n\thandle @\(language) {\n"
            text += "\t\trewrite * \(base)/\(language)/404.html\n\t\tfile_server\n\t}\n"
        }
        return text + "\thandle {\n\t\trewrite * \(base)/404.html\n\t\tfile_server\n\t}\n}\nfile_server\n"
    }

    /// A word of nginx's and Caddy's settings. What could end it does not occur in our values; it is taken out all the same.
    private static func quoted(_ text: String) -> String {
        "\"" + text.filter { $0 != "\"" && $0 != "\\" && $0 != "$" && !$0.isNewline } + "\""
    }

    /// A path as a regular expression that matches it alone.
    private static func pattern(_ path: String) -> String {
        path.reduce(into: "") { $0 += "\\.+*?()[]{}^$|".contains($1) ? "\\\($1)" : String($1) }
    }

    /// A path with what is not ASCII, white space and `%` percent-encoded (RFC 3986, 2.1), as it stands in a response.
    static func encoded(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let isPlain =
                byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "%") && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            let digits = String(byte, radix: 16, uppercase: true)
            text += isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }
    }
}
