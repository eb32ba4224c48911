package org.healthcode

import org.healthcode.core.ColourPast

/**
 * The changes of colour or reason that this phone saw, newest first, 200 at most, each with the seal of its receipt.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`.
 */
public suspend fun HealthCode.colourHistory(): List<ColourPast> = call { it.colourHistory() }
