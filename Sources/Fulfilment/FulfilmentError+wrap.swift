internal import Cryptography
internal import Database

extension FulfilmentError {
    /// Runs `body` and gives every error of the layers below the form of this one.
    static func wrap<T>(_ body: () async throws -> T) async throws(FulfilmentError) -> T {
        do {
            return try await body()
        } catch let error as FulfilmentError {
            throw error
        } catch let error as DatabaseError {
            throw FulfilmentError(error)
        } catch {
            throw FulfilmentError(.unavailable, "the books could not be read or written", cause: "\(error)")
        }
    }

    init(_ error: DatabaseError) {
        switch error.code {
        case .busy:
            self.init(.busy, "too many orders are being written right now", hint: "try again in a moment", cause: error.message)
        default:
            self.init(.unavailable, "the database failed", hint: error.hint, cause: error.description)
        }
    }
}
