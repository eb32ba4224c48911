package org.healthcode.capability

import org.healthcode.HealthCode
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
