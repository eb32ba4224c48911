package org.healthcode.app.checkpoint

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import org.healthcode.app.Host
import org.healthcode.app.HostCamera
import org.healthcode.app.HostPosition
import org.healthcode.app.Signal

/** A phone's hardware that remembers what was asked of it. */
internal class DoorHost(
    var here: HostPosition? = null,
    private val canCall: Boolean = true,
) : Host {
    val signals = mutableListOf<Signal>()
    val called = mutableListOf<String>()
    val browsed = mutableListOf<String>()
    override val camera = DoorCamera()
    override val version = "0.1.0"

    override fun codeIsShown(isShown: Boolean) = Unit

    override fun call(phone: String): Boolean = canCall.also { if (it) called += phone }

    override fun browse(url: String): Boolean = true.also { browsed += url }

    override fun signal(signal: Signal) {
        signals += signal
    }

    override suspend fun position(): HostPosition? = here
}

/** A camera that sees nothing by itself. */
internal class DoorCamera : HostCamera {
    var isAllowed = true
    var settingsOpened = 0

    override suspend fun isAllowed() = isAllowed

    override fun openSettings() {
        settingsOpened++
    }

    @Composable
    override fun View(
        isLit: Boolean,
        onCodes: (List<String>) -> Unit,
        modifier: Modifier,
    ) = Unit
}
