/// How one gateway signs and writes its notices. The order of the checks is not the scheme's business: `judge`
/// below runs them, the same for every gateway, and stops at the first that refuses.
///
/// A scheme is made from checked secrets only (an account without them does not exist), so step 1 of the order,
/// "configured?", is over before there is a scheme.
package protocol NoticeScheme: Sendable {
    /// The signature with what it covers, taken out of headers or parameters but not yet believed.
    associatedtype Envelope: Sendable
    /// The content, read after the signature was found good.
    associatedtype Message: Sendable

    /// The method of the route.
    static var method: String { get }
    /// Every method that is judged: `method`, and what some senders use in its place.
    static var methods: [String] { get }
    /// Headers that carry security: each may come once.
    static var securityHeaders: [String] { get }
    /// What to say when one of them comes twice.
    static var repeatedHeader: Refusal { get }
    static var success: NoticeReply { get }
    static var failure: NoticeReply { get }

    /// Takes the signature and its companions out. Throws when they are absent, broken or repeated.
    func envelope(of notice: RawNotice) throws(Refusal) -> Envelope
    /// Checks the signature over the raw bytes, in constant time, against every secret. Throws when none fits.
    func verify(_ envelope: Envelope, of notice: RawNotice) throws(Refusal)
    /// Checks a signed clock. Throws when it is outside the tolerance; schemes without one do nothing.
    func checkClock(_ envelope: Envelope, now: Int64) throws(Refusal)
    /// Reads (or decrypts) the content. Throws when it is not in the form it must have.
    func message(in envelope: Envelope, of notice: RawNotice) throws(Refusal) -> Message
    /// Checks that it is addressed to us: merchant, application, live or test. Throws when it is not.
    func checkAddressee(_ message: Message) throws(Refusal)
    /// What it says. Throws for a missing field or an amount that is not a strict number; a kind of message that
    /// we do not know is `ignored`, not an error.
    func fact(_ message: Message) throws(Refusal) -> Fact
}

extension NoticeScheme {
    package static var methods: [String] { [method] }

    /// Judges a notice: bounds, signature, freshness, addressee, form, meaning, in this order.
    package func judge(_ notice: RawNotice, now: Int64) -> Verdict {
        do throws(Refusal) {
            try checkBounds(notice)
            let envelope = try envelope(of: notice)
            try verify(envelope, of: notice)
            try checkClock(envelope, now: now)
            let message = try message(in: envelope, of: notice)
            try checkAddressee(message)
            return .accepted(try fact(message), success: Self.success)
        } catch {
            return .rejected(category: error.category, reason: error.reason, reply: Self.failure)
        }
    }

    /// Size, method, and one value for each header that carries security.
    private func checkBounds(_ notice: RawNotice) throws(Refusal) {
        guard Self.methods.contains(notice.method) else { throw Refusal(.format, "wrong_method") }
        guard notice.body.count <= RawNotice.bodyLimit else { throw Refusal(.format, "body_too_large") }
        var size = notice.path.utf8.count + (notice.query?.utf8.count ?? 0)
        for header in notice.headers { size += header.name.utf8.count + header.value.utf8.count }
        guard size <= RawNotice.headersLimit else { throw Refusal(.format, "headers_too_large") }
        for name in Self.securityHeaders where notice.values(of: name).count > 1 { throw Self.repeatedHeader }
    }
}
