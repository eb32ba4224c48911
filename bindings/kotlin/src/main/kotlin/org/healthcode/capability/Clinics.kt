package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.ClinicQuery
import org.healthcode.core.ClinicView
import org.healthcode.core.Position

/**
 * Fever clinics as the last sync brought them: the nearest first where a position is given, else those that are open
 * first. The position stays on the phone.
 *
 * @param division GB/T 2260: only those in it.
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.clinics(
    position: Position? = null,
    division: UInt? = null,
    openOnly: Boolean = false,
    limit: UInt = 100u,
): List<ClinicView> = call { it.clinics(ClinicQuery(position, division, openOnly, limit)) }
