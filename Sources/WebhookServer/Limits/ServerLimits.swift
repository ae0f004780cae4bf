/// How much one request, one connection and one visitor may take. Amounts in bytes and seconds.
package struct ServerLimits: Sendable {
    /// Of a form or a JSON checkout.
    package var formBody = 16 * 1024
    /// Of a notice.
    package var noticeBody = 1 << 20
    package var headerBytes = 64 * 1024
    package var headerCount = 100
    /// Without a whole header, or between two requests, after so many seconds a connection is closed.
    package var idleSeconds = 15
    /// From the end of the header to the end of the body.
    package var bodySeconds = 15
    /// From the end of the header to the answer, whatever happens: then the connection is closed. Work that has begun goes on.
    package var requestSeconds = 40
    /// A peer that takes no byte of an answer for so long is let go.
    package var stalledSeconds = 20
    package var connections = 4096
    /// From one address (IPv6: /64). A listed proxy is not counted.
    package var connectionsPerAddress = 256
    /// Look-ups by mail address and tries of links that open nothing, per minute and address.
    package var guessesPerMinute = 30

    package init() {}
}
