package import Catalog
import Fulfilment
import Logging
import ServiceLifecycle
import UnixSignals

/// A catalogue read anew, with what belongs to it.
package struct Reloaded: Sendable {
    package var catalogue: Catalogue
    package var setup: Setup

    package init(catalogue: Catalogue, setup: Setup) {
        self.catalogue = catalogue
        self.setup = setup
    }
}

/// Puts a new catalogue, theme and gateways in force, all or none: a broken one is refused, and the old serves on.
package struct Reloader: Sendable {
    let engine: Engine
    let state: ShopState
    let load: @Sendable () async throws -> Reloaded
    let logger: Logger

    /// Throws what is wrong with the new catalogue; nothing has changed then.
    package func reload(_ reason: String) async throws {
        do {
            let new = try await load()
            engine.reload(new.catalogue)
            state.replace(new.setup)
            logger.notice("catalogue read again", metadata: ["reason": "\(reason)", "products": "\(new.catalogue.products.count)"])
        } catch {
            logger.error("the new catalogue is refused, the old one serves on", metadata: ["reason": "\(reason)", "mistake": "\(error)"])
            throw error
        }
    }
}

/// Reads the catalogue again on SIGHUP.
struct ReloadOnSignal: Service {
    let reloader: Reloader

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown {
            for await _ in signals { try? await reloader.reload("SIGHUP") }
        }
    }
}
