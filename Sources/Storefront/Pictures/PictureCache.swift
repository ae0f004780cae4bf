import Cryptography
import Glibc
import Synchronization

/// What the picture tool has made, kept by what it was made of, so that a picture is converted once.
///
/// Lies in the shop folder as `.cache/pictures/`. A file's name is the SHA-256 of the source and of how it was to be made;
/// nothing in it is ever changed, and all of it may be deleted at any time.
struct PictureCache: Sendable {
    let folder: String
    let tool: PictureTool
    private static let count = Atomic<Int>(0)

    init(shopFolder: String, tool: PictureTool) {
        folder = shopFolder + "/.cache/pictures"
        self.tool = tool
    }

    /// The name of what is made of a source in this way: 64 hexadecimal digits.
    static func key(_ source: [UInt8], recipe: String) -> String {
        Hex.encode(Digest.sha256(Digest.sha256(source) + Array(recipe.utf8)))
    }

    /// A converted picture, made if it is not there yet. Different threads may ask for the same one.
    ///
    /// - Parameters:
    ///   - source: the picture's bytes, and the ending that tells the tool what they are: `jpg`, `svg`.
    ///   - ending: of what is made: `webp`.
    /// - Throws: ``SiteError`` `picture` when the tool fails, `file` when the folder can not be written.
    func converted(
        _ source: [UInt8], _ sourceEnding: String, size: String, options: String, ending: String
    ) throws(SiteError) -> [UInt8] {
        let key = Self.key(source, recipe: "\(sourceEnding) \(size) \(options) \(ending)")
        let kept = "\(folder)/\(key).\(ending)"
        if let entry = Files.entry(kept), entry.kind == .file, entry.size > 0 { return try Files.read(kept) }
        try Files.makeFolders(folder)
        // Two builds, or two products with one picture, may make it at once: each in files of its own, and the last rename wins.
        let own = "\(folder)/.\(key.prefix(16)).\(getpid()).\(Self.count.add(1, ordering: .relaxed).newValue)"
        let input = "\(own).in.\(sourceEnding)"
        let output = "\(own).out.\(ending)"
        defer {
            unlink(input)
            unlink(output)
        }
        try Files.write(source, to: input)
        try tool.write(input, size: size, to: output, options: options, hasProfile: PictureFormat.hasProfile(source))
        var bytes = try Files.read(output)
        if ending == "webp" {
            bytes = WebP.withoutMetadata(bytes)
            try Files.write(bytes, to: output)
        }
        guard rename(output, kept) == 0 else { throw Files.failure("cannot keep the picture", kept) }
        return bytes
    }
}
