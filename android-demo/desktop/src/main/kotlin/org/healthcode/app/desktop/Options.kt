package org.healthcode.app.desktop

import kotlin.system.exitProcess

/** The command line. What it cannot read ends the program with a sentence. */
class Options(
    arguments: Array<String>,
) {
    private val values = mutableMapOf<String, String>()

    init {
        val left = ArrayDeque(arguments.toList())
        while (left.isNotEmpty()) {
            val name = left.removeFirst()
            when (name) {
                in FLAGS -> values[name] = "true"
                in NAMES -> values[name] = left.removeFirstOrNull() ?: complain("$name needs a value")
                else -> complain("unknown option $name; there are ${(NAMES + FLAGS).joinToString()}")
            }
        }
    }

    val data: String get() = needed("--data")
    val url: String get() = needed("--url")
    val rootKey: ByteArray get() = runCatching { needed("--root-key").hexToByteArray() }.getOrElse { complain("--root-key is no hex") }
    val ca: String get() = needed("--ca")
    val title: String get() = values["--title"] ?: if (isCheckpoint) "Checkpoint" else "Health Code"
    val language: String? get() = values["--language"]
    val isDark: Boolean get() = "--dark" in values

    /** The door's app instead of the citizen's. */
    val isCheckpoint: Boolean get() = "--checkpoint" in values

    /** Where the door stands (GB/T 2260). */
    val division: UInt?
        get() = values["--division"]?.let { it.toUIntOrNull() ?: complain("--division is six digits") }

    /** The screen to begin with, over home. */
    val screen: String? get() = values["--screen"]

    /** When the process was started, Unix milliseconds: the steps of its start are told, and it ends with the code on the screen. */
    val measuredFrom: Long? get() = values["--measured-from"]?.let { it.toLongOrNull() ?: complain("--measured-from is milliseconds") }

    /** Where the window stands. */
    val place: Pair<Int, Int>?
        get() {
            val numbers = values["--at"]?.split(',')?.map { it.toIntOrNull() ?: complain("--at is X,Y") } ?: return null
            return if (numbers.size == 2) numbers[0] to numbers[1] else complain("--at is X,Y")
        }

    private fun needed(name: String) = values[name] ?: complain("$name is missing: start this with `cargo xtask app`")

    private fun complain(what: String): Nothing {
        System.err.println(what)
        exitProcess(2)
    }

    private companion object {
        val NAMES =
            setOf("--data", "--url", "--root-key", "--ca", "--title", "--language", "--at", "--division", "--screen", "--measured-from")
        val FLAGS = setOf("--dark", "--checkpoint")
    }
}
