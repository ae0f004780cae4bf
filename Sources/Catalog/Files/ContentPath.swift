/// Paths that merchants write, relative to the file they are in.
enum ContentPath {
    /// `written`, seen from the folder `base`, as a path in the shop folder; it stays inside `content/`.
    static func resolve(_ written: String, from base: String) -> Result<String, CatalogError> {
        if written.utf8.contains(0) || written.utf8.contains(UInt8(ascii: "\\")) {
            return .failure(CatalogError(.url, "“\(Terminal.printable(written))” is not a path", hint: "write “/” between its parts"))
        }
        if written.hasPrefix("/") {
            return .failure(CatalogError(.url, "“\(written)” is not relative", hint: "write it as seen from this file"))
        }
        var parts = base.split(separator: "/")
        for part in written.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return .failure(outside(written)) }
            } else {
                parts.append(part)
            }
        }
        guard parts.first == "content", parts.count > 1 else { return .failure(outside(written)) }
        return .success(parts.joined(separator: "/"))
    }

    private static func outside(_ written: String) -> CatalogError {
        CatalogError(.url, "“\(written)” leads out of the shop's content", hint: "put the file beside this one")
    }
}
