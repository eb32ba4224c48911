package org.healthcode

import org.healthcode.core.CodeView
import org.healthcode.core.Colour
import org.healthcode.core.ColourChange
import org.healthcode.core.ColourView
import org.healthcode.core.ConsentForm
import org.healthcode.core.LocalizedText
import org.healthcode.core.Reason
import org.healthcode.core.Verdict
import org.healthcode.core.codePng
import org.healthcode.core.colourTexts
import org.healthcode.core.localizedText
import org.healthcode.core.reasonTexts
import java.util.Locale

/** The colour's word: spoken and written beside the colour. */
public fun Colour.word(locale: Locale = Locale.getDefault()): String =
    colourTexts(this).let { chosen(locale, it.wordEn, it.wordZh) }

/** One character that tells the colour without colour: circle, triangle, square. */
public val Colour.shape: String
    get() = colourTexts(this).shape

/** Why, in a sentence. */
public fun Reason.text(locale: Locale = Locale.getDefault()): String =
    reasonTexts(this).let { chosen(locale, it.textEn, it.textZh) }

/** What to do, in a sentence. */
public fun Reason.instruction(locale: Locale = Locale.getDefault()): String =
    reasonTexts(this).let { chosen(locale, it.instructionEn, it.instructionZh) }

/** Why the code has its colour, in a sentence. */
public fun ColourView.why(locale: Locale = Locale.getDefault()): String = chosen(locale, whyEn, whyZh)

/** Why the colour changed, in a sentence. */
public fun ColourChange.why(locale: Locale = Locale.getDefault()): String = chosen(locale, texts.textEn, texts.textZh)

/** What to do, in a sentence. */
public fun ColourChange.instruction(locale: Locale = Locale.getDefault()): String =
    chosen(locale, texts.instructionEn, texts.instructionZh)

/** What to do, in a sentence. */
public fun ColourView.instruction(locale: Locale = Locale.getDefault()): String =
    chosen(locale, instructionEn, instructionZh)

/** The verdict in a sentence. */
public fun Verdict.text(locale: Locale = Locale.getDefault()): String = chosen(locale, textEn, textZh)

/** The text to agree to. */
public fun ConsentForm.text(locale: Locale = Locale.getDefault()): String = chosen(locale, textEn, textZh)

/** A text of signed data, such as a form's. */
public fun LocalizedText.text(locale: Locale = Locale.getDefault()): String =
    localizedText(this, locale.toLanguageTag())

/**
 * The code's picture: PNG, black on white, quiet zone included. One pixel a module is for screens: scale it without
 * smoothing. Up to 32 for files and printers.
 * @throws org.healthcode.core.HealthCodeException `Code` (`picture_scale_not_allowed`) for another number.
 */
public fun CodeView.png(pixelsPerModule: Int = 1): ByteArray = codePng(text, pixelsPerModule.toUInt())
