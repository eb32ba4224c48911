package org.healthcode.app.android

import android.app.PendingIntent
import android.appwidget.AppWidgetManager
import android.appwidget.AppWidgetProvider
import android.content.Context
import android.widget.RemoteViews
import org.healthcode.app.R

/** On the home screen: one tap to the code. It shows neither code nor colour: a picture that stays would be a false proof. */
class CodeWidget : AppWidgetProvider() {
    override fun onUpdate(
        context: Context,
        manager: AppWidgetManager,
        ids: IntArray,
    ) {
        val views = RemoteViews(context.packageName, R.layout.widget)
        val intent = MainActivity.intent(context, MainActivity.SHOW_CODE)
        views.setOnClickPendingIntent(
            R.id.widget,
            PendingIntent.getActivity(context, 0, intent, PendingIntent.FLAG_IMMUTABLE),
        )
        manager.updateAppWidget(ids, views)
    }
}
