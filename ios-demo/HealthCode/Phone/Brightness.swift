import UIKit

/// The screen's brightness, raised while a code is shown.
///
/// Invariant: what was before is given back once, however often it was raised.
@MainActor
final class Brightness {
    private var before: CGFloat?

    func raise() {
        guard before == nil else { return }
        before = UIScreen.main.brightness
        UIScreen.main.brightness = 1
    }

    func restore() {
        guard let before else { return }
        UIScreen.main.brightness = before
        self.before = nil
    }
}
