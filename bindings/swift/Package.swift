// swift-tools-version: 6.0
// Health Code for Swift. `cargo xtask bindings` makes the library and the generated sources it is built on.
import PackageDescription

let package = Package(
    name: "HealthCodeKit",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "HealthCodeKit", targets: ["HealthCodeKit"]),
        // A real authority, phones and clocks for the tests of apps; starts processes, so not for a phone.
        .library(name: "HealthCodeTestSupport", targets: ["TestSupport"]),
    ],
    targets: [
        // The C interface of libhealth_code; for Xcode build-xcframework.sh makes a binary target of the same name.
        .systemLibrary(name: "HealthCodeFFI"),
        // Made by UniFFI. In language mode 6 some toolchains fail on such code.
        .target(name: "HealthCodeCore", dependencies: ["HealthCodeFFI"], swiftSettings: [.swiftLanguageMode(.v5)]),
        .target(name: "HealthCodeKit", dependencies: ["HealthCodeCore"]),
        .executableTarget(name: "CallCosts", dependencies: ["HealthCodeKit", "TestSupport"], path: "Tests/CallCosts"),
        .target(name: "TestSupport", dependencies: ["HealthCodeKit"], path: "Tests/TestSupport"),
        .testTarget(name: "HealthCodeKitTests", dependencies: ["HealthCodeKit", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
