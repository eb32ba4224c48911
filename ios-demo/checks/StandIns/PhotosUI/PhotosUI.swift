// A stand-in for what the app uses of Apple's PhotosUI and of its part in SwiftUI: declarations alone, after its documentation.
import Foundation
import SwiftUI
import UniformTypeIdentifiers

public struct PHPickerFilter: Equatable, Hashable, Sendable { public static let images = Self() }

public protocol Transferable: Sendable {}
extension Data: Transferable {}

public struct PhotosPickerItem: Equatable, Hashable, Sendable {
    public func loadTransferable<T: Transferable>(type: T.Type) async throws -> T? { nil }
}
public struct PhotosPicker<Label: View>: View {
    public init(
        selection: Binding<[PhotosPickerItem]>, maxSelectionCount: Int? = nil, matching filter: PHPickerFilter? = nil,
        @ViewBuilder label: () -> Label
    ) {}
    public var body: Never { fatalError("a stand-in") }
}
extension View {
    /// SwiftUI's own, here because of its types.
    public func fileImporter(
        isPresented: Binding<Bool>, allowedContentTypes: [UTType], allowsMultipleSelection: Bool,
        onCompletion: @escaping (Result<[URL], any Error>) -> Void
    ) -> some View { self }
}
extension URL {
    public func startAccessingSecurityScopedResource() -> Bool { false }
    public func stopAccessingSecurityScopedResource() {}
}
