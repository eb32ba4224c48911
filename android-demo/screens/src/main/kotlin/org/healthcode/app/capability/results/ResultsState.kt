package org.healthcode.app.capability.results

import org.healthcode.app.design.StatusMark

/** What laboratories reported, or one of it. */
data class ResultsState(
    val name: ResultsName,
    /** In a sentence, what there is. */
    val lead: String,
    /** What counts or is awaited. */
    val current: List<ResultShown>,
    val past: List<ResultShown>,
    /** What came and was signed by nobody. */
    val unverified: String? = null,
    /** Why countdowns may be wrong, or are not shown. */
    val clock: String? = null,
    /** The one that is looked at; none: the list. */
    val one: ResultShown? = null,
    val isSyncing: Boolean = false,
    /** What became of the file, or what the phone could not do. */
    val hint: String? = null,
) {
    override fun toString(): String = "ResultsState($name, hidden)"
}

/** As in docs/APPS.md; what lies above the list are strips. */
enum class ResultsName { LIST, NEW, EMPTY, COUNTS, AWAITED, ATTENTION, UNCLEAR, UNKNOWN, PAST, WITHDRAWN }

/** A result in words. */
data class ResultShown(
    val id: String,
    val name: ResultsName,
    val mark: StatusMark,
    val title: String,
    val outcome: String,
    /** Until when it counts; none without end, or past it. */
    val countdown: String?,
    val sampled: String,
    val reported: String,
    val place: String,
    val product: String,
    /** What the colour's rules see of it. */
    val fact: String?,
    val earlier: List<String>,
    val spoken: String,
    val step: ResultsStep,
    val stepText: String,
    val isNew: Boolean,
) {
    override fun toString(): String = "ResultShown($name, hidden)"
}

/** What the primary button does. */
enum class ResultsStep { NONE, CONNECT, TEST_AGAIN, SEE_COLOUR, CALL, UPDATE }

/** What a person can do there. */
sealed interface ResultsAction {
    data class Open(
        val id: String,
    ) : ResultsAction

    data class Take(
        val step: ResultsStep,
    ) : ResultsAction

    /** Keeps the signed result as a file. */
    data class SaveProof(
        val id: String,
    ) : ResultsAction

    /** To the EU certificates. */
    data object Certificates : ResultsAction

    data object Back : ResultsAction
}
