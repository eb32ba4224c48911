import Foundation
import HealthCodeCore

extension HealthCodeError {
    /// What went wrong, exactly.
    public var reason: ErrorText {
        switch self {
        case .Session(let reason), .FormRefused(let reason, _), .Store(let reason), .Host(let reason),
            .Code(let reason), .Credential(let reason), .Bundle(let reason), .Form(let reason), .Sync(let reason),
            .Http(let reason), .Argument(let reason), .Internal(let reason):
            reason
        }
    }

    /// Stable code, as in docs/ERROR_CODES.md.
    public var code: String { reason.code }

    /// For people, in the language of `locale`: Chinese, else English.
    public func text(locale: Locale = .current) -> String { reason.text(locale: locale) }

    /// What a call on a closed object ends in.
    static var closed: HealthCodeError {
        guard let text = textOfCode(code: "closed") else { preconditionFailure("the table has every code") }
        return .Session(reason: text)
    }
}

extension HealthCodeError: LocalizedError {
    /// In the current locale's language.
    public var errorDescription: String? { text() }
}

extension ErrorText {
    /// For people, in the language of `locale`: Chinese, else English.
    public func text(locale: Locale = .current) -> String { chosen(locale, textEn, textZh) }
}

extension FieldError {
    /// For people, in the language of `locale`: Chinese, else English.
    public func text(locale: Locale = .current) -> String { chosen(locale, textEn, textZh) }
}

func chosen(_ locale: Locale, _ english: String, _ chinese: String) -> String {
    locale.language.languageCode?.identifier == "zh" ? chinese : english
}
