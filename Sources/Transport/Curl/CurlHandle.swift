import CCurl

/// One libcurl easy handle. It belongs to the thread that made it and is not `Sendable`; its connection cache lives as long as it does.
final class CurlHandle {
    private let handle: EasyHandle
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    /// Nil when libcurl has no memory for one.
    init?() {
        guard CurlLibrary.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        reset()
    }

    deinit {
        curl_easy_cleanup(handle)
        freeLists()
    }

    /// Back to our defaults; live connections, DNS and TLS session caches are kept (`curl_easy_reset(3)`).
    func reset() {
        curl_easy_reset(handle)
        freeLists()
        // Without it libcurl uses signals for name look-up time-outs, which threads must not (libcurl-thread(3)).
        set(CURLOPT_NOSIGNAL, 1)
        // An empty proxy switches off `http_proxy` and its like: where money and keys go is for the settings alone.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_NETRC, 0)
        set(CURLOPT_TCP_NODELAY, 1)
    }

    func set(_ option: CURLoption, _ value: Int) {
        _ = keyfront_curl_set_long(handle, option, value)
    }

    func setSize(_ option: CURLoption, _ value: Int) {
        _ = keyfront_curl_set_size(handle, option, curl_off_t(value))
    }

    /// libcurl copies the text.
    func set(_ option: CURLoption, _ value: String) {
        _ = keyfront_curl_set_text(handle, option, value)
    }

    /// libcurl copies the bytes, so that it can send them again over a fresh connection when a kept one turns out dead.
    func setBody(_ bytes: [UInt8]) {
        setSize(CURLOPT_POSTFIELDSIZE_LARGE, bytes.count)
        _ = bytes.withUnsafeBytes { keyfront_curl_set_body(handle, $0.baseAddress) }
    }

    /// libcurl does not copy a list: it is kept until `reset`.
    func setList(_ option: CURLoption, _ lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else { break }
            list = longer
        }
        guard let list else { return }
        lists.append(list)
        _ = keyfront_curl_set_list(handle, option, list)
    }

    /// Runs the transfer to its end on this thread, with `state` behind libcurl's callbacks.
    func perform(_ state: CurlTransferState) -> CURLcode {
        withExtendedLifetime(state) {
            let pointer = Unmanaged.passUnretained(state).toOpaque()
            _ = keyfront_curl_set_transfer(handle, CURLOPT_READFUNCTION, curlRead)
            _ = keyfront_curl_set_pointer(handle, CURLOPT_READDATA, pointer)
            _ = keyfront_curl_set_transfer(handle, CURLOPT_WRITEFUNCTION, curlWrite)
            _ = keyfront_curl_set_pointer(handle, CURLOPT_WRITEDATA, pointer)
            _ = keyfront_curl_set_transfer(handle, CURLOPT_HEADERFUNCTION, curlHeader)
            _ = keyfront_curl_set_pointer(handle, CURLOPT_HEADERDATA, pointer)
            _ = keyfront_curl_set_progress(handle, curlProgress)
            _ = keyfront_curl_set_pointer(handle, CURLOPT_XFERINFODATA, pointer)
            set(CURLOPT_NOPROGRESS, 0)
            return curl_easy_perform(handle)
        }
    }

    /// The last reply code of the peer, 0 for none. For SMTP this alone tells 4xx from 5xx.
    var responseCode: Int { information(CURLINFO_RESPONSE_CODE) }

    /// Whether the last transfer went over a connection that was already open.
    var reusedConnection: Bool { information(CURLINFO_NUM_CONNECTS) == 0 }

    private func information(_ which: CURLINFO) -> Int {
        var value = 0
        return keyfront_curl_get_long(handle, which, &value) == CURLE_OK ? value : 0
    }

    private func freeLists() {
        lists.forEach { curl_slist_free_all($0) }
        lists = []
    }
}

/// `CURL *` is `void *` in libcurl's headers.
private typealias EasyHandle = UnsafeMutableRawPointer

/// libcurl's process-wide start, once, before any handle (`curl_global_init(3)`; thread-safe since 7.84).
private enum CurlLibrary {
    static let isReady = keyfront_curl_global_init() == CURLE_OK
}
