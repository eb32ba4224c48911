package org.healthcode.app.checkpoint

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.launch
import org.healthcode.app.App
import org.healthcode.app.Phone
import org.healthcode.app.ReadersLooks
import org.healthcode.app.Settings
import org.healthcode.app.screen.Destination
import org.healthcode.app.screen.Navigator
import org.healthcode.core.HealthCodeException

/** What a door knows besides its phone. */
class Door(
    /** The national root's public key (Ed25519, 32 bytes). */
    val rootKey: ByteArray,
    /** Where it stands (GB/T 2260), for the meaning of other regions' colours. */
    val division: UInt?,
)

/**
 * The door's app in a window. Its store is its own: nobody registers in it, it holds what authorities publish.
 *
 * Invariant: dark in every system theme, so that it is not taken for the citizen's app. A verdict is gone once the window is
 * no more [isInFront]: locked, or behind another.
 */
@Composable
fun CheckpointRoot(
    phone: Phone,
    door: Door,
    isInFront: () -> Boolean = { true },
    reducesMotion: Boolean = false,
) {
    val scope = rememberCoroutineScope()
    val settings = remember(phone) { Settings(phone.settingsFile) { phone.systemLanguage } }
    var app by remember(phone) { mutableStateOf<App?>(null) }
    var problem by remember(phone) { mutableStateOf<HealthCodeException?>(null) }
    var attempts by remember(phone) { mutableStateOf(0) }
    LaunchedEffect(phone, attempts) {
        try {
            val health = phone.open(settings.language)
            app = App(health, Navigator(Destination(CHECKPOINT_SCREENS.first().name)), phone.host, settings, scope, isInFront)
            problem = null
        } catch (failed: HealthCodeException) {
            problem = failed
        }
    }
    DisposableEffect(phone) { onDispose { app?.health?.close() } }
    val opened = app
    val failed = problem
    ReadersLooks(opened?.language ?: settings.language, settings.isElder, isDark = true, reducesMotion) {
        when {
            opened != null -> CheckpointContent(opened, door)
            failed != null -> CheckpointFailure(failed) { attempts++ }
        }
    }
}

/** The living screen. */
@Composable
private fun CheckpointContent(
    app: App,
    door: Door,
) {
    val model = remember(app) { CheckpointModel(app, door) }
    LaunchedEffect(app, app.settings.language) { app.speak(app.settings.language) }
    DisposableEffect(model) { onDispose(model::close) }
    LaunchedEffect(model) { model.follow() }
    CheckpointLiving(app, model)
}

/** The screen over its model: what the camera sees goes in, and time takes verdicts away. */
@Composable
internal fun CheckpointLiving(
    app: App,
    model: CheckpointModel,
) {
    val scope = rememberCoroutineScope()
    val state = model.state
    LaunchedEffect(model) {
        app.whileInFront {
            try {
                model.askForCamera()
                awaitCancellation()
            } finally {
                model.clear()
            }
        }
    }
    state.verdict?.number?.let { number -> LaunchedEffect(model, number) { model.clearLater(number) } }
    if (state.isSeveral) LaunchedEffect(model) { model.endSeveral() }
    CheckpointScreen(state, model::act) { modifier ->
        val camera = app.host.camera
        if (app.isSeen) camera?.View(state.isLit == true, { texts -> scope.launch { model.read(texts) } }, modifier)
    }
}
