package org.healthcode.app.capability.clinics

import org.healthcode.ScreenWords
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said
import org.healthcode.core.ClinicOpen
import org.healthcode.core.distanceText

/** Clinics. */
val clinicsScreen =
    Screen("clinics", drawings("nearest", "no_position", "empty", state = ::example) { ClinicsScreen(it) {} }) { app, _ ->
        ClinicsContent(app)
    }

private fun example(
    name: String,
    words: ScreenWords,
): ClinicsState {
    if (name == "empty") return ClinicsState(emptyList())
    val isNear = name == "nearest"

    fun made(
        id: Int,
        open: ClinicOpen,
        metres: UInt,
    ) = ClinicState(
        id = "$id",
        name = words.said("第 $id 人民医院发热门诊", "People's Hospital No. $id"),
        address = words.said("湖滨路 $id 号", "$id Lake Road"),
        phone = "0571-1234567$id",
        open = open,
        changes =
            if (open == ClinicOpen.OPEN) {
                words.format("clinics-closes-at", "time" to "17:30")
            } else {
                words.format("clinics-opens-at", "time" to "08:00")
            },
        distance = if (isNear) words.format("clinics-distance", "distance" to distanceText(metres, words.language)) else null,
    )
    return ClinicsState(
        clinics =
            listOf(
                made(1, ClinicOpen.OPEN, 850u),
                made(2, ClinicOpen.OPEN, 2_300u),
                made(3, ClinicOpen.CLOSED, 1_200u),
            ),
        isNear = isNear,
        districts = listOf(330106u, 330102u),
        district = if (isNear) null else 330106u,
        ownDistrict = 330106u,
    )
}
