package import Catalog

/// Why a site was not built, published or served: what is wrong, where, and what to do about it.
///
/// A build that throws has not touched the published site, except for ``Code/interrupted``, whose
/// remedy (building again) is in its hint.
package struct SiteError: Error, Sendable {
    /// What kind of thing went wrong; stable, for programs and tests.
    package enum Code: String, Sendable {
        /// The catalogue, the theme or its strings hold mistakes: see ``SiteError/diagnostics``.
        case broken
        /// The out folder holds files and no manifest of ours.
        case foreignFolder
        /// A file system call failed before anything was published.
        case file
        /// A file system call failed while files were being moved into place.
        case interrupted
        /// Another build holds the out folder's lock.
        case locked
        /// Nothing has been published to add a promoter's pages to.
        case notPublished
        /// A token, a slug or a path that cannot be a part of a URL.
        case invalidName
        /// Two routes would write one file.
        case collision
        /// A source changed between two looks at it in one build.
        case changedMeanwhile
        /// The picture tool is missing, or can not convert a file.
        case picture
        /// The server could not listen.
        case listen
    }

    package var code: Code
    package var message: String
    package var hint: String?
    /// The file or folder it is about.
    package var path: String?
    /// Every mistake the merchant made, sorted by place; empty unless the code is ``Code/broken``.
    package var diagnostics: [Diagnostic]

    package init(_ code: Code, _ message: String, hint: String? = nil, path: String? = nil, diagnostics: [Diagnostic] = []) {
        self.code = code
        self.message = message
        self.hint = hint
        self.path = path
        self.diagnostics = diagnostics
    }

    /// The mistakes of a shop, sorted, each named once.
    static func broken(_ diagnostics: [Diagnostic]) -> SiteError {
        var listed: [Diagnostic] = []
        for diagnostic in diagnostics.sorted() where listed.last.map({ $0 < diagnostic || diagnostic < $0 }) ?? true {
            listed.append(diagnostic)
        }
        let count = listed.count { $0.severity == .error }
        return SiteError(
            .broken, "the shop has \(count) mistake\(count == 1 ? "" : "s")",
            hint: "the published site stays as it is until they are mended",
            diagnostics: listed)
    }
}

extension SiteError: CustomStringConvertible {
    /// The diagnostics if there are any, else one line and its hint.
    package var description: String {
        guard diagnostics.isEmpty else { return diagnostics.map(\.description).joined(separator: "\n") }
        var text = path.map { "\($0): \(message)" } ?? message
        if let hint { text += "\n  hint: \(hint)" }
        return text
    }
}
