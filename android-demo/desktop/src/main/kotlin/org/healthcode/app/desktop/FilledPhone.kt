package org.healthcode.app.desktop

import kotlinx.coroutines.runBlocking
import org.healthcode.HealthCode
import org.healthcode.answers
import org.healthcode.core.DocumentKind
import org.healthcode.core.FormKind
import org.healthcode.core.ItineraryLeg
import org.healthcode.core.SyncResult
import org.healthcode.core.consent
import org.healthcode.document

/**
 * A phone that has much to open, for `cargo xtask bench app`: somebody made up with a green code, the last uploads that were taken,
 * and as many that wait as the core lets wait.
 */
internal object FilledPhone {
    @JvmStatic
    fun main(arguments: Array<String>) =
        runBlocking {
            DesktopPhone(Options(arguments)).open("en").use { health ->
                register(health)
                repeat(TAKEN) { health.travelled() }
                check(health.sync().result == SyncResult.SYNCED)
                repeat(WAITING) { health.travelled() }
                println("colour ${health.home.value.colour?.colour}, uploads that wait ${health.home.value.uploadsWaiting}")
            }
        }

    private suspend fun register(health: HealthCode) {
        val person =
            answers {
                "name" set "欧阳娜娜"
                "sex" set "2"
                "nationality" set "CHN"
                "document" set document(DocumentKind.RESIDENT_ID, "11010519491231002X")
                "division" set "330106"
                "address" set "西湖区文三路 90 号"
                "phone" set "13800001234"
                "underlyingIllness" set listOf("none")
            }
        health.register(person, consent("en"))
        val known = health.draft(FormKind.HEALTH_DECLARATION)
        val healthy =
            answers {
                all(known)
                "temperature" set 36.5
                "symptoms" set listOf("none")
                "underlyingIllness" set listOf("none")
                "highRiskStay" set false
                "contact" set false
                "travelled" set false
                "truthful" set true
            }
        health.submitDeclaration(healthy)
        check(health.sync().result == SyncResult.SYNCED)
    }

    private suspend fun HealthCode.travelled() {
        submitItinerary(listOf(ItineraryLeg(420100u, "2020-03-01", "2020-03-01", "train", "G590")))
    }

    private const val TAKEN = 20
    private const val WAITING = 200
}
