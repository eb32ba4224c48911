import HealthCodeScreens
import SwiftUI

/// A text with keys in it: their letters are of one width and spelled out by VoiceOver.
struct KeyedText: View {
    let text: String
    let keys: [String]

    var body: some View {
        pieces(of: text, keys: keys).reduce(Text(verbatim: String())) { before, piece in
            let piece =
                piece.isKey
                ? Text(verbatim: piece.text).monospaced().speechSpellsOutCharacters() : Text(verbatim: piece.text)
            return before + piece
        }
    }
}
