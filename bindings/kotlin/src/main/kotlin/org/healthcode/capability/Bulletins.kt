package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.BulletinsView

/**
 * What the authority tells everybody, as the last sync brought it: the most urgent first.
 *
 * @param division GB/T 2260: what concerns it alone; all without it.
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.bulletins(division: UInt? = null): BulletinsView = call { it.bulletins(division) }

/** Marks bulletins as read, by their ids. Tells nobody. @throws org.healthcode.core.HealthCodeException `Store`. */
public suspend fun HealthCode.markBulletinsRead(ids: List<String>): Unit = call { it.markBulletinsRead(ids) }
