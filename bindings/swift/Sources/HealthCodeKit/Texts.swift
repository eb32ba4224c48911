import Foundation
import HealthCodeCore

// What is no part of a view is put in words here. Languages are BCP 47 tags, such as `HealthCode.language`.

extension Colour {
    /// The colour's word: spoken and written beside the colour.
    public func word(language: String) -> String { colourTexts(colour: self, language: language).word }

    /// One character that tells the colour without colour: circle, triangle, square.
    public var shape: String { colourTexts(colour: self, language: "").shape }
}

extension Reason {
    /// Why, in a sentence.
    public func text(language: String) -> String { reasonTexts(reason: self, language: language).text }

    /// What to do, in a sentence.
    public func instruction(language: String) -> String { reasonTexts(reason: self, language: language).instruction }
}

extension DocumentKind {
    /// The name of a kind of document.
    public func text(language: String) -> String { documentKindName(kind: self, language: language) }
}

extension Verdict {
    /// The verdict in a sentence.
    public func text(language: String) -> String { verdictText(refusal: refusal, language: language).text }

    /// What a guard does with it: pass, check, stop, cannot tell.
    public var level: VerdictLevel { verdictLevel(refusal: refusal, localColour: localColour) }

    /// What helps on after this verdict; none where nothing does.
    public var act: VerdictAct? { verdictAct(refusal: refusal, statusChecked: statusChecked) }

    /// What to compare with the document; none where nothing of the code is to be believed.
    public func toCompare(language: String) -> PersonToCompare? {
        guard let maskedName, let documentTail else { return nil }
        return personToCompare(maskedName: maskedName, documentTail: documentTail, language: language)
    }
}

extension VerdictAct {
    /// The act in a sentence for the guard.
    public func text(language: String) -> String { verdictActText(act: self, language: language) }
}

extension LocalizedText {
    /// A text of signed data, such as the name of a verdict's region: in that language, a near one, English, any.
    public func text(language: String) -> String { localizedText(text: self, language: language) }
}

extension CodeView {
    /// The code's picture: PNG, black on white, quiet zone included. One pixel a module is for screens: scale it without
    /// smoothing. Up to 32 for files and printers.
    public func png(pixelsPerModule: UInt32 = 1) throws -> Data {
        try codePng(text: text, pixelsPerModule: pixelsPerModule)
    }
}
