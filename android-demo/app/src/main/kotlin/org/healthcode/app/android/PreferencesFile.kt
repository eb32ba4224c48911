package org.healthcode.app.android

import android.content.Context
import org.healthcode.app.SettingsFile
import java.util.Locale

/** The settings about looks, in Android's preferences, of the citizen's app or by its [name] of another's: nothing personal. */
class PreferencesFile(
    context: Context,
    name: String = "settings",
) : SettingsFile {
    private val preferences = context.getSharedPreferences(name, Context.MODE_PRIVATE)

    override fun read(name: String): String? = preferences.getString(name, null)

    override fun write(
        name: String,
        value: String,
    ) = preferences.edit().putString(name, value).apply()
}

/** The language of the reader: the chosen one, else the phone's. */
fun languageOf(context: Context): String = PreferencesFile(context).read("language") ?: systemLanguage(context)

/** The phone's first language, BCP 47. */
fun systemLanguage(context: Context): String {
    val locales = context.resources.configuration.locales
    return (if (locales.isEmpty) Locale.getDefault() else locales[0]).toLanguageTag()
}
