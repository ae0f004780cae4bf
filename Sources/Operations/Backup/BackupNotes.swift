internal import Cryptography
internal import Database
internal import Foundation
internal import Fulfilment

/// What lies beside a backup, as JSON: what the file is, and the signed end of its audit log. No secret.
package struct BackupNotes: Sendable, Hashable, Codable {
    /// The form of these notes.
    package var format = 1
    /// The backup's file, in the same folder.
    package var file: String
    package var bytes: Int64
    /// Hexadecimal.
    package var sha256: String
    /// Unix seconds, before the copy began.
    package var at: Int64
    /// The end of the audit log when the copy began: what the copy holds at the least.
    package var audit: AuditAnswer.Head

    init(file: String, _ copy: DatabaseCopy, _ head: AuditHead) {
        self.file = file
        bytes = copy.bytes
        sha256 = Hex.encode(copy.sha256)
        at = head.at
        audit = AuditAnswer.Head(head)
    }

    /// Reads the notes of a backup: a `.json` file, or the newest in a folder.
    /// - Returns: the notes, and the path of the file they tell of.
    /// - Throws: `OperationError` (`notFound`, `invalid`).
    package static func read(_ path: String) throws(OperationError) -> (notes: BackupNotes, file: String) {
        let path = try notesPath(path)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw OperationError(.notFound, "\(path) cannot be read", hint: "name the folder of a backup, or its .json file")
        }
        guard let notes = try? JSONDecoder().decode(BackupNotes.self, from: data), notes.format == 1,
            !notes.file.contains("/"), !notes.file.hasPrefix(".")
        else { throw OperationError(.invalid, "\(path) is not the notes of a backup", hint: "“keyfront backup” writes them") }
        return (notes, (path as NSString).deletingLastPathComponent + "/" + notes.file)
    }

    private static func notesPath(_ path: String) throws(OperationError) -> String {
        if path.hasSuffix(".json") { return path }
        // The names hold the time, so the last one is the newest.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard let newest = names.filter({ $0.hasPrefix("keyfront-") && $0.hasSuffix(".json") }).max() else {
            throw OperationError(.notFound, "there is no backup in \(path)", hint: "“keyfront backup \(path)” makes one")
        }
        return "\(path)/\(newest)"
    }

    /// What the file must be.
    func copy() throws(OperationError) -> DatabaseCopy {
        guard let digest = Hex.decode(sha256) else { throw OperationError(.invalid, "the notes' sha256 is not hexadecimal") }
        return DatabaseCopy(bytes: bytes, sha256: digest)
    }
}
