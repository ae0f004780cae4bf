import Foundation

/// libFuzzer's entry points. KEYFRONT_FUZZ names the target; without it all of them get every input.
///
/// The package builder calls this executable's `main` `fuzz_main`, so libFuzzer's driver is started from here.
@_silgen_name("LLVMFuzzerRunDriver")
private func run(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private let target = ProcessInfo.processInfo.environment["KEYFRONT_FUZZ"] ?? "all"

@main
enum Entry {
    static func main() {
        guard target == "all" || Targets.names.contains(target) else {
            FileHandle.standardError.write(Data("KEYFRONT_FUZZ is none of: \(Targets.names.joined(separator: " "))\n".utf8))
            exit(2)
        }
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(
            run(&count, &arguments) { start, size in
                Targets.take(Array(UnsafeBufferPointer(start: start, count: size)), target)
                return 0
            })
    }
}
