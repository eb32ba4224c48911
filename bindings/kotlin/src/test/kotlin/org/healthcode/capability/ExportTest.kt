package org.healthcode.capability

import kotlinx.coroutines.runBlocking
import org.healthcode.code
import org.healthcode.core.ExportBlockKind
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HoldingsState
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

class ExportTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `everything that is held is given to the citizen`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    val data = health.exportData()
                    assertTrue("health-code-export" in data && "leftOut" in data)
                    assertEquals(
                        "not_registered",
                        assertFailsWith<HealthCodeException> { health.requestHoldings() }.code,
                    )
                    val view = health.exportView()
                    assertEquals(HoldingsState.NOT_REQUESTED, view.holdings)
                    assertTrue(view.sections.all { it.title.isNotEmpty() })
                    val paper = health.exportDocument()
                    assertTrue(paper.fileName.endsWith(".pdf"))
                    assertEquals(ExportBlockKind.TITLE, paper.blocks.first().kind)
                    assertEquals(view.title, paper.blocks.first().text)
                    assertTrue("2" in health.exportPageText(2, 7))
                }
            }
        }
}
