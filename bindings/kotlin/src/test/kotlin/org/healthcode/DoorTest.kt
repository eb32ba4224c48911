package org.healthcode

import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.healthcode.core.HealthCodeException
import org.healthcode.core.Refusal
import org.healthcode.core.codeModules
import org.healthcode.core.codePng
import org.healthcode.core.isHealthCode
import org.healthcode.core.keyFingerprint
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.projectRoot
import org.healthcode.support.turnGreen
import org.healthcode.support.unhex
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** What two doors tell each other, what a door and a phone read out, and codes that an app draws itself. */
class DoorTest {
    @TempDir
    lateinit var folder: Path

    private fun read(name: String) = Json.parseToJsonElement(projectRoot.resolve("tests/vectors/code/$name").readText())

    private val published = read("published.json").jsonObject
    private val sheet = read("paper.json").jsonArray.map { it.jsonObject }.first { it.text("name") == "paper-sheet" }

    private fun JsonObject.text(key: String) = getValue(key).jsonPrimitive.content

    private fun bundle(
        kind: String,
        name: String,
    ) = unhex(published.getValue(kind).jsonObject.text(name))

    private fun withoutLists() =
        Checkpoint.open(bundle("trustBundles", "default"), unhex(published.text("rootKey")), at = OPENED_AT)

    private fun door() = withoutLists().also { it.addStatusList(bundle("statusLists", "clear"), at = OPENED_AT) }

    @Test
    fun `a sheet that one door saw is named at the other`() {
        val at = sheet.text("at").toLong()
        door().use { north ->
            door().use { south ->
                assertEquals(0u, south.addPapersSeen(north.papersSeen(at)), "nothing was seen yet")
                assertEquals(Refusal.COMPARE_WITH_DOCUMENT, north.check(sheet.text("text"), at).refusal)
                val list = north.papersSeen(at + 1)
                assertTrue(list.size > 8 && "欧" !in list.decodeToString(), "numbers and times, no name")
                assertEquals(0u, south.addPapersSeen(list))
                assertEquals(Refusal.PAPER_SHOWN_ELSEWHERE, south.check(sheet.text("text"), at + 2).refusal)
                assertContentEquals(
                    door().use { it.papersSeen(at) },
                    north.papersSeen(at + 3_600),
                    "a minute, no longer",
                )
                for (damaged in listOf(byteArrayOf(), byteArrayOf(1), list + 0)) {
                    val refused = assertFailsWith<HealthCodeException.Argument> { south.addPapersSeen(damaged) }
                    assertEquals("papers_seen_unreadable", refused.code)
                }
            }
        }
    }

    @Test
    fun `a door says how much its lists tell`() {
        door().use { door ->
            val lists = door.lists(OPENED_AT)
            assertTrue(lists.isFresh)
            assertTrue(checkNotNull(lists.asOf) <= OPENED_AT)
            val later = door.lists(OPENED_AT + 90 * 86_400)
            assertEquals(lists.asOf to false, later.asOf to later.isFresh)
        }
        withoutLists().use { none ->
            assertNull(none.lists(OPENED_AT).asOf)
            assertEquals(false, none.lists(OPENED_AT).isFresh)
        }
    }

    @Test
    fun `the modules are those of the picture`() {
        val text = sheet.text("text")
        assertTrue(isHealthCode(text))
        val modules = codeModules(text)
        val side = modules.side.toInt()
        val width = (side + 7) / 8
        assertEquals(width * side, modules.rows.size)
        val picture = ImageIO.read(codePng(text).inputStream())
        assertEquals(side + 2 * QUIET to side + 2 * QUIET, picture.width to picture.height)
        for (row in -QUIET until side + QUIET) {
            for (column in -QUIET until side + QUIET) {
                val isInside = row in 0 until side && column in 0 until side
                val isDark =
                    isInside && modules.rows[row * width + column / 8].toInt() shr (7 - column % 8) and 1 == 1
                val painted = picture.getRGB(column + QUIET, row + QUIET) and 0xFFFFFF
                assertEquals(if (isDark) 0 else 0xFFFFFF, painted, "$row, $column")
            }
        }
    }

    @Test
    fun `what a phone reads out is its own and stays`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                val phone = Phone(folder.resolve("a"), authority)
                val id =
                    phone.open().use { health ->
                        assertEquals(keyFingerprint(authority.rootKey), health.rootKeyFingerprint())
                        assertTrue(Regex("[0-9a-f]{4}( [0-9a-f]{4}){7}").matches(health.rootKeyFingerprint()))
                        health.turnGreen()
                        health.deviceId()
                    }
                assertEquals(22, id.length)
                assertEquals(id, phone.open().use { it.deviceId() }, "it stays")
                assertNotEquals(id, Phone(folder.resolve("b"), authority).open().use { it.deviceId() })
            }
        }

    private companion object {
        /** 2027-01-15T08:00:00Z, when the vectors were signed. */
        const val OPENED_AT = 1_800_000_000L

        /** Modules around a code that stay white. */
        const val QUIET = 4
    }
}
