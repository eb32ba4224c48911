@file:OptIn(ExperimentalTestApi::class)

package org.healthcode.app.support

import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isEnabled
import androidx.compose.ui.test.onAllNodesWithTag
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextReplacement
import kotlinx.coroutines.job
import org.healthcode.app.App

// What a person sees and hears, and does, in the tree of semantics.

/** The calls into the core run on threads of their own: real time. */
private const val PATIENCE_MS = 30_000L

fun ComposeUiTest.nodes(): List<SemanticsNode> =
    onAllNodes(SemanticsMatcher("any") { true }, useUnmergedTree = true).fetchSemanticsNodes(atLeastOneRootRequired = false)

/** All that is written or spoken. */
fun ComposeUiTest.texts(): List<String> = nodes().flatMap { it.words() }

fun SemanticsNode.words(): List<String> {
    val written = config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
    val spoken = config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()
    val typed = listOfNotNull(config.getOrNull(SemanticsProperties.EditableText)?.text)
    return (written + spoken + typed).map { it.bare() }
}

/** Without the marks that keep arguments apart in mixed directions. */
fun String.bare(): String = filter { it != '\u2068' && it != '\u2069' }

fun ComposeUiTest.shows(text: String): Boolean = texts().any { text.bare() in it }

/** What is announced when it changes. */
fun ComposeUiTest.liveRegions(): List<List<String>> =
    nodes()
        .filter { it.config.getOrNull(SemanticsProperties.LiveRegion) != null }
        .map { region -> region.words() }

fun ComposeUiTest.images(): List<SemanticsNode> = nodes().filter { it.config.getOrNull(SemanticsProperties.Role) == Role.Image }

fun ComposeUiTest.focused(): List<Int> = nodes().filter { it.config.getOrNull(SemanticsProperties.Focused) == true }.map { it.id }

fun ComposeUiTest.isAssertive(): Boolean = nodes().any { it.config.getOrNull(SemanticsProperties.LiveRegion) == LiveRegionMode.Assertive }

/** The state's name, as docs/APPS.md lists it; none where the screen names none. */
fun ComposeUiTest.stateName(): String? =
    nodes()
        .mapNotNull { it.config.getOrNull(SemanticsProperties.TestTag) }
        .firstOrNull { it.startsWith("state-") }
        ?.removePrefix("state-")

fun ComposeUiTest.awaitState(name: String) = awaitThat("state $name") { stateName() == name }

fun ComposeUiTest.awaitText(text: String) = awaitThat("“$text”") { shows(text) }

fun ComposeUiTest.awaitThat(
    what: String,
    holds: () -> Boolean,
) {
    try {
        waitUntil(timeoutMillis = PATIENCE_MS) { holds() }
    } catch (late: Throwable) {
        throw AssertionError("never came: $what; seen: ${stateName()}, ${texts()}", late)
    }
}

fun ComposeUiTest.isTagged(tag: String): Boolean = onAllNodesWithTag(tag).fetchSemanticsNodes().isNotEmpty()

/** Taps what says [text], as soon as it can be tapped; scrolled to where that is needed. */
fun ComposeUiTest.tap(text: String) {
    val target = (hasText(text) or hasContentDescription(text)) and hasClickAction() and isEnabled() and !hasSetTextAction()
    awaitThat("“$text” to tap") { onAllNodes(target).fetchSemanticsNodes().isNotEmpty() }
    val node = onAllNodes(target).onFirst()
    // What is always in reach does not scroll.
    runCatching { node.performScrollTo() }
    node.performClick()
    waitForIdle()
}

/** Takes the place of what stands in the box that is tagged so. */
fun ComposeUiTest.type(
    text: String,
    tag: String = "entry",
) {
    onNodeWithTag(tag).performTextReplacement(text)
    waitForIdle()
}

/** The headings, from above. */
fun ComposeUiTest.headings(): List<String> =
    nodes().filter { it.config.getOrNull(SemanticsProperties.Heading) != null }.flatMap { it.words() }

/** Whether something that was pressed is still being worked on. */
val App.isBusy: Boolean get() =
    scope.coroutineContext.job.children
        .any()
