import Catalog
package import Payments
import Synchronization

/// What a reload replaces as one: who may be paid through, and what pages look like. The catalogue lies in the engine.
package struct Setup: Sendable {
    package var gateways: GatewaySet
    package var face: Face

    package init(gateways: GatewaySet, face: Face) {
        self.gateways = gateways
        self.face = face
    }
}

/// The setup in force. A request takes it once, so that it sees one setup from its beginning to its end.
final class ShopState: Sendable {
    private let setup: Mutex<Setup>

    init(_ setup: Setup) { self.setup = Mutex(setup) }

    var current: Setup { setup.withLock { $0 } }
    func replace(_ new: Setup) { setup.withLock { $0 = new } }
}
