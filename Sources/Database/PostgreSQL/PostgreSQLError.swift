import CPostgreSQL

extension DatabaseError {
    /// The error in a result, by its SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html).
    ///
    /// The server's detail, and its messages about bad data, quote values; they are never taken over.
    static func postgreSQL(_ result: OpaquePointer, statement: String?) -> DatabaseError {
        let state = keyfront_pq_sqlstate(result).map { String(cString: $0) } ?? ""
        let said = keyfront_pq_message(result).map { String(cString: $0) } ?? "The server gave no reason"
        let (code, message, hint) = meaning(state, said, place(result))
        return DatabaseError(code, message, hint: hint, statement: statement, engineCode: state.isEmpty ? nil : state)
    }

    /// The connection is gone, and with it the transaction, unless that was being committed.
    static let connectionLost = DatabaseError(
        .unreachable, "The connection to the database was lost.", hint: "Nothing was done. Try again in a moment.")

    private static func place(_ result: OpaquePointer) -> String {
        let names = [keyfront_pq_constraint(result), keyfront_pq_table(result), keyfront_pq_column(result)]
        return names.compactMap { $0.map { String(cString: $0) } }.joined(separator: ", ")
    }

    private static func meaning(_ state: String, _ said: String, _ place: String) -> (Code, String, String?) {
        switch state {
        case "40001", "40P01":
            return (.busy, "Others changed the same rows at the same time.", "Try again in a moment.")
        case "55P03", "57014": return (.busy, "The server took too long.", "Try again in a moment.")
        case "53100": return (.full, "The server has no room left.", "Free some space on the server's disk.")
        case "58030": return (.inputOutput, "The server could not read or write.", "Check the server's disk and its log.")
        case "XX001", "XX002": return (.corrupt, "The server found damaged data.", "Restore the last backup.")
        case "25006": return (.misuse, "A reading transaction cannot write.", "Write in a `write` transaction.")
        default: break
        }
        switch state.prefix(2) {
        case "23": return (.constraint, "A rule of the tables was broken: \(place.isEmpty ? "a constraint" : place).", nil)
        case "22": return (.misuse, "The server refused a value.", nil)
        case "08", "57": return (.unreachable, "\(said).", "Nothing was done. Try again in a moment.")
        case "53": return (.unreachable, "The server has no more to give: \(said).", "Raise max_connections or the server's memory.")
        default: return (.statement, "\(said).", nil)
        }
    }

    /// The transaction met another one, or waited too long for it: run again, it may go through.
    var mayPassNextTime: Bool { ["40001", "40P01", "55P03"].contains(engineCode) }

    /// The server is not one to write to, or not any more: look for another.
    var asksForAnotherServer: Bool { code == .unreachable || engineCode == "25006" }
}
