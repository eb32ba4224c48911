package org.healthcode.app.capability.settings

import org.healthcode.ScreenWords
import org.healthcode.app.design.languageChoices
import org.healthcode.app.screen.Screen
import org.healthcode.app.screen.drawings
import org.healthcode.app.screen.said

/** Settings. */
val settingsScreen =
    Screen(
        "settings",
        drawings(
            "main",
            "language",
            "about",
            "licences",
            "erase_confirm",
            "erased",
            state = ::example,
        ) { SettingsScreen(it) {} },
    ) { app, argument -> SettingsContent(app, argument) }

private fun example(
    name: String,
    words: ScreenWords,
) = SettingsState(
    page = SettingsPage.valueOf(name.uppercase()),
    canCheckOthers = true,
    languages = languageChoices(words),
    deviceId = "k3Jt0vYqT1mZ5xW8nB2cRg",
    version = "0.1.0",
    rootKeyFingerprint = "e3b0 c442 98fc 1c14 9afb f4c8 996f b924",
    licences = LIBRARIES,
    uploadsWaiting = 2,
    erasures =
        if (name == "erased") {
            listOf(
                Erasure(
                    "1",
                    words.said(
                        "尚未联系到主管部门。",
                        "The authority was not reached yet.",
                        "아직 보건 당국에 연결되지 않았습니다.",
                        "لم يتم الوصول إلى الجهة الصحية بعد.",
                    ),
                    words.format("common-as-of", "time" to "09:40"),
                    emptyList(),
                    null,
                    false,
                ),
            )
        } else {
            emptyList()
        },
)
