package org.healthcode.capability

import kotlinx.coroutines.runBlocking
import org.healthcode.code
import org.healthcode.core.HealthCodeException
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertTrue

class ResultsTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a phone without results says so and proves none`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    val view = health.results()
                    assertTrue(view.current.isEmpty() && view.history.isEmpty() && view.text.isNotEmpty())
                    assertNull(view.nextChangeAt)
                    health.markResultsRead(listOf("lab/1"))
                    assertEquals(
                        "result_unknown",
                        assertFailsWith<HealthCodeException> { health.resultProof("lab/1") }.code,
                    )
                }
            }
        }
}
