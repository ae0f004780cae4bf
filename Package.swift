// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is built with the same strictness: a warning is an error, imports are
/// internal unless said otherwise, and a member is visible only where its module is imported.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "keyfront",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "keyfront", targets: ["keyfront"]),
        .executable(name: "keyfront-webhook", targets: ["keyfront-webhook"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Layer 0: C libraries. One umbrella header each; one Swift folder imports it.
        .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),

        // Layer 1: one subject each, none knows another but where it is said here.
        layer("Templates"),
        layer("Catalog", ["CCmark", .product(name: "Yams", package: "Yams")]),
        layer("Cryptography", ["COpenSSL"]),
        layer(
            "Database",
            [
                "CPostgreSQL", "Cryptography", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        layer("Transport", ["CCurl", "Cryptography"]),

        // Layer 2: the rules of selling. Payments says what a notice means; Fulfilment acts on it.
        layer("Payments", ["Catalog", "Cryptography", "Transport"]),
        layer("Fulfilment", ["Catalog", "Cryptography", "Database", "Payments"]),

        // Layer 3: what people and gateways meet.
        layer("Storefront", ["Catalog", "Templates", "Cryptography", "CQREncode"]),
        layer("Operations", ["Catalog", "Cryptography", "Database", "Fulfilment", "Payments", "Transport"]),
        layer(
            "WebhookServer",
            [
                "Catalog", "Cryptography", "Fulfilment", "Operations", "Payments", "Templates", "Transport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),

        // Layer 4: arguments, wiring, lifecycle.
        .executableTarget(
            name: "keyfront",
            dependencies: [
                "Catalog", "Cryptography", "Fulfilment", "Operations", "Payments", "Storefront", "Templates", "Transport",
                "WebhookServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "keyfront-webhook",
            dependencies: [
                "Catalog", "Operations", "Payments", "Storefront", "WebhookServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        tests("Templates", ["Templates"]),
        tests("Catalog", ["Catalog", "CCmark"]),
        tests("Cryptography", ["Cryptography"]),
        tests("Database", ["Database", "DatabaseSupport", .product(name: "GRDBSQLite", package: "GRDB.swift")]),
        tests("PostgreSQL", ["Catalog", "Cryptography", "Database", "DatabaseSupport", "Fulfilment", "Payments"]),
        tests("Transport", ["Transport", "Cryptography"]),
        tests("Payments", ["Payments", "Catalog", "Cryptography", "Transport"]),
        tests("Fulfilment", ["Fulfilment", "Catalog", "Cryptography", "Database", "DatabaseSupport", "Payments"]),
        tests("Operations", ["Operations", "Catalog", "Cryptography", "Database", "Fulfilment", "Payments", "Transport"]),
        tests("Storefront", ["Storefront", "Catalog", "Templates", "Cryptography"]),
        tests(
            "WebhookServer",
            [
                "TestSupport", "WebhookServer", "Catalog", "Cryptography", "Database", "Fulfilment", "Operations", "Payments",
                "Storefront", "Templates", "Transport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        tests(
            "Security",
            [
                "TestSupport", "WebhookServer", "Catalog", "Cryptography", "Fulfilment", "Operations", "Payments", "Storefront",
                "Templates", "Transport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(name: "DatabaseSupport", dependencies: ["Database"], path: "Tests/DatabaseSupport", swiftSettings: strict),
        .target(name: "TestSupport", dependencies: ["Transport"], path: "Tests/Support", swiftSettings: strict),
        tests(
            "Gateway",
            [
                "Catalog", "Cryptography", "Fulfilment", "Operations", "Payments", "Storefront", "TestSupport", "Transport",
                "WebhookServer", "keyfront", "keyfront-webhook", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        tests("Scenario", ["TestSupport", "keyfront", "keyfront-webhook"]),
    ]
)
