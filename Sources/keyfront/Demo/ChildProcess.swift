import Foundation

/// A program of ours run as a person would run it.
enum ChildProcess {
    /// Runs to the end and gives what it printed to standard output.
    ///
    /// - Throws: ``DemoError`` with what it printed to standard error, when it did not exit with 0.
    static func run(_ program: String, _ arguments: [String], input: String? = nil) throws(DemoError) -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let output = Pipe()
        let errors = Pipe()
        let source = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = source
        do {
            try process.run()
        } catch {
            throw DemoError("\(program) cannot be started: \(error.localizedDescription)", hint: "build it with: make build")
        }
        let feeder = source.fileHandleForWriting
        if let input { try? feeder.write(contentsOf: Data(input.utf8)) }
        try? feeder.close()
        let printed = drained(output)
        let complaint = drained(errors)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let words = arguments.prefix { !$0.hasPrefix("-") }.joined(separator: " ")
            throw DemoError("keyfront \(words) ended with \(process.terminationStatus):\n" + String(decoding: complaint, as: UTF8.self))
        }
        return String(decoding: printed, as: UTF8.self)
    }

    /// All that comes through a pipe. Unlike `FileHandle`, it takes an interrupted call for what it is.
    private static func drained(_ pipe: Pipe) -> Data {
        var data = Data()
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(pipe.fileHandleForReading.fileDescriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return data }
            data.append(contentsOf: chunk[..<count])
        }
    }

    /// Starts a program that stays up, its standard error written to `log`.
    static func start(_ program: String, _ arguments: [String], log: String) throws(DemoError) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = FileHandle(forWritingAtPath: log)
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = output ?? FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw DemoError("\(program) cannot be started: \(error.localizedDescription)", hint: "build it with: make build")
        }
        return process
    }
}
