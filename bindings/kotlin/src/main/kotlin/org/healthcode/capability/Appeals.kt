package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.AppealDraftView
import org.healthcode.core.AppealsView

/** What was written of an appeal so far. @throws org.healthcode.core.HealthCodeException `Store`. */
public suspend fun HealthCode.appealDraft(): AppealDraftView = call { it.appealDraft() }

/**
 * Keeps what was written so far of what is wrong.
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused` with the field `statement`, `Store`.
 */
public suspend fun HealthCode.saveAppealStatement(statement: String): Unit = call { it.saveAppealStatement(statement) }

/**
 * Adds a photograph (JPEG, PNG) or a PDF and gives its id. Scale pictures down first: what is over 2 MB is refused.
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused` with the field `evidence`, `Store`.
 */
public suspend fun HealthCode.addAppealEvidence(bytes: ByteArray): String = call { it.addAppealEvidence(bytes) }

/** Takes a piece of evidence away, by its id. @throws org.healthcode.core.HealthCodeException `Store`. */
public suspend fun HealthCode.removeAppealEvidence(sha256: String): Unit = call { it.removeAppealEvidence(sha256) }

/**
 * Appeals against the colour shown, with the evidence that was added. Works offline. Gives the appeal's id.
 *
 * @throws org.healthcode.core.HealthCodeException `Precondition`, `FormRefused` with the field `statement`, `Sync`, `Store`.
 */
public suspend fun HealthCode.submitAppeal(statement: String): String = changing { it.submitAppeal(statement) }

/**
 * Sends what officers asked for, with the evidence that was added to the draft; the words may be empty where there is some.
 *
 * @throws org.healthcode.core.HealthCodeException `Precondition` where nothing is asked, `FormRefused`, `Sync`, `Store`.
 */
public suspend fun HealthCode.answerAppeal(
    id: String,
    statement: String,
): Unit = changing { it.answerAppeal(id, statement) }

/** Every appeal, the newest first, each in words. @throws org.healthcode.core.HealthCodeException `Store`. */
public suspend fun HealthCode.appeals(): AppealsView = call { it.appeals() }

/** Notes that the citizen looked at a decision. @throws org.healthcode.core.HealthCodeException `Precondition`, `Store`. */
public suspend fun HealthCode.markAppealRead(id: String): Unit = changing { it.markAppealRead(id) }

/**
 * Withdraws an appeal that is not decided. Works offline.
 *
 * @throws org.healthcode.core.HealthCodeException `Precondition` where it is over, `Sync`, `Store`.
 */
public suspend fun HealthCode.withdrawAppeal(id: String): Unit = changing { it.withdrawAppeal(id) }

/** Takes an appeal that is over from the list. @throws org.healthcode.core.HealthCodeException `Precondition`, `Store`. */
public suspend fun HealthCode.dismissAppeal(id: String): Unit = changing { it.dismissAppeal(id) }
