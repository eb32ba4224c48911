/// Fever clinics, the nearest first where the person gives a position.
public struct ClinicsState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case nearest
        case noPosition = "no_position"
        case empty
    }

    /// One of them.
    public struct Clinic: Identifiable, Equatable, Sendable {
        public var id: String
        public var name: String
        public var address: String
        public var phone: String
        public var distance: String?
        public var open: String?
        public var latitude: Double
        public var longitude: Double
    }

    public var name: Name
    public var clinics: [Clinic] = []

    public init(name: Name, clinics: [Clinic] = []) {
        self.name = name
        self.clinics = clinics
    }
}

/// What a person can do there.
public enum ClinicsAction: Sendable, Equatable {
    /// The phone's position, which stays on it.
    case near(latitude: Double, longitude: Double)
    case close
}
