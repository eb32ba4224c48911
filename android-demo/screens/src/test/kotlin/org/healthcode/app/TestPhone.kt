package org.healthcode.app

import kotlinx.coroutines.CoroutineScope
import org.healthcode.HealthCode
import org.healthcode.app.screen.Destination
import org.healthcode.app.screen.Navigator

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

/** A phone that can do nothing but run the app. */
open class QuietHost : Host {
    override fun codeIsShown(isShown: Boolean) = Unit

    override fun call(phone: String): Boolean = false

    override fun browse(url: String): Boolean = false

    override fun signal(signal: Signal) = Unit

    override suspend fun position(): HostPosition? = null

    override val version: String = "0.1.0"
}

/** The app over the real core, at [screen] above home. */
fun appAt(
    health: HealthCode,
    scope: CoroutineScope,
    settings: Settings,
    screen: String? = null,
    argument: String? = null,
    host: Host = QuietHost(),
): App {
    val navigator = Navigator(Destination("home"))
    if (screen != null) navigator.open(screen, argument)
    return App(health, navigator, host, settings, scope)
}
