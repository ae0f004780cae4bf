import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// What Hummingbird knows of a connection.
struct ConnectionContext: InitializableFromSource, Sendable {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }
}

/// Between Hummingbird and our routes: collects a request within its limits, and writes the answer.
struct Responder: HTTPResponder {
    typealias Context = ConnectionContext

    let routes: Routes
    let limits: ServerLimits
    let proxies: TrustedProxies

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let deadline = Deadline(seconds: limits.requestSeconds, closing: context.channel)
        defer { deadline.cancel() }
        let reply: Reply
        do throws(Problem) {
            var inbound = try head(of: request, peer: context.channel.remoteAddress)
            do throws(Problem) {
                inbound.body = try await body(of: request, inbound, channel: context.channel)
                reply = await routes.reply(to: inbound)
            } catch {
                var refusal = routes.refusal(error, inbound)
                refusal.closes = true
                reply = refusal
            }
        } catch {
            var refusal = error.document
            refusal.closes = true
            reply = refusal
        }
        return response(reply.secured(), isHead: request.method == .head, channel: context.channel)
    }

    private func head(of request: Request, peer: SocketAddress?) throws(Problem) -> Inbound {
        guard let target = request.head.path, target.utf8.first == UInt8(ascii: "/") else {
            throw Problem(.badRequest, "the request is not for a path")
        }
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        var inbound = Inbound(
            method: request.method.rawValue, path: String(target[..<(mark ?? target.endIndex)]),
            query: mark.map { String(target[target.index(after: $0)...]) })
        inbound.headers = request.headers.map { ($0.name.rawName, $0.value) }
        if let address = peer?.ipAddress.flatMap(NetworkAddress.init) {
            inbound.client = proxies.client(peer: address, forwardedFor: inbound.values(of: "X-Forwarded-For"))
            inbound.isRelayedByStranger =
                !proxies.contains(address) && ["X-Forwarded-For", "Forwarded"].contains { !inbound.values(of: $0).isEmpty }
        }
        return inbound
    }

    private func body(of request: Request, _ inbound: Inbound, channel: any Channel) async throws(Problem) -> [UInt8] {
        let limit = routes.bodyLimit(inbound)
        let tooLarge = Problem(.tooLarge, "the body is longer than \(limit) bytes")
        if let length = request.headers[.contentLength], Int(length) ?? .max > limit { throw tooLarge }
        let deadline = Deadline(seconds: limits.bodySeconds, closing: channel)
        defer { deadline.cancel() }
        var bytes: [UInt8] = []
        do {
            for try await part in request.body {
                guard bytes.count + part.readableBytes <= limit else { throw tooLarge }
                bytes.append(contentsOf: part.readableBytesView)
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.requestTimeout, "the request did not arrive whole")
        }
        return bytes
    }

    private func response(_ reply: Reply, isHead: Bool, channel: any Channel) -> Response {
        var fields = HTTPFields()
        fields.reserveCapacity(reply.headers.count + 1)
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let status = HTTPResponse.Status(code: reply.status)
        let buffer = ByteBuffer(bytes: reply.body)
        guard reply.closes else {
            if isHead { fields[.contentLength] = String(reply.body.count) }
            return Response(status: status, headers: fields, body: isHead ? ResponseBody() : ResponseBody(byteBuffer: buffer))
        }
        // The rest of this request is not read, so nothing can follow on this connection. The pause lets the answer arrive
        // before the peer, still sending, is reset.
        fields[.connection] = "close"
        return Response(
            status: status, headers: fields,
            body: ResponseBody(contentLength: buffer.readableBytes) { writer in
                try await writer.write(buffer)
                try await writer.finish(nil)
                _ = Deadline(seconds: 1, closing: channel)
            })
    }
}
