import Foundation
import HealthCodeCore

extension HealthCodeError {
    /// Stable code, as in docs/ERROR_CODES.md.
    public var code: String {
        switch self {
        case .Session(let code), .FormRefused(let code, _), .Store(let code), .Host(let code), .Code(let code),
            .Credential(let code), .Bundle(let code), .Form(let code), .Sync(let code), .Http(let code),
            .Argument(let code), .Internal(let code):
            code
        }
    }

    /// For people, in this language (a BCP 47 tag, such as ``HealthCode/language``) or in English.
    public func text(language: String) -> String { textOfCode(code: code, language: language) ?? code }

    /// What an app shows where opening ended in this: what happened, what is kept, what can be done.
    public func openingFailure(language: String) -> OpeningFailure {
        HealthCodeCore.openingFailure(code: code, language: language)
    }

    /// What a call on a closed object ends in.
    static var closed: HealthCodeError { .Session(code: "closed") }
}

extension HealthCodeError: LocalizedError {
    /// In the current locale's language.
    public var errorDescription: String? { text(language: Locale.current.identifier) }
}
