package org.healthcode.app.capability.home

import org.healthcode.app.design.StateLook

/** What home shows. */
data class HomeState(
    val look: StateLook,
    val title: String,
    val why: String?,
    val asOf: String?,
    val canShowCode: Boolean,
)

/** What a person can do here. */
sealed interface HomeAction {
    data object ShowCode : HomeAction

    data object Sync : HomeAction

    /** Shows another screen. */
    data class Open(
        val screen: String,
    ) : HomeAction
}
