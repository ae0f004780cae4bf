import Logging
import Synchronization
import Testing

@testable import WebhookServer

@Suite("Forms, addresses, limits, log lines")
struct PieceTests {
    @Test("A form is decoded from its bytes")
    func form() throws {
        let form = try FormFields("a=1+2&b=%E4%BD%A0%2B&c&d=x=y&&e=".utf8)
        #expect(form["a"] == "1 2")
        #expect(form["b"] == "你+")
        #expect(form["c"] == "" && form["e"] == "")
        #expect(form["d"] == "x=y")
        #expect(form["f"] == nil)
    }

    @Test(
        "What two readers might read differently is refused",
        arguments: [
            "a=1&a=2", "a=1&%61=2", "a=%", "a=%4", "a=%g0", "a=%C3", "a=%00", "a=%0A", "a=%7F",
        ])
    func refusedForms(_ text: String) {
        #expect(throws: Problem.self) { try FormFields(text.utf8) }
    }

    @Test("Names that are merely canonically equal stay two fields")
    func canonicalNames() throws {
        let form = try FormFields("%C3%A9=1&e%CC%81=2".utf8)
        #expect(form["\u{E9}"] == "1")
        #expect(form["e\u{301}"] == "2")
    }

    @Test("A form has at most so many fields")
    func manyFields() throws {
        _ = try FormFields((0..<FormFields.limit).map { "f\($0)=1" }.joined(separator: "&").utf8)
        #expect(throws: Problem.self) { try FormFields((0...FormFields.limit).map { "f\($0)=1" }.joined(separator: "&").utf8) }
    }

    @Test(
        "Addresses are read strictly",
        arguments: [
            ("127.0.0.1", [127, 0, 0, 1]), ("::1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
            ("2001:DB8::8", [0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8]), ("::ffff:192.0.2.1", [192, 0, 2, 1]),
            ("1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]), ("::", [UInt8](repeating: 0, count: 16)),
            ("1::", [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ] as [(String, [UInt8])])
    func addresses(_ text: String, _ bytes: [UInt8]) {
        #expect(NetworkAddress(text)?.bytes == bytes)
    }

    @Test(
        "What is no address is none",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.-4", "1.2.3.4:80", "[::1]", ":::", "1::2::3", "::1%lo",
            "12345::",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":1:2:3:4:5:6:7", "::-0", "::+1", "localhost", "１.2.3.4",
        ])
    func noAddresses(_ text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test("Only a listed proxy is believed, and only for the address it wrote itself")
    func proxies() throws {
        let proxies = TrustedProxies(["10.0.0.0/8", "::1", "nonsense"])
        func client(_ peer: String, _ forwarded: String...) throws -> NetworkAddress {
            proxies.client(peer: try #require(NetworkAddress(peer)), forwardedFor: forwarded)
        }
        func address(_ text: String) -> NetworkAddress? { NetworkAddress(text) }
        #expect(try client("192.0.2.7", "198.51.100.1") == address("192.0.2.7"))
        #expect(try client("10.1.2.3", "198.51.100.1") == address("198.51.100.1"))
        #expect(try client("10.1.2.3", "203.0.113.9, 198.51.100.1") == address("198.51.100.1"))
        #expect(try client("10.1.2.3", "203.0.113.9", "198.51.100.1, 10.9.9.9") == address("198.51.100.1"))
        #expect(try client("10.1.2.3", "evil, 198.51.100.1") == address("198.51.100.1"))
        #expect(try client("10.1.2.3", "198.51.100.1, evil") == address("10.1.2.3"))
        #expect(try client("10.1.2.3") == address("10.1.2.3"))
        #expect(try client("::1", "2001:db8::5") == address("2001:db8::5"))
        #expect(Network("10.0.0.0/33") == nil && Network("10.0.0.0/-1") == nil && Network("10.0.0.0/8/8") == nil)
        #expect(try #require(Network("192.0.2.128/25")).contains(try #require(NetworkAddress("192.0.2.129"))))
        #expect(try !#require(Network("192.0.2.128/25")).contains(try #require(NetworkAddress("192.0.2.127"))))
        #expect(try #require(Network("0.0.0.0/0")).contains(try #require(NetworkAddress("192.0.2.127"))))
    }

    @Test("A bell wakes its sleeper at once, keeps one ring for later, and else lets it sleep its time")
    func bell() async {
        let bell = Bell()
        bell.ring()
        bell.ring()
        await bell.wait(atMost: .seconds(600))
        await bell.wait(atMost: .milliseconds(50))
        let woken = LogLines()
        let sleeping = Task {
            await bell.wait(atMost: .seconds(600))
            woken.add(Array("awake".utf8))
        }
        try? await Task.sleep(for: .milliseconds(100))
        #expect(woken.text.isEmpty)
        let ringing = Task {
            while !Task.isCancelled {
                bell.ring()
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        await sleeping.value
        ringing.cancel()
    }

    @Test("A bucket empties, fills with time, and forgets nobody it holds back")
    func buckets() {
        let time = Mutex<Int64>(0)
        let limiter = RateLimiter(perMinute: 2, capacity: 10) { time.withLock { $0 } }
        #expect(limiter.admits([1]) && limiter.admits([1]) && !limiter.admits([1]))
        for other in 2..<60 as Range<UInt8> { #expect(limiter.admits([other])) }
        #expect(!limiter.admits([1]))
        time.withLock { $0 += 30_000 }
        #expect(limiter.admits([1]) && !limiter.admits([1]))
        let unlimited = RateLimiter(perMinute: 0) { 0 }
        for _ in 0..<1000 { #expect(unlimited.admits([1])) }
    }

    @Test("A log line is one line, whatever is put into it")
    func logLines() {
        func line(_ form: LineLogHandler.Form) -> String {
            let lines = LogLines()
            let logger = Logger(label: "t") { _ in LineLogHandler(form: form, now: { 1_795_264_205 }, write: { lines.add($0) }) }
            logger.notice("a\nb", metadata: ["z": "1\r\n2", "k": "x y", "q": "\"\\", "plain": "ord_1"])
            logger.debug("not written")
            return lines.text
        }
        #expect(
            line(.text) == "2026-11-21T12:30:05Z notice a\\u000ab k=\"x y\" plain=ord_1 q=\"\\\"\\\\\" z=\"1\\u000d\\u000a2\"\n")
        #expect(
            line(.json)
                == #"{"time":"2026-11-21T12:30:05Z","level":"notice","message":"a\u000ab","k":"x y","plain":"ord_1","q":"\"\\","z":"1\u000d\u000a2"}"#
                + "\n")
    }

    @Test(
        "JSON or a page, by what is asked for",
        arguments: [
            ("application/json", true), ("text/html,application/json", false), ("application/json, text/html", true), ("*/*", false),
            ("text/html;q=0.9", false), ("APPLICATION/JSON;q=1", true), ("", false),
        ])
    func accepts(_ accept: String, _ wantsJSON: Bool) {
        #expect(Inbound(method: "GET", path: "/", headers: [("accept", accept)]).wantsJSON == wantsJSON)
    }

    @Test("A problem document has a stable type and tells nothing of what was sent")
    func problems() {
        let reply = Problem(.soldOut, "no").document
        #expect(
            String(decoding: reply.body, as: UTF8.self)
                == #"{"type":"urn:keyfront:problem:sold_out","title":"Sold out","status":409,"detail":"no"}"# + "\n")
        #expect(Set(Problem.Code.allCases.map { Problem($0, "").status }).isSubset(of: Set(400...503)))
    }
}
