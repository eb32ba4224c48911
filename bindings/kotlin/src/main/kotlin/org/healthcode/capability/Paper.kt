package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.Subject
import org.healthcode.core.PapersView

/**
 * The sheets of paper that the last sync told of, also those that the desk made. Works offline.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.papers(): PapersView = call { it.papers() }

/**
 * Asks for a sheet that counts for so many [days]; the one before ends with it. Works offline. Gives the upload's id.
 *
 * @throws org.healthcode.core.HealthCodeException `Session` before registration, `FormRefused` with the field `days`,
 *   `Store`.
 */
public suspend fun HealthCode.requestPaper(days: UByte): String = call { it.requestPaper(days) }

/**
 * Ends the sheet that counts, once the authority was reached. Works offline. Gives the upload's id.
 *
 * @throws org.healthcode.core.HealthCodeException `Session` before registration, `Store`.
 */
public suspend fun HealthCode.endPaper(): String = call { it.endPaper() }

/** A dependant's sheets. @throws org.healthcode.core.HealthCodeException as [HealthCode.papers]; `Sync` for nobody. */
public suspend fun Subject.papers(): PapersView = on { it.papers() }

/** Asks for a dependant's sheet. @throws org.healthcode.core.HealthCodeException as [HealthCode.requestPaper]; `Sync`. */
public suspend fun Subject.requestPaper(days: UByte): String = on { it.requestPaper(days) }

/** Ends a dependant's sheet. @throws org.healthcode.core.HealthCodeException as [HealthCode.endPaper]; `Sync`. */
public suspend fun Subject.endPaper(): String = on { it.endPaper() }
