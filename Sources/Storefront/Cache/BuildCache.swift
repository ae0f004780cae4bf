import Catalog
import Glibc

/// What a build knows of the one before: the sources as they were, and what each file of the site was made from.
///
/// Kept in the out folder as `.keyfront/cache`, mode 0600, replaced in one step. It is only ever a reason to do less: when it is
/// missing, damaged, of another program or another shop folder, everything is read and rendered. It holds nothing that the site
/// and its sources do not say.
struct BuildCache: Sendable {
    /// What a file of the site was made from.
    struct Made: Sendable {
        /// The digest of all that went into it.
        var key: UInt64
        /// The digest of what came out.
        var digest: UInt64
    }

    /// What was asked for, beside the sources: a build that is asked for the same, finds everything unchanged and falls into the same
    /// stretch of time has nothing to do.
    struct Question: Sendable, Equatable {
        /// Everything in the request that a page may show, and the program.
        var request: UInt64
        /// Of the theme's files and folders; 0 when one of them changed too shortly before.
        var theme: UInt64
        /// From `since` on, until `until` (nil: for ever), the same products are there.
        var since: Int64
        var until: Int64?
    }

    let question: Question
    let sources: ContentSources
    /// By the digest of the path.
    let made: [UInt64: Made]
    /// Of the manifest's bytes; with it the site's files are known as well.
    let manifest: UInt64

    private static let heading = Array("keyfront cache 1\n".utf8)

    /// Reads the cache at a path.
    ///
    /// - Parameter program: see ``Program``; a cache of another is not used.
    /// - Returns: nil when there is none that can be used.
    init?(path: String, program: UInt64) {
        guard Files.entry(path)?.kind == .file, let bytes = try? Files.read(path), bytes.starts(with: Self.heading) else { return nil }
        let body = bytes[Self.heading.count...]
        do throws(FactsReader.Damage) {
            var input = FactsReader(body)
            let checksum = try input.fixed()
            let content = try input.block()
            guard input.isAtEnd, content.withUnsafeBytes({ ContentHash.of($0) }) == checksum else { return nil }
            input = FactsReader(content)
            guard try input.fixed() == program else { return nil }
            question = Question(
                request: try input.fixed(), theme: try input.fixed(), since: Int64(bitPattern: try input.fixed()),
                until: try input.optional { input throws(FactsReader.Damage) in Int64(bitPattern: try input.fixed()) })
            manifest = try input.fixed()
            let count = Int(try input.number())
            var made: [UInt64: Made] = Dictionary(minimumCapacity: min(count, content.count / 24))
            for _ in 0..<count {
                let path = try input.fixed()
                made[path] = Made(key: try input.fixed(), digest: try input.fixed())
            }
            self.made = made
            sources = try ContentSources(from: &input)
            guard input.isAtEnd else { return nil }
        } catch {
            return nil
        }
    }

    init(question: Question, sources: ContentSources, offers: [Publication.Offer], manifest: UInt64) {
        self.question = question
        self.sources = sources
        self.manifest = manifest
        var made: [UInt64: Made] = Dictionary(minimumCapacity: offers.count)
        for offer in offers where offer.key != 0 {
            made[Self.place(offer.file.path)] = Made(key: offer.key, digest: offer.file.digest)
        }
        self.made = made
    }

    /// Writes the cache beside its place and moves it there. When that fails there is none, and the next build does everything.
    func write(to path: String, program: UInt64) {
        var content = FactsWriter()
        content.reserve(sources.products.count * 800 + made.count * 24 + 4096)
        content.write(fixed: program)
        content.write(fixed: question.request)
        content.write(fixed: question.theme)
        content.write(fixed: UInt64(bitPattern: question.since))
        content.write(question.until) { $0.write(fixed: UInt64(bitPattern: $1)) }
        content.write(fixed: manifest)
        content.write(UInt64(made.count))
        for (path, made) in made.sorted(by: { $0.key < $1.key }) {
            content.write(fixed: path)
            content.write(fixed: made.key)
            content.write(fixed: made.digest)
        }
        sources.write(to: &content)
        var file = FactsWriter()
        file.write(fixed: ContentHash.of(content.bytes))
        file.write(content.bytes[...])
        do throws(SiteError) {
            try Files.write(Self.heading + file.bytes, to: path + ".next", mode: 0o600)
            guard rename(path + ".next", path) == 0 else { throw Files.failure("cannot put the cache in place", path) }
        } catch {
            unlink(path + ".next")
            unlink(path)
        }
    }

    static func place(_ path: String) -> UInt64 {
        var path = path
        return path.withUTF8 { ContentHash.of(UnsafeRawBufferPointer($0)) }
    }
}
