package org.healthcode.app

import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsNodeInteractionsProvider
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextReplacement
import androidx.compose.ui.test.v2.runComposeUiTest
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.healthcode.support.Phone

/** How long something may take to come to the screen. */
private const val PATIENCE_MS = 20_000L

/** Opens [phone]'s store, shows [screen] of the living app over it, and closes it at the end. */
@OptIn(ExperimentalTestApi::class)
fun onPhone(
    phone: Phone,
    language: String,
    screen: String? = null,
    argument: String? = null,
    settings: Settings = Settings(SettingsInMemory(), language),
    test: ComposeUiTest.(App) -> Unit,
) {
    val health = runBlocking { phone.open().also { it.setLanguage(language) } }
    health.use {
        runComposeUiTest {
            val app = appAt(health, CoroutineScope(Dispatchers.Main.immediate), settings, screen, argument)
            setContent { CitizenApp(app, false) }
            test(app)
        }
    }
}

/** Waits until [text] is shown. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.sees(text: String) {
    try {
        waitUntil(timeoutMillis = PATIENCE_MS) { onAllNodesWithText(text).fetchSemanticsNodes().isNotEmpty() }
    } catch (late: Throwable) {
        throw AssertionError("no \"$text\" among ${shown()}", late)
    }
}

/** Every text that is shown. */
@OptIn(ExperimentalTestApi::class)
fun SemanticsNodeInteractionsProvider.shown(): List<String> =
    onAllNodes(!isRoot()).fetchSemanticsNodes().flatMap { node ->
        node.config
            .getOrNull(SemanticsProperties.Text)
            .orEmpty()
            .map { it.text }
    }

/** Taps on what says [text] and can be tapped. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.tap(text: String) {
    sees(text)
    val node = onAllNodes(hasText(text) and hasClickAction() and !hasSetTextAction()).onFirst()
    // What is always in reach does not scroll.
    runCatching { node.performScrollTo() }
    node.performClick()
    waitForIdle()
}

/** Types into the box that is tagged so. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.type(
    text: String,
    tag: String = "entry",
) = onNodeWithTag(tag).performTextReplacement(text)

/** Waits until it [holds]. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.await(holds: () -> Boolean) = waitUntil(timeoutMillis = PATIENCE_MS) { holds() }
