package org.healthcode.app.android

import android.Manifest
import android.content.Context
import android.content.Intent
import android.os.Bundle
import androidx.activity.compose.BackHandler
import androidx.activity.enableEdgeToEdge
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.first
import org.healthcode.app.App
import org.healthcode.app.CitizenRoot

/**
 * The app's one activity: the shared screens, and what only an activity can do.
 *
 * Invariant: nothing of the citizen's is drawn while the app is locked.
 */
class MainActivity : PhoneActivity() {
    internal lateinit var lock: AppLock
        private set
    private lateinit var phone: AndroidPhone

    /** A screen that was asked for from outside; the last one counts. */
    private val wanted = Channel<String>(Channel.CONFLATED)

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        phone = AndroidPhone(this)
        lock = AppLock(this, phone.settingsFile)
        // One that was answered before the activity was made anew is not asked for again.
        if (savedInstanceState == null) want(intent)
        show {
            val isDark = isSystemInDarkTheme()
            when {
                (application as HealthCodeApplication).authority == null -> NoAuthorityScreen(languageOf(this), isDark)
                lock.isClosed -> LockScreen(languageOf(this), isDark, lock::ask)
                else ->
                    CitizenRoot(
                        phone,
                        isDark,
                        reducesMotion(),
                        ::isInFront,
                        wanted = { wanted.tryReceive().getOrNull() },
                    ) { Around(it) }
            }
        }
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        want(intent)
    }

    override fun onStop() {
        super.onStop()
        lock.close()
    }

    private fun want(intent: Intent?) {
        SCREENS[intent?.action]?.let { wanted.trySend(it) }
    }

    /** What goes on beside the screens once the store is open. */
    @Composable
    private fun Around(app: App) {
        BackHandler(app.navigator.canGoBack) { app.navigator.back() }
        LaunchedEffect(app) {
            for (screen in wanted) {
                app.navigator.home()
                app.navigator.open(screen)
            }
        }
        LaunchedEffect(app) { askForNotices(app) }
    }

    /** Once, when there is a colour that can change. */
    private suspend fun askForNotices(app: App) {
        if (ColourNotice.isAllowed(this) || phone.settingsFile.read(NOTICES_ASKED) != null) return
        app.health.home.first { it.colour != null }
        phone.settingsFile.write(NOTICES_ASKED, "true")
        permissions.ask(Manifest.permission.POST_NOTIFICATIONS)
    }

    companion object {
        /** One tap to the code: tile, shortcut, widget. */
        const val SHOW_CODE = "org.healthcode.app.SHOW_CODE"

        /** From the notice of a change. */
        const val SHOW_WHY = "org.healthcode.app.SHOW_WHY"

        private val SCREENS = mapOf(SHOW_CODE to "code", SHOW_WHY to "why")
        private const val NOTICES_ASKED = "notices-asked"

        fun intent(
            context: Context,
            action: String,
        ): Intent =
            Intent(context, MainActivity::class.java)
                .setAction(action)
                .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TOP or Intent.FLAG_ACTIVITY_SINGLE_TOP)
    }
}
