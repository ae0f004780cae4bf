// swift-tools-version: 6.2
import PackageDescription

/// The judges and the readers alone, built as a release is, for the runs that are too long for a suite: `make mutations` and `make fuzz`.
/// A package of its own, because libFuzzer needs every layer that it looks into compiled with its counters.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let isFuzzing = Context.environment["KEYFRONT_FUZZING"] != nil
let counters: [SwiftSetting] = strict + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library", "-enable-testing"])] : [])

func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: counters)
}

var targets: [Target] = [
    .systemLibrary(name: "CCmark", pkgConfig: "libcmark"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl"),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl"),
    layer("Catalog", ["CCmark", .product(name: "Yams", package: "Yams")]),
    layer("Templates"),
    layer("Cryptography", ["COpenSSL"]),
    layer("Transport", ["CCurl", "Cryptography"]),
    layer("Payments", ["Catalog", "Cryptography", "Transport"]),
]
let judges: [Target.Dependency] = ["Payments", "Catalog", "Cryptography", "Transport"]
if isFuzzing {
    targets.append(
        .executableTarget(
            name: "fuzz", dependencies: judges + ["Templates"], swiftSettings: counters,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
} else {
    targets.append(.executableTarget(name: "mutate", dependencies: judges, swiftSettings: strict))
}

let package = Package(
    name: "keyfront", platforms: [.macOS(.v15)], dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.0.0")],
    targets: targets)
