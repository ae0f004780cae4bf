import Foundation
import Testing

/// The folder of recorded notices that other implementations were held to: `KEYFRONT_VECTORS`, else
/// `../shared/vectors` beside the package. A machine that runs checks for others (`CI=true`) must have it; the cases
/// in this folder stand without it.
enum SharedVectors {
    static let folder: URL? = {
        let environment = ProcessInfo.processInfo.environment
        let folder =
            environment["KEYFRONT_VECTORS"].map { URL(fileURLWithPath: $0) }
            ?? packageRoot.deletingLastPathComponent().appendingPathComponent("shared/vectors")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static var isRequired: Bool { ProcessInfo.processInfo.environment["CI"] == "true" }

    static let files = folder == nil && !isRequired ? [] : ["stripe.json", "standard-webhooks.json"]

    private static let packageRoot = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
