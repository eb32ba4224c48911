package org.healthcode.app.capability.clinics

import org.healthcode.core.ClinicOpen

/** Clinics, those that are open now first. */
data class ClinicsState(
    val clinics: List<ClinicState>,
    /** The nearest first, as far as they are open alike. */
    val isNear: Boolean = false,
    /** Divisions (GB/T 2260) that have clinics. */
    val districts: List<UInt> = emptyList(),
    /** Null: all of them. */
    val district: UInt? = null,
    /** Where the person registered. */
    val ownDistrict: UInt? = null,
    val isChoosing: Boolean = false,
    /** What to do by hand where this phone cannot call. */
    val note: String? = null,
) {
    /** The name that docs/APPS.md has for it. */
    val name: String
        get() =
            when {
                clinics.isEmpty() -> "empty"
                isNear -> "nearest"
                else -> "no_position"
            }
}

/** One clinic, in words. */
data class ClinicState(
    val id: String,
    val name: String,
    val address: String,
    val phone: String,
    val open: ClinicOpen,
    /** "Closes 17:30". */
    val changes: String?,
    /** "1.2 km away". */
    val distance: String?,
)

/** What a person can do there. */
sealed interface ClinicsAction {
    data object Back : ClinicsAction

    data object UsePosition : ClinicsAction

    data object ChooseDistrict : ClinicsAction

    /** Null: everywhere. */
    data class Choose(
        val district: UInt?,
    ) : ClinicsAction

    data class Call(
        val phone: String,
    ) : ClinicsAction
}
