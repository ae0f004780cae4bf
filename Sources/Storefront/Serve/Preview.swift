package import Catalog
import Glibc
import Synchronization

/// What a preview shows at the moment, and who waits for it to change.
///
/// Pages are given a script by the server that asks for ``generation`` and loads the page again when it is another.
/// Nothing of it is ever written to the site.
package final class Preview: Sendable {
    /// Names below it are the preview's own; no page of a site can have them, since slugs are `[a-z0-9-]`.
    static let folder = "__keyfront"

    /// What a request is answered from.
    struct Showing: Sendable {
        /// The published folder.
        var root: String
        /// The path of the shop's URL: empty, or `/shop`.
        var base: String
        /// Another number whenever pages should be loaded again; never that of an earlier run.
        var generation: UInt64
        /// Why there is no new site, as a page; nil when there is one.
        var problem: [UInt8]?
    }

    private let state: Mutex<Showing>
    private let waiting = Mutex<Set<Doorbell>>([])

    /// - Parameters:
    ///   - root: the published folder.
    ///   - now: unix seconds; numbers of this run begin there.
    package init(root: String, now: Int64) {
        state = Mutex(Showing(root: root, base: "", generation: UInt64(max(0, now)) << 20))
    }

    var showing: Showing { state.withLock { $0 } }

    /// The path of the home page: `/`, or `/shop/`.
    package var home: String { showing.base + "/" }

    /// The path of a shop's URL, as ``built(root:base:changed:)`` takes it.
    package static func base(of shop: Shop) -> String { Links(url: shop.url, languages: shop.languages).base }

    /// A build has succeeded.
    ///
    /// - Parameter changed: whether any file has; else open pages stay as they are (unless they showed a mistake).
    package func built(root: String, base: String, changed: Bool) {
        update { showing in
            let same = !changed && showing.problem == nil && showing.root == root && showing.base == base
            (showing.root, showing.base, showing.problem) = (root, base, nil)
            return !same
        }
    }

    /// A build has failed: pages give way to what is wrong, until the next build that succeeds.
    package func failed(_ error: any Error) {
        let page = ErrorPage.bytes(error)
        update { showing in
            guard showing.problem != page else { return false }
            showing.problem = page
            return true
        }
    }

    private func update(_ body: (inout Showing) -> Bool) {
        let changed = state.withLock { showing in
            guard body(&showing) else { return false }
            showing.generation += 1
            return true
        }
        guard changed else { return }
        waiting.withLock { for bell in $0 { bell.ring() } }
    }

    /// Sends the generation, and again whenever it changes (server-sent events, WHATWG HTML 9.2), until the connection ends.
    func stream(to send: ([UInt8]) -> Bool, connection: Int32) {
        guard let bell = Doorbell() else { return }
        waiting.withLock { _ = $0.insert(bell) }
        defer {
            waiting.withLock { _ = $0.remove(bell) }
            bell.close()
        }
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
        guard send(Array("\(head)retry: 500\n\n".utf8)) else { return }
        while send(Array("data: \(showing.generation)\n\n".utf8)) {
            var ports = [
                pollfd(fd: connection, events: Int16(POLLIN), revents: 0), pollfd(fd: bell.listening, events: Int16(POLLIN), revents: 0),
            ]
            // A browser sends nothing more on this connection: whatever can be read is its end.
            guard poll(&ports, 2, -1) > 0 || errno == EINTR, ports[0].revents == 0 else { return }
            bell.reset()
        }
    }

    /// `reload.js`: loads the page again when the generation is no longer the page's. A hidden page does not wait: a browser
    /// allows a host six connections.
    static let script = """
        (() => {
          const mine = document.currentScript.dataset.generation;
          let source;
          const listen = () => {
            source?.close();
            source = undefined;
            if (document.hidden) return;
            source = new EventSource("/\(folder)/events");
            source.onmessage = (event) => { if (event.data !== mine) location.reload(); };
          };
          document.addEventListener("visibilitychange", listen);
          addEventListener("pagehide", () => source?.close());
          addEventListener("pageshow", listen);
        })();

        """
}
