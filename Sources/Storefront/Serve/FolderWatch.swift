import Dispatch
import Synchronization

/// Tells when a file of a shop has changed, by inotify(7), on a thread of its own.
///
/// Folders are watched, not files: an editor that writes aside and renames is seen like one that writes in place.
/// A call comes when nothing has happened for ``Scope/quiet``, and at the latest ``patience`` after the first event,
/// so that a file that is written without end does not keep it away.
///
/// No change is missed. New folders are watched before the call, and whoever is called reads the disk after it: what
/// was written into a folder before it was watched is on the disk by then. An overflow of the kernel's queue counts as
/// a change of everything. Where the kernel gives no (or not enough) watches, the files' times and sizes are compared
/// each second instead.
package final class FolderWatch: Sendable {
    /// What is watched.
    package struct Scope: Sendable {
        /// The shop's folder.
        package var folder: String
        /// Files directly in it.
        package var files: [String]
        /// Folders directly in it, watched with all that is in them; they need not exist yet.
        package var trees: [String]
        /// Folders elsewhere, watched with all that is in them.
        package var elsewhere: [String]
        /// How long nothing must happen before the call, in milliseconds.
        package var quiet: Int32

        package init(folder: String, files: [String], trees: [String], elsewhere: [String] = [], quiet: Int32 = 50) {
            self.folder = folder
            self.files = files
            self.trees = trees
            self.elsewhere = elsewhere
            self.quiet = quiet
        }
    }

    /// A call comes at the latest so long after the first event, in milliseconds.
    static let patience: Int64 = 1000

    /// Rung to end the thread; nil once it has been.
    private let bell: Mutex<Doorbell?>

    /// Watches from now on: every change after this returns leads to a call.
    ///
    /// - Parameter changed: called on the watch's own thread; changes while it runs lead to another call.
    /// - Throws: ``SiteError`` `file` when the process has no descriptors left.
    package init(_ scope: Scope, changed: @escaping @Sendable () -> Void) throws(SiteError) {
        guard let bell = Doorbell() else { throw Files.failure("cannot watch the shop", scope.folder) }
        self.bell = Mutex(bell)
        // Armed here, not on the thread: what changes after this line is not missed.
        let watches = Mutex(Watches(scope))
        DispatchQueue(label: "keyfront.watch", qos: .utility).async {
            watches.withLock { $0.run(until: bell.listening, changed) }
            bell.close()
        }
    }

    /// Ends the watch; a call under way is not waited for. May be called twice.
    package func stop() {
        bell.withLock { bell in
            bell?.ring()
            bell = nil
        }
    }

    deinit { stop() }
}
