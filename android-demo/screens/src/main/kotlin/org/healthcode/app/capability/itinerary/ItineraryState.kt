package org.healthcode.app.capability.itinerary

import org.healthcode.app.capability.form.TypedDate

/** Where somebody was or will go, leg by leg. */
data class ItineraryState(
    val page: ItineraryPage,
    val legs: List<LegView> = emptyList(),
    /** The leg that is written; its place among the legs. */
    val leg: TypedLeg = TypedLeg(),
    val place: Int = 0,
    val transports: List<Transport> = emptyList(),
    /** What is wrong, each with the leg's member that it is about; none for all of it. */
    val problems: List<LegProblem> = emptyList(),
    val attempt: Int = 0,
) {
    /** The name in the table of states. */
    val name: String
        get() =
            when {
                page == ItineraryPage.QUEUED -> "queued"
                problems.isNotEmpty() -> "problem"
                page == ItineraryPage.LEG || legs.isNotEmpty() -> "leg"
                else -> "empty"
            }
}

/** Which page is seen. */
enum class ItineraryPage { LIST, LEG, QUEUED }

/** A leg as it was typed. */
data class TypedLeg(
    val division: String = "",
    val from: TypedDate = TypedDate(),
    val until: TypedDate = TypedDate(),
    /** Id of a way to travel. */
    val transport: String = "",
    val number: String = "",
)

/** A leg, read back. */
data class LegView(
    val title: String,
    val text: String,
)

/** A way to travel. */
data class Transport(
    val id: String,
    val label: String,
)

/** Something to mend. */
data class LegProblem(
    val member: String?,
    val text: String,
)

/** What a person can do there. */
sealed interface ItineraryAction {
    data object Add : ItineraryAction

    data class Edit(
        val place: Int,
    ) : ItineraryAction

    data class Type(
        val leg: TypedLeg,
    ) : ItineraryAction

    data object Keep : ItineraryAction

    data object Remove : ItineraryAction

    data object Send : ItineraryAction

    data object Back : ItineraryAction
}
