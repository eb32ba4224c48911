import UIKit

/// The screen's brightness, raised while a code is shown.
///
/// Invariant: what was before is given back once, however often it was raised.
@MainActor
final class Brightness {
    private var before: (screen: UIScreen, brightness: CGFloat)?

    func raise() {
        let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
        guard before == nil, let screen = scenes.first?.screen else { return }
        before = (screen, screen.brightness)
        screen.brightness = 1
    }

    func restore() {
        guard let (screen, brightness) = before else { return }
        screen.brightness = brightness
        before = nil
    }
}
