// A stand-in for what the app uses of Apple's UniformTypeIdentifiers: declarations alone, after its documentation.
@_exported import Foundation

public struct UTType: Hashable, Sendable {
    public static let pdf = UTType()
    public static let image = UTType()
}
