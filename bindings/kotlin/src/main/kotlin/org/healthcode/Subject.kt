package org.healthcode

import org.healthcode.core.Answer
import org.healthcode.core.CareCodeView
import org.healthcode.core.CarePurpose
import org.healthcode.core.CodeView
import org.healthcode.core.CoreHealthCode
import org.healthcode.core.FormKind
import org.healthcode.core.FormReview
import org.healthcode.core.FormView
import org.healthcode.core.HomeView
import org.healthcode.core.ItineraryLeg

/** One subject of this phone, with the methods that [HealthCode] has for its owner: what each does, it says. */
public class Subject internal constructor(
    private val health: HealthCode,
    /** `owner`, or a dependant's id. */
    public val id: String,
) {
    /** As of now; read again after each change and sync. */
    public suspend fun home(): HomeView = on { it.home() }

    public suspend fun currentCode(): CodeView = on { it.currentCode() }

    public suspend fun form(kind: FormKind): FormView = on { it.form(kind) }

    public suspend fun review(
        kind: FormKind,
        answers: Map<String, Answer>,
    ): FormReview = on { it.review(kind, answers) }

    public suspend fun draft(kind: FormKind): Map<String, Answer> = on { it.draft(kind) }

    public suspend fun saveDraft(
        kind: FormKind,
        answers: Map<String, Answer>,
    ): Unit = on { it.saveDraft(kind, answers) }

    public suspend fun submitDeclaration(answers: Map<String, Answer>): String = on { it.submitDeclaration(answers) }

    public suspend fun submitItinerary(legs: List<ItineraryLeg>): String = on { it.submitItinerary(legs) }

    public suspend fun dismissUpload(uploadId: String): Unit = on { it.dismissUpload(uploadId) }

    /** Makes a code for another carer, or for the dependant's own phone. It counts, once, after the next sync. */
    public suspend fun showCareCode(purpose: CarePurpose): CareCodeView = on { it.showCareCode(purpose) }

    /** The code that was made last; none where there is none. */
    public suspend fun careCode(): CareCodeView? = on { it.careCode() }

    /** Erases the subject from this phone, see [erase]: a dependant is in the owner's care no more. */
    public suspend fun erase(): Unit = health.erase(id)

    /** For the capabilities, a file each in `capability`. */
    internal suspend fun <T> on(work: (CoreHealthCode) -> T): T = health.call { core -> core.subject(id).use(work) }
}

/** Somebody on this phone: the owner, or a dependant by the id of its view. Every call of it throws `Sync` for nobody. */
public fun HealthCode.subject(id: String): Subject = Subject(this, id)
