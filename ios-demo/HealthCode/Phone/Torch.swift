import AVFoundation
import Observation

/// The phone's lamp. Where there is none, it stays off.
@MainActor
@Observable
final class Torch {
    private(set) var isOn = false

    func set(_ on: Bool) {
        guard on != isOn, let camera = AVCaptureDevice.default(for: .video), camera.hasTorch else { return }
        guard (try? camera.lockForConfiguration()) != nil else { return }
        camera.torchMode = on ? .on : .off
        camera.unlockForConfiguration()
        isOn = on
    }
}
