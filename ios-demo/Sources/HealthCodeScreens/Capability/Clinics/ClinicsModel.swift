import HealthCodeKit
import Observation

/// Lists clinics. The core sorts them; a position is handed to it and to nobody else.
@MainActor
@Observable
public final class ClinicsModel {
    public private(set) var state = ClinicsState(name: .empty)
    /// Six digits of a district, as typed.
    public var division = ""
    private let session: Session
    private var position: Position?

    public init(_ session: Session) { self.session = session }

    public func load() async {
        let (near, wanted) = (position, division)
        let found = try? await session.health.clinics(near: near, division: UInt32(wanted))
        // What was looked for before is not shown over what is looked for now.
        guard near == position, wanted == division else { return }
        let clinics = (found ?? []).map(shown)
        let name: ClinicsState.Name = clinics.isEmpty ? .empty : position == nil ? .noPosition : .nearest
        state = ClinicsState(name: name, clinics: clinics)
    }

    public func act(_ action: ClinicsAction) async {
        switch action {
        case .near(let latitude, let longitude):
            position = Position(latitude: latitude, longitude: longitude)
            await load()
        case .close: session.back()
        }
    }

    private func shown(_ clinic: ClinicView) -> ClinicsState.Clinic {
        let words = session.words
        let open: String? =
            switch clinic.open {
            case .open: words["clinics-open-now"]
            case .closed: words["clinics-closed-now"]
            case .unknown: nil
            }
        return .init(
            id: clinic.id, name: clinic.name, address: clinic.address, phone: clinic.phone,
            distance: clinic.distanceM.map { words.format("clinics-distance", ["distance": Self.length($0)]) },
            open: open, latitude: clinic.position.latitude, longitude: clinic.position.longitude)
    }

    /// Metres below a kilometre, else tenths of kilometres, cut off.
    private static func length(_ metres: UInt32) -> String {
        metres < 1_000 ? "\(metres) m" : "\(metres / 1_000).\(metres % 1_000 / 100) km"
    }
}
