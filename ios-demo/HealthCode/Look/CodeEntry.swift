import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// A text that stands elsewhere as a square: by the camera, out of a picture, or typed.
///
/// Invariant: the camera is there only after somebody asked for it.
struct CodeEntry<Camera: View, Picker: View, Field: View>: View {
    let words: ScreenWords
    /// What the button of the camera says.
    let scan: String
    let isScanning: Bool
    /// Whether the camera may not be used.
    let isDenied: Bool
    let begin: @MainActor () -> Void
    let end: @MainActor () -> Void
    @ViewBuilder let camera: Camera
    @ViewBuilder let picker: Picker
    @ViewBuilder let field: Field

    var body: some View {
        if isScanning {
            camera
                .frame(maxWidth: .infinity, minHeight: 240, maxHeight: 240)
                .clipShape(RoundedRectangle(cornerRadius: 16))
                .accessibilityLabel(Text(verbatim: words["checkpoint-scan-hint"]))
            SecondaryButton(words["common-cancel"], act: end)
        } else {
            SecondaryButton(scan, act: begin)
        }
        if isDenied { Text(words["checkpoint-camera-denied-text"]).role(.body) }
        picker
        field
    }
}

/// The same for a question of a form.
struct ScannedText: View {
    @State private var isScanning = false
    @State private var isDenied = false
    let label: String
    let words: ScreenWords
    @Binding var text: String

    var body: some View {
        CodeEntry(words: words, scan: words["form-scan"], isScanning: isScanning, isDenied: isDenied) {
            (isScanning, isDenied) = (true, false)
        } end: {
            isScanning = false
        } camera: {
            CodeScanner(read: take) { (isScanning, isDenied) = (false, true) }
        } picker: {
            CodePicker(label: words["dcc-picture"], read: take)
        } field: {
            TypedField(label: label, text: $text)
        }
    }

    private func take(_ texts: [String]) {
        text = texts.first ?? text
        isScanning = false
    }
}
