package org.healthcode.app

import kotlinx.coroutines.CoroutineScope
import org.healthcode.HealthCode
import org.healthcode.app.screen.Navigator

/** What a screen's model works with once the store is open. */
class App(
    val health: HealthCode,
    val navigator: Navigator,
    val host: Host,
    val settings: Settings,
    /** Lives as long as the app's window. */
    val scope: CoroutineScope,
)

/**
 * What the system around the screens does for them: a phone, or a desktop's window.
 *
 * Invariant: none of these throws; what cannot be done here does nothing and says so by its answer.
 */
interface Host {
    /** The code is on the screen, or no more: brightness, screenshots. */
    fun codeIsShown(isShown: Boolean)

    /** Offers to call [phone]; whether that can be done here. */
    fun call(phone: String): Boolean

    /** Shows [url] in a browser; whether that can be done here. */
    fun browse(url: String): Boolean

    /** Sounds and vibrations of a verdict. */
    fun signal(signal: Signal)

    /** Where the phone is, where the citizen allows it now; null where that is not to be had. */
    suspend fun position(): HostPosition?

    /** The version of the app, for the page about it. */
    val version: String
}

/** WGS 84 degrees. */
data class HostPosition(
    val latitude: Double,
    val longitude: Double,
)

/** How a verdict sounds and feels: one high, two even, three low, one flat. */
enum class Signal { PASS, CHECK, STOP, CANNOT_TELL }
