package org.healthcode.app

/**
 * What the screens say, in one language: the core's words, by their ids (`core/src/words/screens`).
 *
 * Invariant: an id without words is shown as itself, in brackets; a test finds it before a person does.
 */
class Words(
    val language: String,
    private val plain: Map<String, String>,
    private val formatted: (id: String, arguments: Map<String, String>) -> String?,
) {
    /** The words with this id. */
    operator fun get(id: String): String = plain[id] ?: "[$id]"

    /** The words with this id and their arguments; digits count as a number. */
    fun format(
        id: String,
        vararg arguments: Pair<String, Any>,
    ): String = formatted(id, arguments.associate { (name, value) -> name to value.toString() }) ?: "[$id]"
}
