package org.healthcode.app.android

import org.healthcode.HealthCode
import org.healthcode.app.Host
import org.healthcode.app.Phone
import org.healthcode.app.SettingsFile

/** This phone, for the screens: the process's one store, Android's preferences, what Android does around a screen. */
class AndroidPhone(
    activity: MainActivity,
) : Phone {
    private val application = activity.application as HealthCodeApplication

    override val systemLanguage: String by activity::systemLanguage

    override val settingsFile: SettingsFile = PreferencesFile(activity)

    override val host: Host = AndroidHost(activity, settingsFile)

    override val storeFolder: String get() = application.storeFolder.path

    override suspend fun open(language: String): HealthCode = application.healthCode().also { it.setLanguage(language) }

    /** The store is the process's: the sync in the background works on with it. */
    override fun release(health: HealthCode) = Unit
}
