/// Journeys, entered by hand.
public struct ItineraryState: ScreenState {
    public enum Name: String, CaseIterable, Sendable { case empty, leg, problem, queued }

    public var name: Name
    public var problem: String?

    public init(name: Name, problem: String? = nil) {
        self.name = name
        self.problem = problem
    }
}

/// A journey as it is typed.
public struct LegInput: Identifiable, Equatable, Sendable {
    public let id: Int
    public var division = ""
    public var from = FormInput.DateParts()
    public var until = FormInput.DateParts()
    public var transport = "train"
    public var number = ""
}

/// What a person can do there.
public enum ItineraryAction: Sendable, Equatable {
    case add, send, close
    case remove(Int)
}
