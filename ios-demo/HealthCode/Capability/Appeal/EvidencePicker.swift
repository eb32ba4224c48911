import HealthCodeKit
import PhotosUI
import SwiftUI
import UniformTypeIdentifiers

/// The system's own pickers of photographs and documents: the app sees what was picked and nothing beside it.
///
/// Invariant: what is no picture that can be read here is given as it is, for the core to refuse by its name; of what is larger
/// than may be, no more than a little is read.
struct EvidencePicker: View {
    @State private var photos: [PhotosPickerItem] = []
    @State private var isPickingDocument = false
    let words: ScreenWords
    /// How many more may be added.
    let room: Int
    let mostBytes: Int
    let add: @MainActor ([Data]) -> Void

    var body: some View {
        PhotosPicker(selection: $photos, maxSelectionCount: room, matching: .images) {
            SecondaryLabel(label: words["appeal-add-picture"])
        }
        .onChange(of: photos) {
            let picked = photos
            guard !picked.isEmpty else { return }
            photos = []
            Task { add(await Self.pictures(picked, mostBytes)) }
        }
        SecondaryButton(words["appeal-add-document"]) { isPickingDocument = true }
            .fileImporter(
                isPresented: $isPickingDocument, allowedContentTypes: [.pdf], allowsMultipleSelection: true
            ) { result in
                let files = (try? result.get()) ?? []
                Task { add(await Self.documents(files, mostBytes)) }
            }
    }

    private static func pictures(_ items: [PhotosPickerItem], _ mostBytes: Int) async -> [Data] {
        var read: [Data] = []
        for item in items {
            guard let bytes = try? await item.loadTransferable(type: Data.self) else { continue }
            read.append(await ScaledPicture.jpeg(of: bytes, mostBytes: mostBytes) ?? bytes)
        }
        return read
    }

    /// Off the main thread: a file may lie in a cloud.
    private nonisolated static func documents(_ files: [URL], _ mostBytes: Int) async -> [Data] {
        files.compactMap { file in
            let isScoped = file.startAccessingSecurityScopedResource()
            defer { if isScoped { file.stopAccessingSecurityScopedResource() } }
            guard let handle = try? FileHandle(forReadingFrom: file) else { return nil }
            defer { try? handle.close() }
            return try? handle.read(upToCount: mostBytes + 1)
        }
    }
}
