import Catalog

/// What a preview shows while the shop does not build: each mistake with its place, its line and a caret.
enum ErrorPage {
    /// - Returns: the page, without the script that loads it again.
    static func bytes(_ error: any Error) -> [UInt8] {
        let diagnostics =
            switch error {
            case let error as SiteError: error.diagnostics
            case let error as Diagnostics: error.all
            default: [Diagnostic]()
            }
        var out: [UInt8] = []
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        out.append(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
        )
        out.append(
            "<link rel=\"icon\" href=\"data:,\">\n<title>The shop does not build</title>\n<style>\(style)</style>\n</head>\n<body>\n<main>\n<h1>The shop does not build</h1>\n"
        )
        out.append("<p>The published site stays as it was. This page goes away as soon as the shop builds again.</p>\n")
        if diagnostics.isEmpty {
            out.append("<pre>")
            out.append(escaped: "\(error)")
            out.append("</pre>\n")
        }
        for diagnostic in diagnostics { append(diagnostic, to: &out) }
        out.append("</main>\n</body>\n</html>\n")
        return out
    }

    private static func append(_ diagnostic: Diagnostic, to out: inout [UInt8]) {
        out.append("<section class=\"\(diagnostic.severity.rawValue)\">\n<h2>")
        out.append(escaped: "\(diagnostic.location)")
        out.append("</h2>\n<p><strong>\(diagnostic.severity.rawValue):</strong> ")
        out.append(escaped: diagnostic.message)
        out.append("</p>\n")
        // The line and its caret, as a terminal shows them.
        let lines = diagnostic.description.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        let shown = diagnostic.sourceLine.map { !$0.isEmpty } == true ? lines.prefix(2) : []
        if !shown.isEmpty {
            out.append("<pre>")
            out.append(escaped: shown.joined(separator: "\n"))
            out.append("</pre>\n")
        }
        if let hint = diagnostic.hint {
            out.append("<p class=\"hint\">")
            out.append(escaped: hint)
            out.append("</p>\n")
        }
        out.append("</section>\n")
    }

    private static let style = """
        body{margin:0;background:#fff;color:#1c1c1c;font:1rem/1.6 system-ui,sans-serif}\
        main{max-width:60rem;margin:auto;padding:2rem 1rem}\
        h1{font-size:1.5rem}h2{margin:0;font:600 1rem/1.4 ui-monospace,monospace;overflow-wrap:anywhere}\
        section{margin-top:1.5rem;padding:1rem;border-left:4px solid #b3261e;background:#f6f2f1}\
        section.warning{border-color:#8a5a00}p{margin:.5rem 0 0}\
        pre{margin:.75rem 0 0;padding:.75rem;overflow-x:auto;background:#fff;font:1rem/1.4 ui-monospace,monospace}\
        .hint::before{content:"hint: "}\
        @media(prefers-color-scheme:dark){body,pre{background:#151515;color:#eee}section{background:#232020;border-color:#f2877f}}
        """
}
