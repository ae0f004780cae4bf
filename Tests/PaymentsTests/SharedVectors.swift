import Foundation
import Payments
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

    /// One for each scheme that we judge. On a machine that must have them, a missing one is a failure.
    static let files = NoticeCase.schemes.map { "\($0).json" }.filter { file in
        isRequired || folder.map { FileManager.default.fileExists(atPath: $0.appendingPathComponent(file).path) } ?? false
    }

    private static let packageRoot = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
