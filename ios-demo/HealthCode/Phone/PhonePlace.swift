import CoreLocation

/// Asks the phone once where it is, after the person has asked for it. Keeps nothing.
@MainActor
final class PhonePlace: NSObject, @preconcurrency CLLocationManagerDelegate {
    private let manager = CLLocationManager()
    private var waiting: CheckedContinuation<CLLocationCoordinate2D?, Never>?

    /// The place; nil where the person or the phone does not tell it.
    func once() async -> CLLocationCoordinate2D? {
        guard waiting == nil else { return nil }
        manager.delegate = self
        manager.desiredAccuracy = kCLLocationAccuracyKilometer
        if manager.authorizationStatus == .notDetermined { manager.requestWhenInUseAuthorization() }
        return await withCheckedContinuation { continuation in
            waiting = continuation
            manager.requestLocation()
        }
    }

    func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {
        answer(locations.last?.coordinate)
    }

    func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {
        answer(nil)
    }

    private func answer(_ place: CLLocationCoordinate2D?) {
        waiting?.resume(returning: place)
        waiting = nil
    }
}
