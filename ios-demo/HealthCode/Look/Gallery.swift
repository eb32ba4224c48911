import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// Previews of a screen's states, in the language of the core's words for Chinese.
struct Gallery<Content: View>: View {
    @ViewBuilder let content: (ScreenWords) -> Content

    var body: some View { content(ScreenWords(language: "zh-Hans")) }
}
