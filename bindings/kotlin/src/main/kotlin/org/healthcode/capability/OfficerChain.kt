package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.ChangesView

/**
 * Every change of the colour that the authority entered in the chain, newest first, whether each holds, and what was noticed.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.changes(): ChangesView = call { it.changes() }

/** Marks alarms about the chain as read, by their ids. Tells nobody. @throws org.healthcode.core.HealthCodeException `Store`. */
public suspend fun HealthCode.markChainAlarmsRead(ids: List<String>): Unit = changing { it.markChainAlarmsRead(ids) }
