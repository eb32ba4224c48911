package org.healthcode.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import org.healthcode.HealthCode
import org.healthcode.app.capability.opening.OpeningModel
import org.healthcode.app.capability.opening.OpeningScreen
import org.healthcode.app.design.Design
import org.healthcode.app.screen.Destination
import org.healthcode.app.screen.Navigator
import org.healthcode.core.Stage
import org.healthcode.core.SyncReason

/** What carries the app: opens the core's store in its own folder with its own key. */
interface Phone {
    /** BCP 47. */
    val systemLanguage: String
    val settingsFile: SettingsFile
    val host: Host

    /** Where the store lies. */
    val storeFolder: String

    /** Opens the store. @throws HealthCodeException as [HealthCode.open]. */
    suspend fun open(language: String): HealthCode

    /** The window is gone. Closes the store; a phone whose background work shares it keeps it open. */
    fun release(health: HealthCode) = health.close()
}

/**
 * The whole app in a window: opens the store, shows what holds, gives it back with the window. [wanted] is the screen that was
 * asked for from outside, which is seen first then: home is not drawn before it. [isInFront] is read as it changes, drawn or not. [around] is what the system does beside the
 * screens once the store is open.
 *
 * Invariant: one store is open at a time, and it is given back on every way out. Where it does not open, a screen says what
 * can be done.
 */
@Composable
fun CitizenRoot(
    phone: Phone,
    isDark: Boolean,
    reducesMotion: Boolean = false,
    isInFront: () -> Boolean = { true },
    wanted: () -> String? = { null },
    around: @Composable (App) -> Unit = {},
) {
    val scope = rememberCoroutineScope()
    val settings = remember(phone) { Settings(phone.settingsFile) { phone.systemLanguage } }
    val opening = remember(phone) { OpeningModel(phone, settings) }
    val navigator = rememberSaveable(phone, saver = Navigator.SAVER) { Navigator(Destination(CITIZEN_SCREENS.first().name)) }
    var app by remember(phone) { mutableStateOf<App?>(null) }
    LaunchedEffect(phone) {
        val health = opening.open()
        // Where the system ended the app behind somebody's back, it goes on where it was.
        if (!navigator.canGoBack) navigator.restart(firstOf(health, settings))
        wanted()?.let { navigator.open(it) }
        app = App(health, navigator, phone.host, settings, scope, isInFront).apply { sync(SyncReason.APP_OPENED) }
    }
    DisposableEffect(phone) { onDispose { app?.let { phone.release(it.health) } } }
    val opened = app
    if (opened == null) {
        ReadersLooks(
            settings.language,
            settings.isElder,
            isDark,
            reducesMotion,
        ) { OpeningScreen(opening.state(Design.words), opening::act) }
    } else {
        CitizenApp(opened, isDark, reducesMotion)
        around(opened)
    }
}

/** Who is new is welcomed first, once. */
private fun firstOf(
    health: HealthCode,
    settings: Settings,
): Destination {
    val isNew = health.home.value.stage == Stage.NOT_REGISTERED && !settings.isWelcomed
    val welcome = CITIZEN_SCREENS.find { it.name == "onboarding" }.takeIf { isNew }
    return Destination((welcome ?: CITIZEN_SCREENS.first()).name)
}
