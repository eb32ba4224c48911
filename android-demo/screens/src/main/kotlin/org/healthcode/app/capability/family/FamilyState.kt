package org.healthcode.app.capability.family

import org.healthcode.app.design.QrModules
import org.healthcode.app.design.StateLook

/** Who is looked after on this phone, and who looks after its owner. */
data class FamilyState(
    val page: FamilyPage,
    /** What stands above the list. */
    val lead: String = "",
    val people: List<Person> = emptyList(),
    /** The authority's limit is reached. */
    val isFull: Boolean = false,
    /** The owner has no registration yet: nobody can be taken in. */
    val isRegistered: Boolean = true,
    val isOffline: Boolean = false,
    val isSyncing: Boolean = false,
    /** The one whose page is seen. */
    val person: Person? = null,
    val code: ShownCareCode? = null,
    val carers: List<Carer> = emptyList(),
    /** This phone's number, for the desk; none where the key does not answer. */
    val deviceId: String? = null,
    /** Ids of those whom one declaration is for. */
    val chosen: Set<String> = emptySet(),
    val problem: String? = null,
) {
    /** The name in the table of states. */
    val name: String
        get() =
            when (page) {
                FamilyPage.LIST ->
                    if (people.isEmpty()) {
                        "empty"
                    } else if (isFull) {
                        "full"
                    } else {
                        "list"
                    }
                FamilyPage.PERSON -> person?.stage?.name?.lowercase() ?: "list"
                FamilyPage.SHOW_CODE ->
                    when (code?.stage) {
                        CareCodeStage.COUNTS -> "show_code"
                        CareCodeStage.OVER -> "show_code_over"
                        else -> "show_code_waiting"
                    }
                else -> page.name.lowercase()
            }
}

/** Which page is seen. */
enum class FamilyPage { LIST, ADD, PERSON, LEAVE, SHOW_CODE, DECLARE, CARERS }

/** Somebody who is looked after here; with the id `owner`, whoever looks after them. */
data class Person(
    val id: String,
    val name: String,
    val stage: PersonStage,
    /** How far the care is. */
    val standing: String,
    /** What is to be done next, in words. */
    val next: String,
    /** As it is spoken in the list. */
    val spoken: String,
    val look: StateLook = StateLook.UNKNOWN,
    /** The colour's word, and what it means; none while there is no colour that counts. */
    val colour: String? = null,
    val meaning: String? = null,
    val why: String? = null,
    val instruction: String? = null,
    /** What the button does. */
    val step: String? = null,
    val canShowCode: Boolean = false,
    /** The declaration's own way: not where [step] leads there. */
    val canDeclare: Boolean = false,
    /** What the authority refused, and what of it. */
    val refusal: List<String> = emptyList(),
    /** That the care ends, and when. */
    val ends: String? = null,
    /** Where the key of the person's codes is, while in care. */
    val key: String? = null,
    val carers: List<String> = emptyList(),
    /** What waits to be sent for them. */
    val waiting: String? = null,
) {
    override fun toString(): String = "Person(hidden)"
}

/** How far a care is. */
enum class PersonStage { WAITING, REFUSED, IN_CARE, ENDED }

/** A code for the other side. */
data class ShownCareCode(
    val stage: CareCodeStage,
    /** What to do with it. */
    val text: String,
    /** `7K3M-99TX-V0QD`. */
    val code: String,
    val picture: QrModules?,
    /** "Until 09:55". */
    val until: String?,
) {
    override fun toString(): String = "ShownCareCode(hidden)"
}

/** How far a code for the other side is. */
enum class CareCodeStage { WAITING, COUNTS, OVER }

/** Somebody who looks after this phone's owner. */
data class Carer(
    val id: String,
    val text: String,
    /** It was asked whether to end it. */
    val isAsked: Boolean = false,
)

/** What a person can do there. */
sealed interface FamilyAction {
    data object Back : FamilyAction

    data object Sync : FamilyAction

    data class Show(
        val page: FamilyPage,
    ) : FamilyAction

    data class OpenPerson(
        val id: String,
    ) : FamilyAction

    /** To the form of somebody new, or of the shown one anew. */
    data object FillIn : FamilyAction

    /** What the shown one's button says. */
    data object Next : FamilyAction

    data object Declare : FamilyAction

    data object Paper : FamilyAction

    /** All codes one after the other, from the shown one on. */
    data object ShowHealthCode : FamilyAction

    /** A code for another carer, or for a phone of their own. */
    data class ShowCareCode(
        val isForPhone: Boolean,
    ) : FamilyAction

    /** Another code in the place of the shown one. */
    data object AnotherCode : FamilyAction

    /** Leaves the care of the shown one, after it was confirmed. */
    data object Leave : FamilyAction

    data class Choose(
        val id: String,
    ) : FamilyAction

    /** To the declaration for all who were chosen. */
    data object DeclareForChosen : FamilyAction

    /** Asks whether to end this care; a second time ends it. */
    data class EndCare(
        val id: String,
    ) : FamilyAction
}
