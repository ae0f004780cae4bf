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

    /// The schemes whose cases every such folder has. On a machine that must have them, a missing one is a failure.
    private static let expected = ["alipay", "epay", "paypal", "standard-webhooks", "stripe", "wechat"]

    /// One for each scheme that we judge and the folder has.
    static let files = NoticeCase.schemes.filter { scheme in
        isRequired && expected.contains(scheme)
            || folder.map { FileManager.default.fileExists(atPath: $0.appendingPathComponent("\(scheme).json").path) } ?? false
    }.map { "\($0).json" }

    private static let packageRoot = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
