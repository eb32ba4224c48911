package org.healthcode

import org.healthcode.core.CodeView
import org.healthcode.core.Colour
import org.healthcode.core.DocumentKind
import org.healthcode.core.LocalizedText
import org.healthcode.core.PersonToCompare
import org.healthcode.core.Reason
import org.healthcode.core.Verdict
import org.healthcode.core.VerdictAct
import org.healthcode.core.VerdictLevel
import org.healthcode.core.codePng
import org.healthcode.core.colourTexts
import org.healthcode.core.documentKindName
import org.healthcode.core.localizedText
import org.healthcode.core.personToCompare
import org.healthcode.core.reasonTexts
import org.healthcode.core.verdictAct
import org.healthcode.core.verdictActText
import org.healthcode.core.verdictLevel
import org.healthcode.core.verdictText

// What is no part of a view is put in words here. Languages are BCP 47 tags, such as `HealthCode.language`.

/** The colour's word: spoken and written beside the colour. */
public fun Colour.word(language: String): String = colourTexts(this, language).word

/** One character that tells the colour without colour: circle, triangle, square. */
public val Colour.shape: String
    get() = colourTexts(this, "").shape

/** Why, in a sentence. */
public fun Reason.text(language: String): String = reasonTexts(this, language).text

/** What to do, in a sentence. */
public fun Reason.instruction(language: String): String = reasonTexts(this, language).instruction

/** The name of a kind of document. */
public fun DocumentKind.text(language: String): String = documentKindName(this, language)

/** The verdict in a sentence. */
public fun Verdict.text(language: String): String = verdictText(refusal, language).text

/** What a guard does with it: pass, check, stop, cannot tell. */
public val Verdict.level: VerdictLevel
    get() = verdictLevel(refusal, localColour)

/** What helps on after this verdict; null where nothing does. */
public val Verdict.act: VerdictAct?
    get() = verdictAct(refusal, statusChecked)

/** The act in a sentence for the guard. */
public fun VerdictAct.text(language: String): String = verdictActText(this, language)

/** What to compare with the document; null where nothing of the code is to be believed. */
public fun Verdict.toCompare(language: String): PersonToCompare? {
    val name = maskedName ?: return null
    val tail = documentTail ?: return null
    return personToCompare(name, tail, language)
}

/** A text of signed data, such as the name of a verdict's region: in that language, a near one, English, any. */
public fun LocalizedText.text(language: String): String = localizedText(this, language)

/**
 * The code's picture: PNG, black on white, quiet zone included. One pixel a module is for screens: scale it without
 * smoothing. Up to 32 for files and printers.
 * @throws org.healthcode.core.HealthCodeException `Code` (`picture_scale_not_allowed`) for another number.
 */
public fun CodeView.png(pixelsPerModule: Int = 1): ByteArray = codePng(text, pixelsPerModule.toUInt())
