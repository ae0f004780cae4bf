import Catalog

/// The theme's asset files as they are published: hashed names, and style sheets that refer to them.
package struct ThemeAssets: Sendable {
    /// A file to publish.
    package struct Output: Sendable {
        /// Below the out folder: `assets/style.1f2e3d4c5b6a7988.css`.
        package var path: String
        package var content: [UInt8]
    }

    /// Sorted by the name they had.
    package let outputs: [Output]
    private let byName: [String: Asset]

    /// An asset by its path below `assets/`, or nil.
    package subscript(name: String) -> Asset? { byName[name] }

    /// Reads the theme's assets and names them by content.
    ///
    /// A style sheet is named after the files it refers to, so that a changed picture changes the
    /// sheet's name as well. Other files are published as they are: a script must not refer to an asset
    /// by name.
    ///
    /// - Parameter base: the path of the shop's URL.
    /// - Returns: the assets, or every reference that leads nowhere, to another host, or in a circle, and
    ///   every file that cannot be read.
    static func load(_ files: [ThemeFolder.File], base: String) -> Result<ThemeAssets, Diagnostics> {
        var loading = Loading(base: base)
        for file in files {
            let name = String(file.path.dropFirst("assets/".utf8.count))
            guard name.split(separator: "/").allSatisfy({ SitePath.isName(String($0)) }) else {
                loading.problems.append(
                    Diagnostic(
                        at: SourceLocation(path: file.shown, line: 1, column: 1),
                        "an asset's name must be letters, digits, “-”, “_” and “.”",
                        hint: "rename the file"))
                continue
            }
            do throws(SiteError) {
                loading.contents[name] = try Files.read(file.location)
                loading.shown[name] = file.shown
            } catch {
                loading.problems.append(Diagnostic(at: SourceLocation(path: file.shown, line: 1, column: 1), error.message))
            }
        }
        for name in loading.contents.keys.sorted() { loading.resolve(name, through: []) }
        guard loading.problems.isEmpty else { return .failure(Diagnostics(loading.problems)) }
        return .success(ThemeAssets(outputs: loading.outputs, byName: loading.done))
    }

    private struct Loading {
        let base: String
        var contents: [String: [UInt8]] = [:]
        var shown: [String: String] = [:]
        var done: [String: Asset] = [:]
        var outputs: [Output] = []
        var problems: [Diagnostic] = []

        init(base: String) {
            self.base = base
        }

        /// Names one asset, and before it those it refers to.
        mutating func resolve(_ name: String, through chain: [String]) {
            guard done[name] == nil, var content = contents[name] else { return }
            if name.hasSuffix(".css") { content = StyleSheet.minified(rewritten(content, name, chain)) }
            let path = Asset.name("assets/\(name)", content)
            done[name] = Asset(url: "\(base)/\(path)", integrity: Asset.integrity(of: content))
            outputs.append(Output(path: path, content: content))
        }

        private mutating func rewritten(_ css: [UInt8], _ name: String, _ chain: [String]) -> [UInt8] {
            var targets: [Int: String] = [:]
            for reference in StyleSheet.references(in: css) {
                switch target(reference.target, in: name) {
                case .leave: continue
                case .refuse(let message, let hint): problem(message, hint, css, reference, name)
                case .asset(let asset, let suffix):
                    if asset == name || chain.contains(asset) {
                        problem("the style sheets import each other in a circle", "remove one of the imports", css, reference, name)
                        continue
                    }
                    resolve(asset, through: chain + [name])
                    if let url = done[asset]?.url { targets[reference.range.lowerBound] = url + suffix }
                }
            }
            return StyleSheet.rewrite(css) { targets[$0.range.lowerBound] }
        }

        private enum Target {
            case leave
            case asset(String, suffix: String)
            case refuse(String, hint: String)
        }

        private func target(_ text: String, in sheet: String) -> Target {
            if text.isEmpty || text.hasPrefix("#") || text.hasPrefix("data:") { return .leave }
            if text.hasPrefix("//") || text.contains("://") {
                return .refuse(
                    "“\(text)” is on another host", hint: "put the file into templates/assets: pages load nothing from third parties")
            }
            let path = text.prefix { $0 != "?" && $0 != "#" }
            var names = text.hasPrefix("/") ? [] : sheet.split(separator: "/").dropLast().map(String.init)
            for part in path.split(separator: "/") where part != "." {
                if part == ".." { _ = names.popLast() } else { names.append(String(part)) }
            }
            let wanted = names.joined(separator: "/")
            let found = contents[wanted] != nil ? wanted : wanted.hasPrefix("assets/") ? String(wanted.dropFirst(7)) : wanted
            guard contents[found] != nil else {
                return .refuse("there is no asset “\(found)”", hint: "put the file into templates/assets, or mend the address")
            }
            return .asset(found, suffix: String(text[path.endIndex...]))
        }

        private mutating func problem(_ message: String, _ hint: String, _ css: [UInt8], _ reference: StyleSheet.Reference, _ name: String)
        {
            let start = css[..<reference.range.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let end = css[reference.range.lowerBound...].firstIndex(of: UInt8(ascii: "\n")) ?? css.count
            let line = css[..<start].count { $0 == UInt8(ascii: "\n") } + 1
            let column = String(decoding: css[start..<reference.range.lowerBound], as: UTF8.self).count + 1
            problems.append(
                Diagnostic(
                    at: SourceLocation(path: shown[name] ?? name, line: line, column: column), message, hint: hint,
                    sourceLine: String(decoding: css[start..<end], as: UTF8.self)))
        }
    }
}
