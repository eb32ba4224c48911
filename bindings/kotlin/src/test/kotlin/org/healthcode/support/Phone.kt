package org.healthcode.support

import org.healthcode.HealthCode
import org.healthcode.KeyStoreGuard
import org.healthcode.answers
import org.healthcode.core.Answer
import org.healthcode.core.CitizenConfig
import org.healthcode.core.ClockReading
import org.healthcode.core.DocumentKind
import org.healthcode.core.FormKind
import org.healthcode.core.HostClock
import org.healthcode.core.HostDeviceSigner
import org.healthcode.core.HostKeyGuard
import org.healthcode.core.HostTransport
import org.healthcode.core.SyncResult
import org.healthcode.core.consent
import org.healthcode.document
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong
import kotlin.test.assertEquals

/** A phone's folder and what opens it. */
class Phone(
    val folder: Path,
    private val config: CitizenConfig,
) {
    constructor(folder: Path, authority: Authority) : this(folder, configOf(authority))

    init {
        Files.createDirectories(folder)
    }

    /** The guard of this phone's store. */
    val guard: KeyStoreGuard by lazy { KeyStoreGuard.open(folder.resolve("keys.p12"), "password".toCharArray()) }

    suspend fun open(
        guard: HostKeyGuard = this.guard,
        signer: HostDeviceSigner? = null,
        transport: HostTransport? = null,
        clock: HostClock? = null,
    ): HealthCode = HealthCode.open(folder.resolve("store").toString(), config, guard, signer, transport, clock)
}

fun configOf(authority: Authority): CitizenConfig =
    CitizenConfig(authority.baseUrl, authority.rootKey, authority.caPem, "en")

/** Settings of an authority whose credentials live for a day. */
val longLived: Map<String, String> = mapOf("credential_min_hours" to "24", "credential_max_hours" to "24")

/** Answers to the registration form; each order number (three digits) is another citizen. */
fun registration(order: Int): Map<String, Answer> =
    answers {
        "name" set "欧阳振华"
        "sex" set "1"
        "nationality" set "CHN"
        "document" set document(DocumentKind.RESIDENT_ID, residentId("33010619900307%03d".format(order)))
        "division" set "330106"
        "address" set "西湖区文三路 90 号"
        "phone" set "13800001234"
        "underlyingIllness" set listOf("none")
    }

/** A healthy declaration upon what the phone knows already. */
fun healthy(draft: Map<String, Answer>): Map<String, Answer> =
    answers {
        all(draft)
        "temperature" set 36.5
        "symptoms" set listOf("none")
        "underlyingIllness" set listOf("none")
        "highRiskStay" set false
        "contact" set false
        "travelled" set false
        "truthful" set true
    }

private val orders = AtomicInteger(100)

/** Registers and declares offline, then syncs. */
suspend fun HealthCode.turnGreen() {
    register(registration(orders.getAndAdd(2) + 1), consent(language))
    submitDeclaration(healthy(draft(FormKind.HEALTH_DECLARATION)))
    assertEquals(SyncResult.SYNCED, sync().result)
}

/** A made-up resident identity number with its check character (GB 11643-1999: ISO 7064, MOD 11-2). */
fun residentId(body: String): String {
    val sum = body.mapIndexed { place, digit -> digit.digitToInt() * (1 shl (17 - place)) % 11 }.sum()
    val check = (12 - sum % 11) % 11
    return body + if (check == 10) "X" else "$check"
}

/** A clock that is moved by hand, and that counts how often the core looks at it. */
class HandClock(
    wallMs: Long = System.currentTimeMillis(),
    private val boot: ULong = 1u,
) : HostClock {
    private val wall = AtomicLong(wallMs)

    /** Readings so far. */
    val readings = AtomicInteger()

    fun advance(millis: Long) {
        wall.addAndGet(millis)
    }

    override fun read(): ClockReading {
        readings.incrementAndGet()
        val now = wall.get()
        return ClockReading(now, now.toULong(), boot)
    }
}
