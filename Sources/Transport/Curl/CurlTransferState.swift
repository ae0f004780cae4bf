import CCurl

/// What libcurl's callbacks read from and write to during one transfer. Touched by one thread only.
final class CurlTransferState {
    private let upload: [UInt8]
    private let maximumBody: Int
    private let cancellation: Cancellation
    private var sent = 0
    private var headerBytes = 0
    private(set) var received: [UInt8] = []
    private(set) var headers: [HTTPField] = []
    private(set) var isTooLarge = false

    /// Bytes of headers accepted from a peer.
    private static let maximumHeaders = 64 * 1024

    init(upload: [UInt8], maximumBody: Int, cancellation: Cancellation) {
        self.upload = upload
        self.maximumBody = maximumBody
        self.cancellation = cancellation
    }

    /// Whether the peer asked for the first byte of the body.
    var uploadStarted: Bool { sent > 0 }
    var isCancelled: Bool { cancellation.isCancelled }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, upload.count - sent)
        upload.withUnsafeBytes { bytes in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[sent..<sent + count]))
        }
        sent += count
        return count
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard received.count + bytes.count <= maximumBody else {
            isTooLarge = true
            return false
        }
        received.append(contentsOf: bytes)
        return true
    }

    func header(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= Self.maximumHeaders else {
            isTooLarge = true
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        // A status line starts a new answer: after `100 Continue` comes the real one.
        if line.utf8.starts(with: "HTTP/".utf8) {
            headers = []
        } else if let colon = line.firstIndex(of: ":") {
            headers.append(HTTPField(trimmed(line[..<colon]), trimmed(line[line.index(after: colon)...])))
        }
        return true
    }

    private func trimmed(_ text: Substring) -> String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" }
        let scalars = text.unicodeScalars.drop(while: isSpace)
        let kept = scalars.reversed().drop(while: isSpace)
        return String(String.UnicodeScalarView(kept.reversed()))
    }
}

// The callbacks libcurl is given. Their last argument is the `CurlTransferState` that `CurlHandle.perform` keeps alive.

private func state(_ pointer: UnsafeMutableRawPointer?) -> CurlTransferState? {
    pointer.map { Unmanaged<CurlTransferState>.fromOpaque($0).takeUnretainedValue() }
}

let curlRead: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = { buffer, size, count, pointer in
    guard let state = state(pointer) else { return keyfront_curl_abort_read() }
    return state.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

/// A count other than the one given makes libcurl end the transfer with CURLE_WRITE_ERROR.
let curlWrite: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = { buffer, size, count, pointer in
    guard let state = state(pointer) else { return 0 }
    return state.write(UnsafeRawBufferPointer(start: buffer, count: size * count)) ? size * count : 0
}

let curlHeader: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = { buffer, size, count, pointer in
    guard let state = state(pointer) else { return 0 }
    return state.header(UnsafeRawBufferPointer(start: buffer, count: size * count)) ? size * count : 0
}

let curlProgress: @convention(c) (UnsafeMutableRawPointer?, curl_off_t, curl_off_t, curl_off_t, curl_off_t) -> Int32 = {
    pointer, _, _, _, _ in
    state(pointer)?.isCancelled == false ? 0 : 1
}
