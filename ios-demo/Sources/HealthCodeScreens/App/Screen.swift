import HealthCodeKit

/// A place in the app. Its name is the folder's in `docs/APPS.md`.
public enum Screen: Hashable, Sendable {
    case opening, onboarding, form(FormPurpose), home, code, why, history, itinerary
    case appeal(AppealPlace), proof(ProofPlace)
    case bulletins, clinics, settings, checkpoint
    case family, paper, passport, entry, regions, results, dcc, export
    /// The same of a dependant, by the id on this phone.
    case codeOf(String), familyOf(String), paperOf(String)
    /// One result, one certificate, by its id on this phone.
    case resultOf(String), dccOf(String)

    /// As in `docs/APPS.md`.
    public var name: String {
        switch self {
        case .opening: "opening"
        case .onboarding: "onboarding"
        case .form: "form"
        case .home: "home"
        case .code, .codeOf: "code"
        case .why: "why"
        case .history: "history"
        case .appeal: "appeal"
        case .proof: "proof"
        case .itinerary: "itinerary"
        case .bulletins: "bulletins"
        case .clinics: "clinics"
        case .settings: "settings"
        case .checkpoint: "checkpoint"
        case .family, .familyOf: "family"
        case .paper, .paperOf: "paper"
        case .passport: "passport"
        case .entry: "entry"
        case .regions: "regions"
        case .results, .resultOf: "results"
        case .dcc, .dccOf: "dcc"
        case .export: "export"
        }
    }
}

/// What a screen draws: plain data, under one of the names that `docs/APPS.md` lists for it.
public protocol ScreenState: Equatable, Sendable {
    associatedtype Name: RawRepresentable<String>, CaseIterable, Sendable
    var name: Name { get }
}
