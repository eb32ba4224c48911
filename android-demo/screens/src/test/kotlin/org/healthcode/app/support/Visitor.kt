package org.healthcode.app.support

import org.healthcode.HealthCode
import org.healthcode.answers
import org.healthcode.capability.prefillFromMrz
import org.healthcode.capability.submitEntryDeclaration
import org.healthcode.core.FormKind
import org.healthcode.core.SyncResult
import org.healthcode.core.consent
import java.time.LocalDate
import java.time.ZoneId
import kotlin.test.assertEquals

/** Registers with the passport of ICAO's example, declares an entry of today, and syncs. */
suspend fun HealthCode.turnOrange() {
    val passport = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3204153ZE184226B<<<<<16"
    val read = prefillFromMrz(passport)
    val person =
        answers {
            all(read)
            "nationality" set "SWE"
            "division" set "330106"
            "address" set "西湖区文三路 90 号"
            "phone" set "13800001234"
            "underlyingIllness" set listOf("none")
        }
    register(person, consent(language))
    val known = draft(FormKind.ENTRY_DECLARATION)
    val entry =
        answers {
            all(known)
            "entryDate" set LocalDate.now(ZoneId.of("Asia/Shanghai")).toString()
            "transport" set "flight"
            "number" set "CA936"
            "seat" set "12A"
            "stay1" set "ITA"
            "days1" set 3.0
            "temperature" set 36.5
            "symptoms" set listOf("none")
            "contact" set false
            "truthful" set true
        }
    submitEntryDeclaration(entry)
    assertEquals(SyncResult.SYNCED, sync().result)
}
