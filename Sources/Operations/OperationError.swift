internal import Catalog
internal import Cryptography
internal import Database
internal import Fulfilment
internal import Payments

/// Why something could not be done to an installation. Travels over the control socket as it is.
package struct OperationError: Error, Sendable, Hashable, Codable {
    /// The kinds a caller may tell apart; the words are stable.
    package enum Code: String, Sendable, Codable, CaseIterable {
        /// `shop.yaml`, a product or a gateway's settings are wrong; the message holds every diagnostic.
        case shop
        /// The master key is missing, or open to others.
        case masterKey = "master_key"
        /// Another process has the database, and no daemon answers on the control socket.
        case locked
        /// The database cannot be opened or used.
        case database
        case notFound = "not_found"
        /// It does not fit what is in the books.
        case conflict
        /// What was asked for is not well-formed.
        case invalid
        /// Too much to do right now; the same will work later.
        case busy
        /// The daemon did not answer as it should.
        case control
    }

    package let code: Code
    /// What is wrong: one sentence, or diagnostics a line each.
    package let message: String
    /// What to do about it, if there is something to do.
    package let hint: String?
    /// What the layer below said.
    package let cause: String?

    package init(_ code: Code, _ message: String, hint: String? = nil, cause: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.cause = cause
    }
}

extension OperationError: CustomStringConvertible {
    package var description: String {
        var text = message
        if let cause { text += " (\(cause))" }
        if let hint { text += "\n  hint: \(hint)" }
        return text
    }
}

extension OperationError {
    /// Runs `body` and gives every error of the layers below the form of this one.
    static func wrap<T>(_ body: () async throws -> T) async throws(OperationError) -> T {
        do {
            return try await body()
        } catch {
            throw OperationError(error)
        }
    }

    /// As `wrap`, for a body that does not wait.
    static func wrapNow<T>(_ body: () throws -> T) throws(OperationError) -> T {
        do {
            return try body()
        } catch {
            throw OperationError(error)
        }
    }

    init(_ error: any Error) {
        switch error {
        case let error as OperationError: self = error
        case let error as Diagnostics: self.init(.shop, error.description)
        case let error as FulfilmentError:
            self.init(Self.code(error.code), error.message, hint: error.hint, cause: error.cause)
        case let error as DatabaseError:
            self.init(error.code == .locked ? .locked : .database, error.message, hint: error.hint, cause: error.engineCode)
        case let error as CryptographyError:
            self.init(.masterKey, error.location.map { "\($0): \(error.message)" } ?? error.message, hint: error.hint, cause: error.cause)
        case let error as PaymentError:
            self.init(.shop, error.location.map { "\($0): \(error.message)" } ?? error.message, hint: error.hint, cause: error.cause)
        case let error as CatalogError: self.init(.invalid, error.message, hint: error.hint)
        default: self.init(.invalid, "\(error)")
        }
    }

    private static func code(_ code: FulfilmentError.Code) -> Code {
        switch code {
        case .notFound, .unknownSKU: .notFound
        case .conflict, .soldOut, .tooManyHolds: .conflict
        case .invalid, .invalidEmail, .invalidQuantity, .unknownGateway: .invalid
        case .busy: .busy
        case .unavailable: .database
        }
    }
}
