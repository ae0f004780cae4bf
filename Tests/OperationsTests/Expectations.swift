import Testing
import Transport

@testable import Operations

/// An answer of another kind than asked for.
struct Unexpected: Error {
    static let transport = TransportError(.temporary, "no network in a test")
}

/// Expects an `OperationError` of one code.
func expect<T>(
    _ code: OperationError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> T
) async {
    do {
        _ = try await body()
        Issue.record("Nothing was thrown where \(code.rawValue) is wanted.", sourceLocation: sourceLocation)
    } catch {
        #expect((error as? OperationError)?.code == code, "\(error)", sourceLocation: sourceLocation)
    }
}
