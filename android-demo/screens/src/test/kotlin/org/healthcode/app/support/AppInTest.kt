package org.healthcode.app.support

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.healthcode.HealthCode
import org.healthcode.app.App
import org.healthcode.app.CitizenApp
import org.healthcode.app.Host
import org.healthcode.app.Settings
import org.healthcode.app.SettingsFile
import org.healthcode.app.screen.Destination
import org.healthcode.app.screen.Navigator
import org.healthcode.core.HostClock
import org.healthcode.support.Phone

/** Opens [phone]'s store, shows [screen] of the living app over it, and closes it at the end. */
@OptIn(ExperimentalTestApi::class)
fun onPhone(
    phone: Phone,
    language: String,
    screen: String? = null,
    argument: String? = null,
    settings: Settings = Settings(SettingsInMemory(), language),
    host: Host = TestHost(),
    clock: HostClock? = null,
    test: ComposeUiTest.(App) -> Unit,
) {
    val health = runBlocking { phone.open(clock = clock).also { it.setLanguage(language) } }
    health.use {
        runComposeUiTest {
            val app = appAt(health, CoroutineScope(Dispatchers.Main.immediate), settings, screen, argument, host)
            setContent { CitizenApp(app, false) }
            test(app)
        }
    }
}

/** The app over the real core, at [screen] above home. */
fun appAt(
    health: HealthCode,
    scope: CoroutineScope,
    settings: Settings,
    screen: String? = null,
    argument: String? = null,
    host: Host = TestHost(),
): App {
    val navigator = Navigator(Destination("home"))
    if (screen != null) navigator.open(screen, argument)
    return App(health, navigator, host, settings, scope)
}

/** Settings that live as long as the test. */
class SettingsInMemory : SettingsFile {
    private val values = mutableMapOf<String, String>()

    override fun read(name: String): String? = values[name]

    override fun write(
        name: String,
        value: String,
    ) {
        values[name] = value
    }
}
