package org.healthcode.app

import org.healthcode.app.capability.appeal.appealScreen
import org.healthcode.app.capability.bulletins.bulletinsScreen
import org.healthcode.app.capability.clinics.clinicsScreen
import org.healthcode.app.capability.code.codeScreen
import org.healthcode.app.capability.dcc.dccScreen
import org.healthcode.app.capability.entry.entryScreen
import org.healthcode.app.capability.export.exportScreen
import org.healthcode.app.capability.family.familyScreen
import org.healthcode.app.capability.form.formScreen
import org.healthcode.app.capability.history.historyScreen
import org.healthcode.app.capability.home.homeScreen
import org.healthcode.app.capability.itinerary.itineraryScreen
import org.healthcode.app.capability.onboarding.onboardingScreen
import org.healthcode.app.capability.opening.openingScreen
import org.healthcode.app.capability.paper.paperScreen
import org.healthcode.app.capability.passport.passportScreen
import org.healthcode.app.capability.proof.proofScreen
import org.healthcode.app.capability.regions.regionsScreen
import org.healthcode.app.capability.results.resultsScreen
import org.healthcode.app.capability.settings.settingsScreen
import org.healthcode.app.capability.why.whyScreen
import org.healthcode.app.screen.Screen

/** The table of the citizen's screens: one row a folder of `capability`. The first is where the app begins. */
val CITIZEN_SCREENS: List<Screen> =
    listOf(
        homeScreen,
        codeScreen,
        whyScreen,
        historyScreen,
        appealScreen,
        proofScreen,
        openingScreen,
        bulletinsScreen,
        clinicsScreen,
        onboardingScreen,
        formScreen,
        itineraryScreen,
        familyScreen,
        paperScreen,
        passportScreen,
        entryScreen,
        regionsScreen,
        resultsScreen,
        dccScreen,
        exportScreen,
        settingsScreen,
    )
