import Foundation
import HealthCodeKit

/// Who is looked after on this phone, one of them, and who looks after the phone's owner.
public struct FamilyState: ScreenState {
    public enum Name: String, CaseIterable, Sendable {
        case empty, list, full, add, waiting, refused
        case inCare = "in_care"
        case ended, leave
        case showCode = "show_code"
        case showCodeWaiting = "show_code_waiting"
        case showCodeOver = "show_code_over"
        case declare, carers
    }

    /// Somebody of this phone.
    public struct Person: Identifiable, Equatable, Sendable {
        public var id: String
        public var name: String
        /// How far the care is.
        public var standing: String
        /// The colour's shape and words; nil while there is none that counts.
        public var mark: Mark?
        public var colour: String?
        /// Why, and what to do.
        public var why: String?
        public var instruction: String?
        /// What is to be done next.
        public var next: String
        public var spoken: String
        /// Where the key of the person's codes is, in words.
        public var key: String?
        /// Among those whom a declaration is for.
        public var isChosen = false
    }

    /// Somebody who cares for the person.
    public struct Carer: Identifiable, Equatable, Sendable {
        public var id: String
        public var text: String
        /// It was asked whether to end this care.
        public var isAsked = false
    }

    /// A code for the other side of a care.
    public struct CareCode: Equatable, Sendable {
        /// To be read out or typed.
        public var code: String
        /// One pixel a module.
        public var picture: Data?
        public var pictureLabel: String
        public var until: String?
        /// Seconds that it counts still.
        public var secondsLeft: Int
    }

    public var name: Name
    /// What stands above everything.
    public var text: String
    public var people: [Person] = []
    /// The one whose page it is.
    public var person: Person?
    /// Why the authority did not agree.
    public var refusal: String?
    /// That the care ends for somebody who comes of age.
    public var ends: String?
    public var carers: [Carer] = []
    /// Whether there is a code to show.
    public var hasCode = false
    public var code: CareCode?
    /// What waits to be sent for the person.
    public var waiting: String?
    /// Whether the owner is registered: the carer comes first.
    public var canAdd = true
    /// What the desk asks for to agree.
    public var deviceId: String?
    /// The one thing to do; nil where nothing helps.
    public var step: String?
    public var problem: String?
    public var isSyncing = false

    public init(name: Name, text: String) {
        self.name = name
        self.text = text
    }
}

/// What a person can do there.
public enum FamilyAction: Sendable, Equatable {
    /// The page before the form, and the form.
    case add, fillIn
    case open(String)
    /// What the person's page names as the one thing to do.
    case step
    case showHealthCode, declareFor, paper, mend
    /// A code for another carer or for a phone of the person's own; another one in its place.
    case share(CarePurpose), renew
    case askLeave, leave
    /// Whom a declaration is for.
    case declare, choose(String), fillInDeclaration
    case carers
    /// Asks whether to end this care; a second time ends it.
    case endCare(String)
    case sync, back
}
