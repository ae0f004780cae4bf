import Hummingbird
import NIOCore
import Synchronization

/// How many connections are open, in all and from each address.
final class ConnectionGate: Sendable {
    private struct State {
        var total = 0
        var perAddress: [[UInt8]: Int] = [:]
        var refused = 0
    }

    private let state = Mutex(State())
    private let total: Int
    private let perAddress: Int
    private let proxies: TrustedProxies

    init(total: Int, perAddress: Int, proxies: TrustedProxies) {
        self.total = total
        self.perAddress = perAddress
        self.proxies = proxies
    }

    var open: Int { state.withLock { $0.total } }
    var refused: Int { state.withLock { $0.refused } }

    /// Counts a connection in; false when there are enough. Each true is followed by one `leave`.
    func enter(_ address: NetworkAddress?) -> Bool {
        state.withLock { state in
            guard state.total < total else {
                state.refused += 1
                return false
            }
            if let key = key(address) {
                guard state.perAddress[key, default: 0] < perAddress else {
                    state.refused += 1
                    return false
                }
                state.perAddress[key, default: 0] += 1
            }
            state.total += 1
            return true
        }
    }

    func leave(_ address: NetworkAddress?) {
        state.withLock { state in
            state.total -= 1
            guard let key = key(address), let count = state.perAddress[key] else { return }
            state.perAddress[key] = count > 1 ? count - 1 : nil
        }
    }

    /// What an address is counted by; nil for a listed proxy, through which many come.
    private func key(_ address: NetworkAddress?) -> [UInt8]? {
        guard let address, !proxies.contains(address) else { return nil }
        return address.limitKey
    }
}

/// Stands in every connection's pipeline: closes one that is too many, and one whose peer takes nothing of an answer.
///
/// It looks at no data, so it works at any place of the pipeline. All methods run on the connection's event loop.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias OutboundIn = NIOAny

    private let gate: ConnectionGate
    private let stalled: TimeAmount
    private var address: NetworkAddress?
    private var isCounted = false
    private var timer: Scheduled<Void>?

    init(gate: ConnectionGate, stalledSeconds: Int) {
        self.gate = gate
        stalled = .seconds(Int64(stalledSeconds))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { count(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        count(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        if isCounted { gate.leave(address) }
        isCounted = false
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        if !context.channel.isWritable {
            let channel = context.channel
            timer = context.eventLoop.scheduleTask(in: stalled) { channel.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }

    private func count(_ context: ChannelHandlerContext) {
        guard !isCounted else { return }
        address = context.remoteAddress?.ipAddress.flatMap(NetworkAddress.init)
        isCounted = gate.enter(address)
        if !isCounted { context.close(promise: nil) }
    }
}
