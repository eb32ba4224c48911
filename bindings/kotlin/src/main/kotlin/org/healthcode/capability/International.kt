package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.Answer
import org.healthcode.core.CheckedColour
import org.healthcode.core.Colour
import org.healthcode.core.ColourWords
import org.healthcode.core.DocumentExplanation
import org.healthcode.core.DocumentKind
import org.healthcode.core.DoorColourView
import org.healthcode.core.ElsewhereView
import org.healthcode.core.EntryView
import org.healthcode.core.MrzView
import org.healthcode.core.NamesComparedView
import org.healthcode.core.Scheme
import org.healthcode.core.Verdict
import org.healthcode.core.colourAtDoor
import org.healthcode.core.colourWords
import org.healthcode.core.explainDocument

/**
 * The machine-readable zone of a passport or card, as a camera's reader or a person has it, in words. Keeps nothing.
 *
 * @throws org.healthcode.core.HealthCodeException `Closed`.
 */
public suspend fun HealthCode.readMrz(text: String): MrzView = call { it.readMrz(text) }

/**
 * A typed name beside that of the zone in `text`; null where there is no zone.
 *
 * @throws org.healthcode.core.HealthCodeException `Closed`.
 */
public suspend fun HealthCode.compareWithMrz(
    name: String,
    text: String,
): NamesComparedView? = call { it.compareWithMrz(name, text) }

/**
 * The draft of the registration form with what the zone says laid over it. A zone with a fault fills in nothing.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.prefillFromMrz(text: String): Map<String, Answer> = call { it.prefillFromMrz(text) }

/** How far the entry from abroad is. @throws org.healthcode.core.HealthCodeException `Store`. */
public suspend fun HealthCode.entry(): EntryView = call { it.entry() }

/**
 * Submits the entry declaration, to be delivered once. Works offline; the draft is dropped. Gives the upload's id.
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused`, `Session` before a registration, `Store`.
 */
public suspend fun HealthCode.submitEntryDeclaration(answers: Map<String, Answer>): String =
    changing { it.submitEntryDeclaration(answers) }

/**
 * What the code counts as in a GB/T 2260 division, and by which rule.
 *
 * @throws org.healthcode.core.HealthCodeException `Session` without a code, `Store`.
 */
public suspend fun HealthCode.codeElsewhere(division: UInt): ElsewhereView = call { it.codeElsewhere(division) }

/**
 * The same for every region of the trust bundle.
 *
 * @throws org.healthcode.core.HealthCodeException `Session` without a code, `Store`.
 */
public suspend fun HealthCode.codeInRegions(): List<ElsewhereView> = call { it.codeInRegions() }

/** The colour of a checked code as a door shows it; null where the check did not come so far. */
public fun Verdict.colourAtDoor(language: String): DoorColourView? {
    val checked =
        CheckedColour(
            colour = colour ?: return null,
            scheme = scheme ?: return null,
            localColour = localColour,
            ruleId = mappingRule,
            ruleText = mappingText,
            refusal = refusal,
            statusChecked = statusChecked,
        )
    return colourAtDoor(checked, language)
}

/** What is painted for a colour of a scheme, its shape and its words. */
public fun Colour.words(
    scheme: Scheme,
    language: String,
): ColourWords = colourWords(this, scheme, language)

/** The kind explained, and a number of it judged; an empty one is not judged. */
public fun DocumentKind.explain(
    number: String,
    language: String,
): DocumentExplanation = explainDocument(this, number, language)
