package org.healthcode.capability

import kotlinx.coroutines.runBlocking
import org.healthcode.code
import org.healthcode.core.DccComparison
import org.healthcode.core.DccKind
import org.healthcode.core.DccSending
import org.healthcode.core.DccStatus
import org.healthcode.core.DccStep
import org.healthcode.core.HealthCodeException
import org.healthcode.support.Authority
import org.healthcode.support.Phone
import org.healthcode.support.turnGreen
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** Of a Swedish issuer that the tests made up, good until 2100. */
private const val CERTIFICATE =
    "HC1:NCFOXN%TSMAHN-H+PGHC1/R8VRUNDCNE1 \$C+VVX*25DOP-ID/M9LOQHIZC4TPIFRMLNKNM8POCEUG*%NH\$RSC" +
        "9-DFI1MAKJ40PAOV KP8EF4B3DD8A7SRNOJ/F9NTLEB2GFREH.3O.Z8%IH9NTLW4S0I/:FJ-6C:H02KHJP7NVDEBK3" +
        "JE+4SY05QNC-8W\$C2VLTK96L6SR9MU9DV5 R13PI%F1PN1/T1%%HN9G2 UK*R3T3+7A.N88J4R\$F/MAITH-+R2YBV4" +
        "4PZB6H0CJ0%H0%P8C K1U70%KLR2C KPLIUM42CGSHG43MRB8-JEKDQVD9H:OE1E4E7AA349J-S22BT57TQWCR4D:1" +
        "JC4TZW4:.A63HNNVR*G0C7PHBO33RW05LBPOF5TTLR97C0XK2C1AK.12BVZBURDSU01G\$0CWR+K275G:SUT-NSRG-0" +
        "QDAWZ7OA-DR/F.S7-\$A2MBF9LU+DB/2HHPH H1UL*0BQCNUNSCNOQVI0UU/47U+OP4WV ESONICF/OP650FMGF1"

private const val KEYS =
    """{"id": "eu", "version": 1, "keys": [{"kid": "BwcHBwcHBwc", "country": "SE",
    "key": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEHhhTL9R1TALzBB2cdc6zO4P_2BrHzk_ogsyxyYvFiW6kbDEcTi_0DdlqNlPm5FRF0y3-SG7O11x6kMahiIHAow",
    "notBefore": 1577836800, "notAfter": 4102444800}]}"""

class DccTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `a certificate is read offline, kept, handed in with both names seen, and removed`() =
        runBlocking {
            Authority(folder.resolve("authority")).use { authority ->
                Phone(folder.resolve("phone"), authority).open().use { health ->
                    val unchecked = health.readDcc(CERTIFICATE)
                    assertEquals(DccStatus.UNCHECKED to DccKind.VACCINATION, unchecked.status to unchecked.kind)
                    assertTrue(unchecked.lines.all { it.label.isNotEmpty() && it.value.isNotEmpty() })
                    assertEquals(DccStatus.UNREADABLE, health.readDcc("HC1:").status)
                    assertEquals(
                        "dcc_not_a_certificate",
                        assertFailsWith<HealthCodeException> { health.keepDcc("JKM1:") }.code,
                    )
                    authority.publish("dcc-keys", KEYS)
                    health.turnGreen()
                    health.sync()
                    authority.stop()
                    val id = health.keepDcc(CERTIFICATE)
                    assertEquals(id, health.keepDcc(CERTIFICATE))
                    val kept = health.dccs().certificates.single()
                    assertEquals(DccStatus.NO_RULES to DccStep.COMPARE, kept.status to kept.nextStep)
                    assertTrue(kept.needsConfirmation && kept.namesComparison != DccComparison.SAME)
                    assertEquals(3, kept.names.size)
                    assertEquals(
                        "dcc_names_not_confirmed",
                        assertFailsWith<HealthCodeException> { health.submitDcc(id) }.code,
                    )
                    assertTrue(health.submitDcc(id, namesConfirmed = true).isNotEmpty())
                    assertEquals(
                        DccSending.WAITING,
                        health
                            .dccs()
                            .certificates
                            .single()
                            .sending,
                    )
                    health.removeDcc(id)
                    val left = health.dccs()
                    assertTrue(left.certificates.isEmpty() && left.keys == 1u && left.canKeep)
                }
            }
        }
}
