package org.healthcode.app.android

import android.Manifest
import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import org.healthcode.ScreenWords
import org.healthcode.app.R
import org.healthcode.core.ColourChange

/**
 * Tells a change of colour, with what to do now.
 *
 * Invariant: on a locked screen stands that something changed, and no colour; nothing is told where the citizen allows no
 * notices.
 */
class ColourNotice(
    private val context: Context,
) {
    private val manager = checkNotNull(context.getSystemService(NotificationManager::class.java))

    fun tell(
        change: ColourChange,
        language: String,
    ) {
        if (!isAllowed(context)) return
        val words = ScreenWords(language)
        manager.createNotificationChannel(channel(words))
        manager.notify(ID, notice(change, words))
    }

    private fun channel(words: ScreenWords) =
        NotificationChannel(CHANNEL, words["outside-channel"], NotificationManager.IMPORTANCE_HIGH).apply {
            lockscreenVisibility = Notification.VISIBILITY_PRIVATE
        }

    private fun notice(
        change: ColourChange,
        words: ScreenWords,
    ): Notification {
        val text = "${change.texts.text} ${change.texts.instruction}"
        return builder()
            .setContentTitle(change.shown.word)
            .setContentText(text)
            .setStyle(Notification.BigTextStyle().bigText(text))
            .setVisibility(Notification.VISIBILITY_PRIVATE)
            .setPublicVersion(builder().setContentTitle(words["outside-changed"]).build())
            .build()
    }

    private fun builder() =
        Notification
            .Builder(context, CHANNEL)
            .setSmallIcon(R.drawable.ic_code)
            .setContentIntent(openWhy())
            .setCategory(Notification.CATEGORY_STATUS)
            .setAutoCancel(true)

    private fun openWhy() =
        PendingIntent.getActivity(
            context,
            0,
            MainActivity.intent(context, MainActivity.SHOW_WHY),
            PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT,
        )

    companion object {
        /** The one notice: a later change takes the earlier one's place. */
        const val ID = 1
        const val CHANNEL = "colour"

        /** Whether notices are allowed: asked for from Android 13 on. */
        fun isAllowed(context: Context): Boolean =
            Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU ||
                context.checkSelfPermission(Manifest.permission.POST_NOTIFICATIONS) == PackageManager.PERMISSION_GRANTED
    }
}
