package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.ExportDocument
import org.healthcode.core.ExportView

/**
 * Everything that this phone holds, as JSON text, but for private keys: for the citizen to keep and to give to other programs.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.exportData(): String = call { it.exportData() }

/** The same in words, for a screen. @throws org.healthcode.core.HealthCodeException `Store`. */
public suspend fun HealthCode.exportView(): ExportView = call { it.exportView() }

/**
 * The same as a paper that a person reads, block by block from top to bottom: for the app to draw into a PDF.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.exportDocument(): ExportDocument = call { it.exportDocument() }

/** What stands at the foot of a page of that paper: "Page 2 of 7". */
public suspend fun HealthCode.exportPageText(
    page: Int,
    pages: Int,
): String = call { it.exportPageText(page.toUInt(), pages.toUInt()) }

/**
 * Asks the authority for everything that it holds: the data come with the next syncs, and are in the export then. Gives the upload's id.
 *
 * @throws org.healthcode.core.HealthCodeException `Citizen` `not_registered`, `Store`, `Sync`.
 */
public suspend fun HealthCode.requestHoldings(): String = call { it.requestHoldings() }
