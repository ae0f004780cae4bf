internal import Cryptography
internal import Database
internal import Foundation
internal import Fulfilment

extension Installation {
    /// Copies the books into a folder while work goes on: `keyfront-<time>.db`, and its notes beside it.
    ///
    /// Keys and addresses in it stay sealed, and the master key is not part of it.
    /// - Parameter folder: absolute; made when missing.
    /// - Throws: `OperationError`: `invalid`, `database`.
    func backup(to folder: String) async throws -> BackupNotes {
        guard folder.hasPrefix("/") else { throw OperationError(.invalid, "the folder of a backup must be a whole path") }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let head = try await engine.auditHead()
        let name = "keyfront-\(Self.stamp(head.at))"
        let copy = try await database.backup(to: "\(folder)/\(name).db")
        let notes = BackupNotes(file: "\(name).db", copy, head)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try encoder.encode(notes).write(to: URL(filePath: "\(folder)/\(name).json"), options: [.atomic])
        return notes
    }

    /// `20261121T093000Z`
    private static func stamp(_ seconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: TimeInterval(seconds))
        return date.formatted(
            .iso8601.year().month().day().dateSeparator(.omitted).time(includingFractionalSeconds: false).timeSeparator(.omitted)
                .dateTimeSeparator(.standard)) + "Z"
    }
}
