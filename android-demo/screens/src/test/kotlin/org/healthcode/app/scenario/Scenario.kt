package org.healthcode.app.scenario

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.healthcode.core.Answer
import org.healthcode.core.DocumentAnswer
import org.healthcode.core.DocumentKind
import java.nio.file.Path
import java.time.LocalDate
import java.time.ZoneId
import kotlin.io.path.readText

/** A scenario as docs/APPS.md has it. */
class Scenario(
    file: Path,
) {
    private val json = Json.parseToJsonElement(file.readText()).jsonObject
    val name: String = json.getValue("scenario").jsonPrimitive.content
    val authority: Map<String, String> = json["authority"]?.jsonObject.orEmpty().mapValues { it.value.jsonPrimitive.content }
    val given: List<Step> = steps("given")
    val steps: List<Step> = steps("steps")

    private fun steps(of: String) = json.getValue(of).jsonArray.map { Step(it.jsonObject) }
}

/** A verb, its data, and what is on the screen after it. */
class Step(
    private val json: JsonObject,
) {
    val verb: String = text("do") ?: error("a step without a verb: $json")
    val see: See? = json["see"]?.jsonObject?.let { See(it) }
    val hours: Double get() = json.getValue("hours").jsonPrimitive.double
    val answers: Map<String, Answer> get() = json["answers"]?.jsonObject.orEmpty().mapValues { answerOf(it.value) }

    fun answer(name: String): Answer = answerOf(json.getValue(name))

    fun text(name: String): String? = json[name]?.jsonPrimitive?.content

    fun map(name: String): Map<String, String> = json[name]?.jsonObject.orEmpty().mapValues { it.value.jsonPrimitive.content }

    fun names(name: String): List<String> = json[name]?.jsonArray.orEmpty().map { it.jsonPrimitive.content }

    fun needed(name: String): String = checkNotNull(text(name)) { "$verb without $name" }
}

/** What is left out is not looked at. */
class See(
    private val json: JsonObject,
) {
    val screen: String? = json["screen"]?.jsonPrimitive?.content
    val state: String? = json["state"]?.jsonPrimitive?.content
    val notices: List<String>? = json["notices"]?.jsonArray?.map { it.jsonPrimitive.content }
    val words: List<String> = list("words")
    val hidden: List<String> = list("hidden")

    fun texts(language: String): List<String> = list(language)

    private fun list(name: String) = json[name]?.jsonArray.orEmpty().map { it.jsonPrimitive.content }
}

private fun answerOf(json: JsonElement): Answer =
    when (json) {
        is JsonArray -> Answer.Choices(json.map { it.jsonPrimitive.content })
        is JsonObject -> {
            json["days_ago"]?.let { days ->
                val day = LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(days.jsonPrimitive.long)
                return Answer.Text("$day")
            }
            val kind =
                DocumentKind.valueOf(
                    json
                        .getValue("kind")
                        .jsonPrimitive.content
                        .uppercase(),
                )
            Answer.Document(DocumentAnswer(kind, json.getValue("number").jsonPrimitive.content))
        }
        is JsonPrimitive ->
            when {
                json.isString -> Answer.Text(json.content)
                json.booleanOrNull != null -> Answer.YesNo(json.boolean)
                else -> Answer.Number(json.double)
            }
    }
