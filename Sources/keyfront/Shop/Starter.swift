import Foundation
import Storefront

/// The demo shop that comes with the program: the starting point of `init`, and what `demo` sells.
struct Starter {
    /// The folder that holds `shop.yaml`, `content/` and `templates/`.
    let folder: String

    /// What a starting point must have, and what of it is copied.
    static let parts = ["shop.yaml", "content", "templates"]

    /// Finds the starter: `KEYFRONT_SHARE`, then `../share/keyfront` beside the program, then a source tree above it.
    ///
    /// - Throws: ``StarterError`` when none of them is there.
    static func find(environment: [String: String], executable: String) throws(StarterError) -> Starter {
        if let named = environment["KEYFRONT_SHARE"], !named.isEmpty {
            guard isStarter(named) else {
                throw StarterError("KEYFRONT_SHARE names \(named), which has no shop.yaml, content and templates")
            }
            return Starter(folder: named)
        }
        if let folder = ShippedFiles.folder(share: nil, executable: URL(fileURLWithPath: executable).resolvingSymlinksInPath().path) {
            return Starter(folder: folder)
        }
        throw StarterError("the files of a new shop are not beside the program; set KEYFRONT_SHARE to the folder that holds them")
    }

    /// Copies the starter into `target`, which may exist but must be empty.
    ///
    /// - Throws: ``StarterError`` when something is there already, or cannot be written.
    func copy(to target: String) throws(StarterError) {
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: target, withIntermediateDirectories: true)
            guard try files.contentsOfDirectory(atPath: target).isEmpty else {
                throw StarterError("\(target) is not empty; name a new folder")
            }
            for part in Self.parts {
                // A part may be a link to where a package manager keeps it: the shop gets files of its own.
                let source = URL(fileURLWithPath: "\(folder)/\(part)").resolvingSymlinksInPath().path
                try files.copyItem(atPath: source, toPath: "\(target)/\(part)")
            }
            try Data(Self.ignored.utf8).write(to: URL(fileURLWithPath: "\(target)/.gitignore"))
        } catch let error as StarterError {
            throw error
        } catch {
            throw StarterError("\(target) cannot be written: \(error.localizedDescription)")
        }
    }

    /// What a merchant's repository must never hold.
    private static let ignored = "/site/\n/data/\n/secrets/\n/.cache/\n"

    private static func isStarter(_ folder: String) -> Bool {
        parts.allSatisfy { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    }
}

/// Why a new shop could not be laid out.
struct StarterError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The running program's own path.
enum Executable {
    /// Where `keyfront` is.
    static var path: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments.first ?? "keyfront"
    }

    /// A program installed beside `keyfront`.
    static func sibling(_ name: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(name).path
    }
}
