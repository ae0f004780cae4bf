import Synchronization

/// What a content unit looked at while it was read: its files, pictures and the targets of its links.
///
/// A unit need not be read again as long as none of this has changed.
final class SourceLog: Sendable {
    private struct State {
        var entries: [ContentSources.Source] = []
        var digester = Digester()
    }

    private let state = Mutex(State())
    /// Where the time goes, when somebody asks.
    let profile: Profile?

    init(_ profile: Profile? = nil) {
        self.profile = profile
    }

    /// Notes a path before it is looked at. Something that changes in between is then seen as changed by the next build.
    func note(_ path: String, in root: String) {
        let stamp = FileStamp(root + "/" + path)
        state.withLock { $0.entries.append(ContentSources.Source(path: path, stamp: stamp)) }
    }

    /// Notes what was seen there.
    func saw(_ digest: UInt64) {
        state.withLock { $0.digester.add(digest) }
    }

    /// Every path looked at, and the digest of all that was seen.
    var result: (entries: [ContentSources.Source], digest: UInt64) {
        state.withLock { ($0.entries, $0.digester.digest) }
    }

    /// The digest of all that was seen, and of the names under which it was.
    func digest(of content: ContentUnit) -> UInt64 {
        var digester = Digester()
        digester.add(result.digest)
        digester.add(content.slug)
        digester.add(content.path)
        for translation in content.translations {
            digester.add(translation.language)
            digester.add(translation.path)
        }
        return digester.digest
    }
}
