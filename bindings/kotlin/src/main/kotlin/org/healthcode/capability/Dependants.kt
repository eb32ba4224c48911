package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.Answer
import org.healthcode.core.CarerView
import org.healthcode.core.DependantRequest
import org.healthcode.core.DependantsView
import org.healthcode.core.GroupCode

/** Everybody who is looked after on this phone. @throws org.healthcode.core.HealthCodeException `Store`. */
public suspend fun HealthCode.dependants(): DependantsView = call { it.dependants() }

/**
 * The kept answers of a request for somebody who is not on this phone yet; where there are none, where the carer lives and is
 * reached. Taking the person in drops them.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.dependantDraft(): Map<String, Answer> = call { it.dependantDraft() }

/** Keeps half-filled answers of such a request. @throws org.healthcode.core.HealthCodeException `Store`, `Argument`. */
public suspend fun HealthCode.saveDependantDraft(answers: Map<String, Answer>): Unit =
    call { it.saveDependantDraft(answers) }

/**
 * Takes somebody into care. Works offline; sync afterwards. Gives the dependant's id on this phone.
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused`, `Session`, `Store`, `Host`, `Argument`.
 */
public suspend fun HealthCode.addDependant(request: DependantRequest): String = call { it.addDependant(request) }

/**
 * Asks anew for a dependant, with other details or another code: in the place of a request that waits or was refused.
 *
 * @throws org.healthcode.core.HealthCodeException as [addDependant]; `Sync` for nobody of this id.
 */
public suspend fun HealthCode.mendDependant(
    id: String,
    request: DependantRequest,
): Unit = call { it.mendDependant(id, request) }

/**
 * Registers somebody who was a dependant until now, with the code that a carer's phone shows.
 *
 * @throws org.healthcode.core.HealthCodeException as `register`; `Session` for a code that was mistyped.
 */
public suspend fun HealthCode.registerWithCode(
    answers: Map<String, Answer>,
    consentVersion: UInt,
    code: String,
): Unit = changing { it.registerWithCode(answers, consentVersion, code) }

/**
 * The codes of these subjects to show now, in this order; of all on this phone, the owner first, where none are named.
 *
 * @throws org.healthcode.core.HealthCodeException `Sync`, `Store`.
 */
public suspend fun HealthCode.groupCodes(ids: List<String> = emptyList()): List<GroupCode> = call { it.groupCodes(ids) }

/**
 * Submits one health declaration for several: for all or for none. Works offline. Gives the uploads' ids.
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused`, `Session`, `Sync`, `Store`.
 */
public suspend fun HealthCode.submitDeclarationFor(
    ids: List<String>,
    answers: Map<String, Answer>,
): List<String> = changing { it.submitDeclarationFor(ids, answers) }

/**
 * Who cares for this phone's owner, as the last sync brought it.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`, `Host`.
 */
public suspend fun HealthCode.carers(): List<CarerView> = call { it.carers() }

/**
 * Ends the care of others for this phone's owner. Works offline. Gives the upload's id.
 *
 * @throws org.healthcode.core.HealthCodeException `Session`, `Store`.
 */
public suspend fun HealthCode.endCare(carers: List<String>): String = call { it.endCare(carers) }
