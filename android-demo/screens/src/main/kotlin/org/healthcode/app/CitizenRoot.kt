package org.healthcode.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import org.healthcode.HealthCode
import org.healthcode.app.screen.Destination
import org.healthcode.app.screen.Navigator
import org.healthcode.core.HealthCodeException
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
}

/**
 * The whole app in a window: opens the store, shows what holds, closes it with the window.
 *
 * Invariant: one store is open at a time, and it is closed on every way out.
 */
@Composable
fun CitizenRoot(
    phone: Phone,
    isDark: Boolean,
    reducesMotion: Boolean = false,
) {
    val scope = rememberCoroutineScope()
    val settings = remember(phone) { Settings(phone.settingsFile, phone.systemLanguage) }
    var app by remember(phone) { mutableStateOf<App?>(null) }
    LaunchedEffect(phone) {
        val health = phone.open(settings.language)
        val opened = App(health, Navigator(Destination(CITIZEN_SCREENS.first().name)), phone.host, settings, scope)
        app = opened
        try {
            health.sync(SyncReason.APP_OPENED)
        } catch (_: HealthCodeException) {
            // Home says what holds.
        }
    }
    DisposableEffect(phone) { onDispose { app?.health?.close() } }
    app?.let { opened ->
        LaunchedEffect(opened, settings.language) { opened.health.setLanguage(settings.language) }
        CitizenApp(opened, isDark, reducesMotion)
    }
}
