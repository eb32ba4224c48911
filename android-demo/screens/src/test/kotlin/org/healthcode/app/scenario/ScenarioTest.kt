package org.healthcode.app.scenario

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import org.healthcode.support.projectRoot
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.nameWithoutExtension
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.minutes

/** The scenarios that both apps have in common; `HEALTH_CODE_SCENARIO=paper` runs the one of this name alone. */
class ScenarioTest {
    @TempDir
    lateinit var folder: Path

    @OptIn(ExperimentalTestApi::class)
    @TestFactory
    fun scenarios(): List<DynamicTest> {
        val wanted = System.getenv("HEALTH_CODE_SCENARIO") ?: "*"
        val files = projectRoot.resolve("tests/scenarios").listDirectoryEntries("$wanted.json").sorted()
        assertTrue(files.isNotEmpty())
        return files.map { file ->
            DynamicTest.dynamicTest(file.nameWithoutExtension) {
                runComposeUiTest(
                    testTimeout = 5.minutes,
                ) { ScenarioRun(Scenario(file), folder.resolve(file.nameWithoutExtension), this).run() }
            }
        }
    }
}
