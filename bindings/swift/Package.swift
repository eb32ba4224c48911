// swift-tools-version: 6.0
// Health Code for Swift. `cargo xtask bindings` makes the library and the generated sources it is built on.
import Foundation
import PackageDescription

// The C interface of libhealth_code. Where build-xcframework.sh was run the library comes with it; else the linker is told
// where it is.
let framework = "HealthCodeFFI.xcframework"
let isMade = FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(framework)")
let library: Target =
    isMade ? .binaryTarget(name: "HealthCodeFFI", path: framework) : .systemLibrary(name: "HealthCodeFFI")
// What Apple's part of the library is built on: a static library does not say it by itself.
let apple: [LinkerSetting] = ["CoreFoundation", "Security"].map {
    .linkedFramework($0, .when(platforms: [.iOS, .macOS]))
}

let package = Package(
    name: "HealthCodeKit",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "HealthCodeKit", targets: ["HealthCodeKit"]),
        // A real authority, phones and clocks for the tests of apps; starts processes, so not for a phone.
        .library(name: "HealthCodeTestSupport", targets: ["TestSupport"]),
    ],
    targets: [
        library,
        // Made by UniFFI. In language mode 6 some toolchains fail on such code.
        .target(
            name: "HealthCodeCore", dependencies: ["HealthCodeFFI"], swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: apple),
        .target(name: "HealthCodeKit", dependencies: ["HealthCodeCore"]),
        .executableTarget(name: "CallCosts", dependencies: ["HealthCodeKit", "TestSupport"], path: "Tests/CallCosts"),
        .target(name: "TestSupport", dependencies: ["HealthCodeKit"], path: "Tests/TestSupport"),
        .testTarget(name: "HealthCodeKitTests", dependencies: ["HealthCodeKit", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
