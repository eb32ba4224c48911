package org.healthcode

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import org.healthcode.core.HealthCodeException
import org.healthcode.core.Verdict
import org.healthcode.core.checkAnswers
import org.healthcode.core.evaluateRule
import org.healthcode.core.verdictText
import org.healthcode.support.projectRoot
import org.healthcode.support.unhex
import java.util.HexFormat
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals

/** The vectors of tests/vectors, the same ones that Rust, Swift and Python run. */
class VectorsTest {
    private fun read(name: String): JsonElement =
        Json.parseToJsonElement(projectRoot.resolve("tests/vectors/$name").readText())

    private val published = read("code/published.json").jsonObject

    private fun bundle(
        kind: String,
        name: String,
    ): ByteArray = unhex(published.getValue(kind).jsonObject.text(name))

    private val rootKey = unhex(published.text("rootKey"))

    @Test
    fun `every code gets its verdict`() {
        var run = 0
        val wrong = mutableListOf<String>()
        for (file in listOf("valid", "invalid", "edge", "paper")) {
            for (vector in read("code/$file.json").jsonArray.map { it.jsonObject }) {
                run += 1
                val verdict = verdictOf(vector)
                val found = verdict.comparable()
                val expected = vector.getValue("expect").jsonObject
                if (found != expected) {
                    val keys = (found.keys + expected.keys).filter { found[it] != expected[it] }
                    wrong += "${vector.text("name")}: ${keys.map { "$it: ${expected[it]} expected, ${found[it]}" }}"
                }
                // What the vectors leave out: the refusal is the reason, and it has its text in every language.
                val refusal = verdictText(verdict.refusal, "en")
                if (refusal.code != verdict.reason) wrong += "${vector.text("name")}: $refusal, ${verdict.reason}"
                val chinese = verdict.text("zh")
                if (refusal.text.isBlank() || chinese.isBlank() || chinese == refusal.text) {
                    wrong += "${vector.text("name")}: no text"
                }
            }
        }
        assertEquals(emptyList(), wrong)
        assertEquals(36 + 139 + 23 + 42, run)
    }

    private fun verdictOf(vector: JsonObject): Verdict {
        val at = vector.number("at")
        val trust = bundle("trustBundles", vector.text("trust"))
        // Opened when it was signed: whether it has ended by now is the check's to say.
        Checkpoint
            .open(
                trust,
                rootKey,
                place = vector["place"].textOrNull(),
                localDivision = (vector["localDivision"] as? JsonPrimitive)?.content?.toUIntOrNull(),
                at = OPENED_AT,
            ).use { checkpoint ->
                for (list in vector.getValue("statusLists").jsonArray) {
                    checkpoint.addStatusList(bundle("statusLists", list.jsonPrimitive.content), at = OPENED_AT)
                }
                vector["seenElsewhere"]?.let { checkpoint.addPapersSeen(unhex(it.jsonPrimitive.content)) }
                for (shown in vector.getValue("shownBefore").jsonArray.map { it.jsonObject }) {
                    checkpoint.check(shown.text("text"), shown.number("at"))
                }
                return checkpoint.check(vector.text("text"), at)
            }
    }

    private fun Verdict.comparable() =
        JsonObject(
            mapOf(
                "accepted" to JsonPrimitive(accepted),
                "reason" to JsonPrimitive(reason),
                "colour" to id(colour),
                "localColour" to id(localColour),
                "mappingRule" to text(mappingRule),
                "healthReason" to text(healthReason),
                "maskedName" to text(maskedName),
                "documentTail" to text(documentTail),
                "assurance" to id(assurance),
                "subjectKind" to (if (subjectKind?.name == "MYSELF") JsonPrimitive("self") else id(subjectKind)),
                "scheme" to id(scheme),
                "region" to number(region?.toLong()),
                "regionName" to
                    (regionName?.let { names -> JsonObject(names.mapValues { JsonPrimitive(it.value) }) } ?: JsonNull),
                "ruleSetVersion" to number(ruleSetVersion?.toLong()),
                "credentialExpiresAt" to number(credentialExpiresAt),
                "presentationAgeSecs" to number(presentationAgeSecs),
                "trustAgeSecs" to number(trustAgeSecs),
                "statusAgeSecs" to number(statusAgeSecs),
                "statusChecked" to JsonPrimitive(statusChecked),
            ),
        )

    @Test
    fun `every bundle opens or is refused by name`() {
        val vectors = read("code/bundles.json").jsonArray.map { it.jsonObject }
        assertEquals(49, vectors.size)
        for (vector in vectors) {
            val bytes = unhex(vector.text("bytes"))
            val (told, content) =
                try {
                    "ok" to
                        when (vector.text("kind")) {
                            "trust" -> trust(vector, bytes)
                            "status-list" -> list(vector, bytes)
                            else -> signed(vector, bytes)
                        }
                } catch (error: HealthCodeException) {
                    error.code to JsonNull
                }
            assertEquals(vector.text("expect"), told, vector.text("name"))
            // Which places a list revokes is not asked of a list but of codes: the test above.
            val expected = vector["content"] as? JsonObject
            val comparable = expected?.let { JsonObject(it - setOf("revoked", "notRevoked")) } ?: JsonNull
            assertEquals(comparable, content, vector.text("name"))
        }
    }

    private fun trust(
        vector: JsonObject,
        bytes: ByteArray,
    ) = Checkpoint
        .open(bytes, rootKey, lowestVersion = vector.number("lowest").toULong(), at = vector.number("at"))
        .use { checkpoint ->
            val divisions = checkpoint.trust.divisions.map { JsonPrimitive(it.toLong()) }
            val version = JsonPrimitive(checkpoint.trust.version.toLong())
            JsonObject(mapOf("version" to version, "divisions" to JsonArray(divisions)))
        }

    private fun list(
        vector: JsonObject,
        bytes: ByteArray,
    ) = checkpointOf(vector).use {
        val until = it.addStatusList(bytes, vector.number("lowest"), vector.number("at"))
        JsonObject(mapOf("until" to JsonPrimitive(until)))
    }

    private fun signed(
        vector: JsonObject,
        bytes: ByteArray,
    ) = checkpointOf(vector).use {
        val opened = it.openSigned(vector.text("kind"), bytes, vector.number("at"))
        val payload = JsonPrimitive(HexFormat.of().formatHex(opened.payload))
        JsonObject(mapOf("payload" to payload, "division" to JsonPrimitive(opened.division.toLong())))
    }

    private fun checkpointOf(vector: JsonObject) =
        Checkpoint.open(bundle("trustBundles", vector.text("trust")), rootKey, at = OPENED_AT)

    @Test
    fun `every CertLogic case has its value or its error`() {
        val cases =
            read("certlogic.json")
                .jsonObject
                .getValue("cases")
                .jsonArray
                .map { it.jsonObject }
        assertEquals(407, cases.size)
        for (case in cases) {
            val expected = case["error"]?.jsonPrimitive?.content ?: case.getValue("expected")
            val found: Any =
                try {
                    val expression = case.getValue("expression").toString()
                    Json.parseToJsonElement(evaluateRule(expression, (case["data"] ?: JsonNull).toString()))
                } catch (error: HealthCodeException.Form) {
                    error.code
                }
            assertEquals(expected, found, case.text("name"))
        }
    }

    @Test
    fun `every set of answers has its refusals`() {
        val vectors =
            read("form.json")
                .jsonObject
                .getValue("answers")
                .jsonArray
                .map { it.jsonObject }
        assertEquals(28, vectors.size)
        for (vector in vectors) {
            val form = projectRoot.resolve("core/data/forms/${vector.text("form")}.json").readText()
            val refused = checkAnswers(form, vector.getValue("answers").toString(), vector.text("today"), "en")
            val expected =
                vector.getValue("errors").jsonArray.map { error ->
                    error.jsonObject.let { listOf(it.text("path"), it.text("code")) }
                }
            assertEquals(expected, refused.map { listOf(it.path, it.code) }, vector.text("name"))
        }
    }

    private companion object {
        /** 2027-01-15T08:00:00Z, around which everything happens. */
        const val OPENED_AT = 1_800_000_000L

        fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content

        fun JsonObject.number(key: String) = getValue(key).jsonPrimitive.long

        fun JsonElement?.textOrNull() = (this as? JsonPrimitive)?.takeIf { it.isString }?.content

        fun text(value: String?) = JsonPrimitive(value)

        fun number(value: Long?) = JsonPrimitive(value)

        fun id(value: Enum<*>?) = JsonPrimitive(value?.name?.lowercase())
    }
}
