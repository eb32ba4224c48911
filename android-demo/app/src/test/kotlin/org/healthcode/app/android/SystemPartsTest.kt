package org.healthcode.app.android

import android.app.Application
import android.app.PendingIntent
import android.appwidget.AppWidgetManager
import android.content.ComponentName
import android.content.Intent
import android.content.pm.PackageManager
import android.service.quicksettings.TileService
import android.view.View
import android.widget.TextView
import androidx.test.core.app.ApplicationProvider
import org.healthcode.ScreenWords
import org.healthcode.app.R
import org.healthcode.app.Signal
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.util.ReflectionHelpers
import org.w3c.dom.Element
import java.io.File
import java.lang.reflect.Proxy
import javax.xml.parsers.DocumentBuilderFactory

/** What Android shows and reads without the app's screens: tile, widget, shortcut, words, backup. */
@RunWith(RobolectricTestRunner::class)
class SystemPartsTest {
    private val context = ApplicationProvider.getApplicationContext<Application>()

    private fun opened(): Intent = shadowOf(context).nextStartedActivity

    private fun assertShowsCode(intent: Intent) {
        assertEquals(MainActivity.SHOW_CODE, intent.action)
        assertEquals(ComponentName(context, MainActivity::class.java), intent.component)
    }

    @Test
    fun `the tile opens the code and tells nothing itself`() {
        val tile = Robolectric.setupService(CodeTile::class.java)
        // The panel of the quick settings, which takes what is to be opened.
        val opened = mutableListOf<PendingIntent>()
        val panel = Class.forName("android.service.quicksettings.IQSService")
        val ours =
            Proxy.newProxyInstance(panel.classLoader, arrayOf(panel)) { _, _, arguments ->
                opened += arguments.orEmpty().filterIsInstance<PendingIntent>()
                null
            }
        ReflectionHelpers.setField(TileService::class.java, tile, "mService", ours)
        tile.onClick()
        assertShowsCode(shadowOf(opened.single()).savedIntent)
    }

    @Test
    fun `the widget opens the code, shows no state, and is as large as a finger`() {
        val manager = AppWidgetManager.getInstance(context)
        val id = shadowOf(manager).createWidget(CodeWidget::class.java, R.layout.widget)
        val view = shadowOf(manager).getViewFor(id)
        val told = texts(view)
        assertEquals(listOf(context.getString(R.string.show_code)), told)
        val whole = checkNotNull(view.findViewById<View>(R.id.widget))
        whole.performClick()
        assertShowsCode(opened())
        assertTrue(whole.minimumHeight >= 48 * context.resources.displayMetrics.density)
    }

    private fun texts(view: View): List<String> =
        when (view) {
            is TextView -> listOf(view.text.toString())
            is android.view.ViewGroup -> (0 until view.childCount).flatMap { texts(view.getChildAt(it)) }
            else -> emptyList()
        }

    @Test
    fun `the shortcut leads to the code`() {
        val shortcut = elements("shortcuts").getValue("intent").single()
        assertEquals(MainActivity.SHOW_CODE, shortcut.getAttribute("android:action"))
        assertEquals(MainActivity::class.java.name, shortcut.getAttribute("android:targetClass"))
        assertEquals(context.packageName, shortcut.getAttribute("android:targetPackage"))
        val info = context.packageManager.getActivityInfo(ComponentName(context, MainActivity::class.java), PackageManager.GET_META_DATA)
        assertEquals(R.xml.shortcuts, info.metaData.getInt("android.app.shortcuts"))
    }

    @Test
    fun `Android's own words are the core's`() = assertWords("en")

    @Test
    @Config(qualifiers = "zh-rCN")
    fun `Android's own words are the core's in Chinese`() = assertWords("zh-Hans-CN")

    @Test
    @Config(qualifiers = "ko-rKR")
    fun `Android's own words are the core's in Korean`() = assertWords("ko-KR")

    @Test
    @Config(qualifiers = "ar-rSA-ldrtl")
    fun `Android's own words are the core's in Arabic`() = assertWords("ar-SA")

    private fun assertWords(language: String) {
        val words = ScreenWords(language)
        assertEquals(words["common-app-name"], context.getString(R.string.app_name))
        assertEquals(words["checkpoint-title"], context.getString(R.string.door_name))
        assertEquals(words["outside-show-code"], context.getString(R.string.show_code))
        assertEquals(words["outside-tile"], context.getString(R.string.tile))
        assertEquals(words["outside-widget-hint"], context.getString(R.string.widget_hint))
    }

    @Test
    fun `nothing is backed up and nothing moves to another phone`() {
        assertEquals(0, context.applicationInfo.flags and android.content.pm.ApplicationInfo.FLAG_ALLOW_BACKUP)
        val all = setOf("root", "file", "database", "sharedpref", "external")
        val old = elements("backup").getValue("exclude").map { it.getAttribute("domain") }
        assertEquals(all, old.toSet())
        for (part in elements("data_extraction").let { it.getValue("cloud-backup") + it.getValue("device-transfer") }) {
            val excluded = part.getElementsByTagName("exclude")
            val domains = (0 until excluded.length).map { (excluded.item(it) as Element).getAttribute("domain") }
            assertEquals(all, domains.toSet())
        }
    }

    /** The elements of one of our XML files, by name. */
    private fun elements(name: String): Map<String, List<Element>> {
        val file = File(System.getProperty("healthcode.app"), "res/xml/$name.xml")
        val all =
            DocumentBuilderFactory
                .newInstance()
                .newDocumentBuilder()
                .parse(file)
                .getElementsByTagName("*")
        return (0 until all.length).map { all.item(it) as Element }.groupBy { it.tagName }
    }

    @Test
    fun `no permission but those that are asked for in use`() {
        val asked = context.packageManager.getPackageInfo(context.packageName, PackageManager.GET_PERMISSIONS).requestedPermissions
        val own = asked.orEmpty().filter { it.startsWith("android.permission.") }.map { it.removePrefix("android.permission.") }
        val known =
            setOf(
                "INTERNET",
                "ACCESS_NETWORK_STATE",
                "POST_NOTIFICATIONS",
                "CAMERA",
                "ACCESS_COARSE_LOCATION",
                "VIBRATE",
                // WorkManager's: it goes on after a restart of the phone.
                "WAKE_LOCK",
                "RECEIVE_BOOT_COMPLETED",
                "FOREGROUND_SERVICE",
            )
        assertEquals(known, own.toSet())
    }

    @Test
    fun `a hand tells the verdicts apart`() {
        val felt = Signal.entries.map { VerdictSignals.patternOf(it).timings().toList() }
        assertEquals(felt.distinct(), felt)
        assertArrayEquals(longArrayOf(0, 150, 100, 150), VerdictSignals.patternOf(Signal.CHECK).timings())
        assertNotEquals(VerdictSignals.patternOf(Signal.PASS).tone, VerdictSignals.patternOf(Signal.STOP).tone)
    }
}
