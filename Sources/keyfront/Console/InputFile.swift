import Foundation

/// What a command reads: a file, or standard input for `-`.
enum InputFile {
    /// All bytes of it.
    ///
    /// - Throws: ``InputFileError`` when it cannot be read.
    static func read(_ name: String) throws(InputFileError) -> [UInt8] {
        do {
            let handle = name == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: name))
            return [UInt8](try handle.readToEnd() ?? Data())
        } catch {
            throw InputFileError(name: name == "-" ? "standard input" : name, reason: error)
        }
    }
}

/// A file that could not be read.
struct InputFileError: Error, CustomStringConvertible {
    let name: String
    let reason: any Error

    var description: String { "\(name) cannot be read: \(reason.localizedDescription)" }
}
