// swift-tools-version: 6.0
// The iOS app's screens. Everything but the drawing is a package that also builds on Linux; there the drawing itself is
// checked against declarations of our own that stand in for Apple's frameworks. Xcode uses HealthCode.xcodeproj.
import PackageDescription

let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"])]

let package = Package(
    name: "HealthCodeScreens",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "HealthCodeScreens", targets: ["HealthCodeScreens"])
    ],
    dependencies: [.package(path: "../bindings/swift")],
    targets: [
        .target(name: "HealthCodeScreens", dependencies: [.product(name: "HealthCodeKit", package: "swift")]),
        .testTarget(
            name: "HealthCodeScreensTests",
            dependencies: ["HealthCodeScreens", .product(name: "HealthCodeTestSupport", package: "swift")]),
    ],
    swiftLanguageModes: [.v6]
)
