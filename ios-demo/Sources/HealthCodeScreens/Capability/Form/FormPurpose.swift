import HealthCodeKit

/// What a form is filled in for.
public enum FormPurpose: Hashable, Sendable {
    case registration, healthDeclaration, entry
    /// One declaration for these people of this phone.
    case healthDeclarationOf([String])
    /// Takes somebody into care; asks anew where the dependant is on this phone already.
    case dependant(String?)
    /// Registers somebody who was looked after until now, with a carer's code.
    case handedOver

    /// Which form asks.
    public var kind: FormKind {
        switch self {
        case .registration, .dependant, .handedOver: .registration
        case .healthDeclaration, .healthDeclarationOf: .healthDeclaration
        case .entry: .entryDeclaration
        }
    }
}

extension FormPurpose {
    /// From the name that `docs/APPS.md` has: `declaration <id> <id>`; nil for others.
    public init?(argument: String) {
        let parts = argument.split(separator: " ").map(String.init)
        switch (parts.first, Array(parts.dropFirst())) {
        case ("registration", []): self = .registration
        case ("declaration", []): self = .healthDeclaration
        case ("declaration", let ids): self = .healthDeclarationOf(ids)
        case ("entry", []): self = .entry
        case ("dependant", let ids) where ids.count < 2: self = .dependant(ids.first)
        case ("handed_over", []): self = .handedOver
        default: return nil
        }
    }
}
