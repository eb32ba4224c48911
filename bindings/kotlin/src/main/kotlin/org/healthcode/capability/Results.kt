package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.ResultsView

/**
 * The tests and vaccinations that laboratories reported, and how long each counts now. Works offline. Ask again at
 * `nextChangeAt`.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.results(): ResultsView = call { it.results() }

/**
 * Marks results as looked at, by their [ids]. Tells nobody.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.markResultsRead(ids: List<String>): Unit = changing { it.markResultsRead(ids) }

/**
 * What proves the result with this [id] to others: the bundle that the authority signed. Works offline.
 *
 * @throws org.healthcode.core.HealthCodeException `Session` where there is none with this id, `Store`.
 */
public suspend fun HealthCode.resultProof(id: String): ByteArray = call { it.resultProof(id) }
