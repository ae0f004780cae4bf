import Glibc

/// The files that come with the program: the demonstration shop, whose `templates/` is the default theme.
package enum ShippedFiles {
    /// The folder that holds `shop.yaml`, `content/` and `templates/`: what `KEYFRONT_SHARE` names, else
    /// `../share/keyfront` beside the program, else a source tree above it; nil when none of them is there.
    ///
    /// - Parameters:
    ///   - share: the value of `KEYFRONT_SHARE`; empty counts as none. It is not looked further when it is given.
    ///   - executable: the program's own path.
    package static func folder(share: String?, executable: String = program) -> String? {
        if let share, !share.isEmpty { return isComplete(share) ? share : nil }
        var names = executable.split(separator: "/").dropLast()
        let installed = "/" + (names.dropLast() + ["share", "keyfront"]).joined(separator: "/")
        if isComplete(installed) { return installed }
        while !names.isEmpty {
            let folder = "/" + names.joined(separator: "/")
            if isComplete(folder) { return folder }
            names.removeLast()
        }
        return nil
    }

    /// The folder of the default theme, for shops that have only some files of their own.
    package static func themes(share: String?) -> [String] {
        folder(share: share).map { ["\($0)/templates"] } ?? []
    }

    /// The running program's own path, links resolved.
    package static var program: String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { readlink("/proc/self/exe", $0, text.count) } ?? 0
            }
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
    }

    private static func isComplete(_ folder: String) -> Bool {
        ["shop.yaml", "content", "templates"].allSatisfy { access("\(folder)/\($0)", R_OK) == 0 }
    }
}
