package org.healthcode.app.screen

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.Saver
import androidx.compose.runtime.saveable.listSaver
import androidx.compose.runtime.setValue

/** The screens that lie over one another; the last one is seen. The first never leaves. */
class Navigator(
    first: Destination,
) {
    private var stack by mutableStateOf(listOf(first))

    /** What is seen. */
    val shown: Destination get() = stack.last()

    /** Whether [back] leads anywhere. */
    val canGoBack: Boolean get() = stack.size > 1

    /** Shows [destination] over what is seen; nothing happens where it is seen already: a second tap opens nothing twice. */
    fun open(destination: Destination) {
        if (destination != shown) stack = stack + destination
    }

    fun open(
        screen: String,
        argument: String? = null,
    ) = open(Destination(screen, argument))

    /** What the shown screen does first on [back], such as a page of its own; whether it did something. */
    var within: (() -> Boolean)? = null

    /** One step back within what is seen, or takes the top screen away. */
    fun back() {
        if (within?.invoke() == true) return
        if (canGoBack) stack = stack.dropLast(1)
    }

    /** Takes all screens away and begins with [destination]. */
    fun restart(destination: Destination) {
        stack = listOf(destination)
    }

    /** Back to the first screen. */
    fun home() {
        stack = stack.take(1)
    }

    companion object {
        /** What the system keeps while the app is not in memory: names of screens alone, nothing of what stood on them. */
        val SAVER: Saver<Navigator, *> =
            listSaver(
                save = { navigator -> navigator.stack.flatMap { listOf(it.screen, it.argument.orEmpty()) } },
                restore = { kept ->
                    val places = kept.chunked(2) { (screen, argument) -> Destination(screen, argument.ifEmpty { null }) }
                    Navigator(places.first()).apply { stack = places }
                },
            )
    }
}
