#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The computer's clock, for gateways that want to know when we call.
package enum SystemClock {
    /// Unix seconds.
    @Sendable package static func now() -> Int64 { Int64(time(nil)) }
}
