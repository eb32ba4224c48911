package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.ExportView

/**
 * Everything that this phone holds, as JSON text, but for private keys: for the citizen to keep and to give to other programs.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.exportData(): String = call { it.exportData() }

/** The same in words, for a screen and for a page to print. @throws org.healthcode.core.HealthCodeException `Store`. */
public suspend fun HealthCode.exportView(): ExportView = call { it.exportView() }

/**
 * Asks the authority for everything that it holds: the data come with the next syncs, and are in the export then. Gives the upload's id.
 *
 * @throws org.healthcode.core.HealthCodeException `Citizen` `not_registered`, `Store`, `Sync`.
 */
public suspend fun HealthCode.requestHoldings(): String = call { it.requestHoldings() }
