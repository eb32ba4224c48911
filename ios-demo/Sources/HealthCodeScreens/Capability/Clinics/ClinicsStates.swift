import HealthCodeKit

extension ClinicsState {
    /// Each of its states, for previews.
    public static func all(_ words: ScreenWords) -> [ClinicsState] {
        let clinic = Clinic(
            id: "1", name: words["clinics-fever"], address: words["clinics-choose-district"], phone: "12320",
            distance: words.format("clinics-distance", ["distance": "1.2 km"]), open: words["clinics-open-now"],
            latitude: 30.27, longitude: 120.13)
        var far = clinic
        far.distance = nil
        return [
            ClinicsState(name: .nearest, clinics: [clinic]), ClinicsState(name: .noPosition, clinics: [far]),
            ClinicsState(name: .empty),
        ]
    }
}
