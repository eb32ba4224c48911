// swift-tools-version: 6.0
// The iOS app's screens. Everything but the drawing is a package that also builds on Linux; there the drawing itself is
// checked against declarations of our own that stand in for Apple's frameworks. Xcode uses HealthCode.xcodeproj.
import PackageDescription

#if os(Linux)
    let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"])]
#else
    let strict: [SwiftSetting] = []
#endif

let package = Package(
    name: "HealthCodeScreens",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [
        .library(name: "HealthCodeScreens", targets: ["HealthCodeScreens"])
    ],
    dependencies: [.package(path: "../bindings/swift")],
    targets: [
        .target(
            name: "HealthCodeScreens", dependencies: [.product(name: "HealthCodeKit", package: "swift")],
            swiftSettings: strict),
        .testTarget(
            name: "HealthCodeScreensTests",
            dependencies: ["HealthCodeScreens", .product(name: "HealthCodeTestSupport", package: "swift")]),
    ],
    swiftLanguageModes: [.v6]
)

#if os(Linux)
    // What the app and its widget import of Apple's, as declarations: never shipped, and never built where Apple's are.
    let standIns: [String: [Target.Dependency]] = [
        "UIKit": [], "SwiftUI": ["UIKit"], "WidgetKit": ["SwiftUI"], "AppIntents": [], "BackgroundTasks": [],
        "Vision": [], "VisionKit": ["UIKit", "Vision"], "AVFoundation": [], "AudioToolbox": [], "CoreLocation": [],
        "UserNotifications": [], "LocalAuthentication": [], "PhotosUI": ["SwiftUI", "UniformTypeIdentifiers"],
        "UniformTypeIdentifiers": [], "AuthenticationServices": ["SwiftUI"],
    ]
    package.targets += standIns.map { name, needed in
        .target(name: name, dependencies: needed, path: "checks/StandIns/\(name)")
    }
    package.targets += [
        .executableTarget(
            name: "HealthCode",
            dependencies: ["HealthCodeScreens", .product(name: "HealthCodeKit", package: "swift")]
                + standIns.keys.sorted().map { .init(stringLiteral: $0) },
            path: ".",
            exclude: [
                "HealthCode/Resources", "HealthCode/Info.plist", "HealthCodeWidget", "Sources", "Tests", "README.md",
                "Xcode", "checks/project.py", "checks/mistakes.py", "checks/mac.sh",
            ]
                + standIns.keys.sorted().map { "checks/StandIns/\($0)" },
            sources: ["HealthCode", "checks/StandIns/HealthCodeKit"], swiftSettings: strict),
        .executableTarget(
            name: "HealthCodeWidget", dependencies: ["SwiftUI", "WidgetKit"], path: "HealthCodeWidget",
            exclude: ["Info.plist"], swiftSettings: strict),
    ]
#endif
