import Foundation
import HealthCodeCore

extension Colour {
    /// The colour's word: spoken and written beside the colour.
    public func word(locale: Locale = .current) -> String {
        let texts = colourTexts(colour: self)
        return chosen(locale, texts.wordEn, texts.wordZh)
    }

    /// One character that tells the colour without colour: circle, triangle, square.
    public var shape: String { colourTexts(colour: self).shape }
}

extension Reason {
    /// Why, in a sentence.
    public func text(locale: Locale = .current) -> String {
        let texts = reasonTexts(reason: self)
        return chosen(locale, texts.textEn, texts.textZh)
    }

    /// What to do, in a sentence.
    public func instruction(locale: Locale = .current) -> String {
        let texts = reasonTexts(reason: self)
        return chosen(locale, texts.instructionEn, texts.instructionZh)
    }
}

extension ColourChange {
    /// Why the colour changed, in a sentence.
    public func why(locale: Locale = .current) -> String { chosen(locale, texts.textEn, texts.textZh) }

    /// What to do, in a sentence.
    public func instruction(locale: Locale = .current) -> String {
        chosen(locale, texts.instructionEn, texts.instructionZh)
    }
}

extension ColourView {
    /// Why the code has its colour, in a sentence.
    public func why(locale: Locale = .current) -> String { chosen(locale, whyEn, whyZh) }

    /// What to do, in a sentence.
    public func instruction(locale: Locale = .current) -> String { chosen(locale, instructionEn, instructionZh) }
}

extension Verdict {
    /// The verdict in a sentence.
    public func text(locale: Locale = .current) -> String { chosen(locale, textEn, textZh) }
}

extension ConsentForm {
    /// The text to agree to.
    public func text(locale: Locale = .current) -> String { chosen(locale, textEn, textZh) }
}

extension LocalizedText {
    /// A text of signed data, such as a form's.
    public func text(locale: Locale = .current) -> String {
        localizedText(text: self, language: locale.identifier)
    }
}

extension CodeView {
    /// The code's picture: PNG, black on white, quiet zone included. One pixel a module is for screens: scale it without
    /// smoothing. Up to 32 for files and printers.
    public func png(pixelsPerModule: UInt32 = 1) throws -> Data {
        try codePng(text: text, pixelsPerModule: pixelsPerModule)
    }
}
