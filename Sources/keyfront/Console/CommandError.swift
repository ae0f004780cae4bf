import ArgumentParser
import Catalog
import Operations

/// An error as `--json` prints it: one object on standard error.
struct CommandError: Encodable {
    struct Content: Encodable {
        /// A word of `OperationError.Code`; `usage`, or `failed` for anything else.
        let code: String
        let message: String
        let hint: String?
    }

    let error: Content

    /// - Parameter isUsage: the command line itself was wrong.
    init(_ error: any Error, isUsage: Bool) {
        self.error =
            switch error {
            case let error as OperationError:
                Content(
                    code: error.code.rawValue, message: error.cause.map { "\(error.message) (\($0))" } ?? error.message, hint: error.hint)
            case let error as Diagnostics: Content(code: "shop", message: error.description, hint: nil)
            case _ where isUsage: Content(code: "usage", message: Keyfront.message(for: error), hint: nil)
            default: Content(code: "failed", message: "\(error)", hint: nil)
            }
    }
}
