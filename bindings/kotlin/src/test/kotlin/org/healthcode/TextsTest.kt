package org.healthcode

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.healthcode.core.CheckedColour
import org.healthcode.core.Colour
import org.healthcode.core.ColourWords
import org.healthcode.core.DocumentKind
import org.healthcode.core.MomentStyle
import org.healthcode.core.Reason
import org.healthcode.core.Refusal
import org.healthcode.core.VerdictAct
import org.healthcode.core.colourAtDoor
import org.healthcode.core.colourTexts
import org.healthcode.core.colourWords
import org.healthcode.core.consent
import org.healthcode.core.dateText
import org.healthcode.core.distanceText
import org.healthcode.core.documentKindName
import org.healthcode.core.explainDocument
import org.healthcode.core.isHealthCode
import org.healthcode.core.keyFingerprint
import org.healthcode.core.localizedText
import org.healthcode.core.momentText
import org.healthcode.core.openingFailure
import org.healthcode.core.personToCompare
import org.healthcode.core.reasonTexts
import org.healthcode.core.screenLanguages
import org.healthcode.core.screenText
import org.healthcode.core.screenTexts
import org.healthcode.core.textDirection
import org.healthcode.core.textOfCode
import org.healthcode.core.transports
import org.healthcode.core.verdictAct
import org.healthcode.core.verdictActText
import org.healthcode.core.verdictLevel
import org.healthcode.core.verdictText
import org.healthcode.support.projectRoot
import org.healthcode.support.unhex
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** tests/vectors/texts.json: each function that makes words says what the core says. Swift runs the same ones. */
class TextsTest {
    @Test
    fun `every function says what the core says, in every language`() {
        val file = Json.parseToJsonElement(projectRoot.resolve("tests/vectors/texts.json").readText()).jsonObject
        val calls = file.getValue("calls").jsonArray.map { it.jsonObject }
        val wrong = mutableListOf<String>()
        var run = 0
        for (call in calls) {
            val name = call.getValue("call").jsonPrimitive.content
            val given = pieces(call.getValue("with"))
            for ((language, expected) in call.getValue("gives").jsonObject) {
                run += 1
                val found = told(name, given, language)
                if (found != pieces(expected)) wrong += "$name $given $language: $found, not $expected"
            }
        }
        assertEquals(emptyList(), wrong)
        assertTrue(run > 500, "$run were run")
    }

    private fun pieces(list: JsonElement): List<String?> = (list as JsonArray).map { it.jsonPrimitive.contentOrNull }

    private inline fun <reified T : Enum<T>> one(name: String) = enumValueOf<T>(name.uppercase())

    private fun id(value: Enum<*>?) = value?.name?.lowercase()

    private fun ColourWords.told() = listOf(id(tone), shape, word, title, spoken)

    private fun localized(json: String) =
        Json.parseToJsonElement(json).jsonObject.mapValues { it.value.jsonPrimitive.content }

    /** What a call gives, piece by piece. */
    private fun told(
        call: String,
        given: List<String?>,
        language: String,
    ): List<String?> {
        fun text(at: Int) = checkNotNull(given[at])

        fun colour(at: Int) = given[at]?.let { one<Colour>(it) }

        fun refusal(at: Int) = given[at]?.let { one<Refusal>(it) }
        return when (call) {
            "colour_at_door" -> atDoor(given, language)
            "colour_texts" -> colourTexts(one(text(0)), language).run { listOf(word, shape) }
            "colour_words" -> colourWords(one(text(0)), one(text(1)), language).told()
            "consent" -> listOf(consent(language).text)
            "date_text" -> listOf(dateText(text(0), language))
            "distance_text" -> listOf(distanceText(text(0).toUInt(), language))
            "document_kind_name" -> listOf(documentKindName(one(text(0)), language))
            "explain_document" ->
                explainDocument(one<DocumentKind>(text(0)), text(1), language)
                    .run { listOf(id(kind), title, form, number, fault, faultText, bornOn) }
            "is_health_code" -> listOf("${isHealthCode(text(0))}")
            "key_fingerprint" -> listOf(keyFingerprint(unhex(text(0))))
            "localized_text" -> listOf(localizedText(localized(text(0)), language))
            "moment_text" -> {
                val style = one<MomentStyle>(text(2))
                listOf(momentText(text(0).toLong(), text(1).toLong(), style, language, text(3).toInt()))
            }
            "opening_failure" ->
                openingFailure(text(0), language).run { listOf(id(kind), title, text, "$canRetry", "$canReset") }
            "person_to_compare" ->
                personToCompare(text(0), text(1), language).run { listOf(name, documentTail, text) }
            "reason_texts" -> reasonTexts(one<Reason>(text(0)), language).run { listOf(id, text, instruction) }
            "screen_languages" -> screenLanguages()
            "screen_text" -> {
                val arguments = given.drop(1).map { checkNotNull(it) }.chunked(2) { (name, value) -> name to value }
                listOf(screenText(text(0), arguments.toMap(), language))
            }
            "screen_texts" -> listOf(screenTexts(language)[text(0)])
            "text_direction" -> listOf(id(textDirection(language)))
            "text_of_code" -> listOf(textOfCode(text(0), language))
            "transports" -> transports()
            "verdict_act" -> listOf(id(verdictAct(refusal(0), text(1) == "true")))
            "verdict_act_text" -> listOf(verdictActText(one<VerdictAct>(text(0)), language))
            "verdict_level" -> listOf(id(verdictLevel(refusal(0), colour(1))))
            "verdict_text" -> verdictText(refusal(0), language).run { listOf(code, text) }
            else -> error("$call is unknown here")
        }
    }

    private fun atDoor(
        given: List<String?>,
        language: String,
    ): List<String?> {
        val checked =
            CheckedColour(
                colour = one(checkNotNull(given[0])),
                scheme = one(checkNotNull(given[1])),
                localColour = given[2]?.let { one<Colour>(it) },
                ruleId = given[3],
                ruleText = given[4]?.let { localized(it) },
                refusal = given[5]?.let { one<Refusal>(it) },
                statusChecked = given[6] == "true",
            )
        return colourAtDoor(checked, language).run {
            own.told() + here.told() +
                listOf("$isMapped", ruleId, ruleText, title, spoken, id(level), id(act), nextStep)
        }
    }

    @Test
    fun `every code has its text in every language`() {
        val table = projectRoot.resolve("docs/ERROR_CODES.md").readText()
        val codes =
            Regex(
                "^\\| `([a-z0-9_]+)`",
                RegexOption.MULTILINE,
            ).findAll(table).map { it.groupValues[1] }.toList()
        assertTrue(codes.size > 100, "${codes.size}")
        for (code in codes) {
            val texts = screenLanguages().map { checkNotNull(textOfCode(code, it)) { "$code in $it" } }
            assertEquals(texts.size, texts.toSet().size, code)
            assertTrue(texts.none { it.isBlank() }, code)
        }
        assertNull(textOfCode("no such code", "en"))
    }
}
