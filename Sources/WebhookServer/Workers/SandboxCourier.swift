import Fulfilment
import Logging
import Payments
import Transport

/// Carries the sandbox's notices to our own notify address, over HTTP, and repeats them as a gateway does.
struct SandboxCourier: Sendable {
    let http: HTTPClient
    let clock: Clock
    let logger: Logger

    /// Seconds between the tries after the first.
    private static let pauses: [Int64] = [1, 2, 5, 10, 30, 60, 120, 300]

    /// Sends a notice. Returns after the first try; the others go on by themselves until one succeeds.
    func send(_ event: SandboxNotices.Event, of payment: SandboxPayment, from sandbox: SandboxGateway) async {
        if await attempt(event, payment, sandbox) { return }
        Task {
            for pause in Self.pauses {
                try? await Task.sleep(for: .seconds(pause))
                if await attempt(event, payment, sandbox) { return }
            }
            logger.warning("the sandbox gave up on a notice", metadata: ["order": "\(payment.order)"])
        }
    }

    /// One try: signed anew, because its time is part of what is signed.
    private func attempt(_ event: SandboxNotices.Event, _ payment: SandboxPayment, _ sandbox: SandboxGateway) async -> Bool {
        let notice = sandbox.notice(event, of: payment, now: clock.now())
        let headers = notice.headers.map { HTTPField($0.name, $0.value) }
        let response = try? await http.request(
            method: sandbox.noticeMethod, url: notice.url, headers: headers, body: notice.body, timeout: 10, maximumBody: 64 * 1024)
        return (200...299).contains(response?.status ?? 0)
    }
}
