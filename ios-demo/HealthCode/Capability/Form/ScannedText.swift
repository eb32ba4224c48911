import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Reads a text from another phone's screen into a field: the camera is on only after somebody asked for it.
struct ScannedText: View {
    @State private var isScanning = false
    @State private var isDenied = false
    let words: ScreenWords
    @Binding var text: String

    var body: some View {
        if isDenied { Text(words["checkpoint-camera-denied-text"]).role(.smallest) }
        if isScanning {
            CodeScanner { texts in
                text = texts.first ?? text
                isScanning = false
            } denied: {
                (isScanning, isDenied) = (false, true)
            }
            .frame(height: 240)
            .clipShape(RoundedRectangle(cornerRadius: 16))
            SecondaryButton(words["common-cancel"]) { isScanning = false }
        } else {
            SecondaryButton(words["form-scan"]) { isScanning = true }
        }
    }
}
