import Foundation
import Glibc

/// `vipsthumbnail` of libvips: scales pictures, writes them as WebP and AVIF, and draws SVG. An own program, so that a
/// broken picture can not take the build down with it.
///
/// Its options are those of libvips 8.10 and newer (`vipsthumbnail --help`; `strip` leaves out EXIF, XMP and profiles).
package struct PictureTool: Sendable, Hashable {
    /// The program's path, or nil: pictures are then published as they are.
    package let path: String?

    /// - Parameter path: an executable; nil or one that is not there: no tool.
    package init(path: String?) {
        self.path = path.flatMap { access($0, X_OK) == 0 ? $0 : nil }
    }

    package static let none = PictureTool(path: nil)

    /// The tool as a shell would find it.
    package static func found() -> PictureTool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        return PictureTool(path: folders.map { "\($0)/vipsthumbnail" }.first { access($0, X_OK) == 0 })
    }

    /// Longer than any picture takes that can be read at all.
    private static let seconds = 120

    /// Writes one picture as another file, upright and without metadata. Blocks until it is there.
    ///
    /// - Parameters:
    ///   - size: as `--size` takes it: `640x>`, `1200x630`; with `>` never larger than the source.
    ///   - options: of the format, without `strip`: `Q=80`.
    ///   - hasProfile: whether the source says what its colours are; they are then turned into sRGB. Without it they are sRGB as they
    ///     stand, and the tool must not guess.
    /// - Throws: ``SiteError`` `picture`. What the tool says beside it is a number of warnings, and dropped.
    func write(_ source: String, size: String, to target: String, options: String, hasProfile: Bool) throws(SiteError) {
        guard let path else { throw SiteError(.picture, "vipsthumbnail is not installed") }
        var arguments = [path, source, "--size", size]
        if hasProfile { arguments += ["--eprofile", "srgb"] }
        arguments += ["-o", "\(target)[\(options.isEmpty ? "" : options + ",")strip]"]
        let status = try Self.run(arguments)
        guard status == 0, let entry = Files.entry(target), entry.kind == .file, entry.size > 0 else {
            throw SiteError(
                .picture, "vipsthumbnail can not convert it", hint: "open it in a picture editor and save it again", path: source)
        }
    }

    /// Runs a program without a shell or a word; its status, or -1 when it had to be ended.
    private static func run(_ arguments: [String]) throws(SiteError) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // Each picture has a thread of the build; the tool's own would only compete with them.
        let home = ProcessInfo.processInfo.environment["HOME"] ?? "/"
        let environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "VIPS_CONCURRENCY=1", "VIPS_WARNING=0", "HOME=\(home)"]
        var process: pid_t = 0
        let error = withArray(arguments) { words in
            withArray(environment) { values in posix_spawn(&process, arguments[0], &actions, nil, words, values) }
        }
        guard error == 0 else {
            throw SiteError(.picture, "vipsthumbnail does not start: \(String(cString: strerror(error)))", path: arguments[0])
        }
        var status: Int32 = 0
        var waited = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { return status & 0x7F == 0 ? status >> 8 & 0xFF : -1 }
            if ended < 0, errno != EINTR { return -1 }
            if waited > seconds * 500 { kill(process, SIGKILL) }
            waited += 1
            usleep(2_000)
        }
    }

    /// A list of C strings that ends with nil, for as long as the body runs.
    private static func withArray(_ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32) -> Int32 {
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        return body(&pointers)
    }
}
