package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.DccView
import org.healthcode.core.DccsView

/**
 * Looks at the [text] of a scanned code: what it says, whether a key of the list signed it, whether it counts here, whose it
 * is. Works offline and keeps nothing; what is wrong with it is in the view.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`, `Sync`.
 */
public suspend fun HealthCode.readDcc(text: String): DccView = call { it.readDcc(text) }

/**
 * Keeps an EU certificate, sealed; the same again is the same. Gives its id.
 *
 * @throws org.healthcode.core.HealthCodeException `Session` with a code `dcc_...` for a [text] that is no certificate and where
 *   no more are kept; `Store`, `Sync`.
 */
public suspend fun HealthCode.keepDcc(text: String): String = call { it.keepDcc(text) }

/**
 * The EU certificates that are kept, as they stand now. Works offline.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`, `Sync`.
 */
public suspend fun HealthCode.dccs(): DccsView = call { it.dccs() }

/**
 * Hands a kept certificate in, to be delivered once. [namesConfirmed]: the citizen saw both names, which are not the same, and
 * says that it is theirs. Works offline. Gives the upload's id; one that waits already is the same.
 *
 * @throws org.healthcode.core.HealthCodeException `Session` before a registration, and with a code `dcc_...` where names are
 *   not confirmed or it does not hold; `Store`, `Sync`.
 */
public suspend fun HealthCode.submitDcc(
    id: String,
    namesConfirmed: Boolean = false,
): String = changing { it.submitDcc(id, namesConfirmed) }

/**
 * Removes a certificate from this phone, and from the authority where it was handed in. Works offline.
 *
 * @throws org.healthcode.core.HealthCodeException `Session` with `dcc_unknown`; `Store`, `Sync`.
 */
public suspend fun HealthCode.removeDcc(id: String): Unit = changing { it.removeDcc(id) }
