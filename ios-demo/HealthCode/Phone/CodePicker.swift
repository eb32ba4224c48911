import PhotosUI
import SwiftUI
import Vision

/// The system's own picker of photographs, for a picture of a code: the app sees what was picked and nothing beside it.
///
/// Invariant: the picture is kept nowhere; what is told are the texts of its squares, none where there is none or it cannot be read.
struct CodePicker: View {
    @State private var photos: [PhotosPickerItem] = []
    let label: String
    let read: @MainActor ([String]) -> Void

    var body: some View {
        PhotosPicker(selection: $photos, maxSelectionCount: 1, matching: .images) { SecondaryLabel(label: label) }
            .onChange(of: photos) {
                guard let photo = photos.first else { return }
                photos = []
                Task { read(await Self.texts(in: photo)) }
            }
    }

    /// Off the main thread: a photograph takes a while to be looked through.
    private nonisolated static func texts(in photo: PhotosPickerItem) async -> [String] {
        guard let picture = try? await photo.loadTransferable(type: Data.self) else { return [] }
        let request = VNDetectBarcodesRequest()
        request.symbologies = [.qr]
        guard (try? VNImageRequestHandler(data: picture).perform([request])) != nil else { return [] }
        return (request.results ?? []).compactMap(\.payloadStringValue)
    }
}
