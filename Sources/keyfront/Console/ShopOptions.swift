import ArgumentParser
import Foundation
import Storefront

/// The options every command takes.
struct ShopOptions: ParsableArguments {
    @Option(name: .customLong("shop"), help: "The shop's folder, the one that holds shop.yaml.")
    var folder = "."

    @Flag(help: "Print the result as JSON.")
    var json = false

    /// The default theme that comes with the program, below the shop's own files.
    static var themes: [String] { ShippedFiles.themes(share: ProcessInfo.processInfo.environment["KEYFRONT_SHARE"]) }

    /// The shop's folder as an absolute path.
    var absoluteFolder: String {
        URL(fileURLWithPath: folder).standardizedFileURL.path
    }
}

/// A moment given on the command line: Unix seconds, or an ISO 8601 date-time with an offset (`2026-11-21T00:00:00Z`).
struct Moment: ExpressibleByArgument {
    /// Unix seconds.
    let seconds: Int64

    init?(argument: String) {
        if let seconds = Int64(argument) {
            self.seconds = seconds
        } else if let date = try? Date(argument, strategy: .iso8601) {
            seconds = Int64(date.timeIntervalSince1970)
        } else {
            return nil
        }
    }

    /// The machine's clock, in Unix seconds.
    static var current: Int64 { Int64(Date().timeIntervalSince1970) }
}
