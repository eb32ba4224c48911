package org.healthcode.app.android

import android.Manifest
import android.app.Notification
import android.app.NotificationManager
import androidx.work.Data
import androidx.work.ListenableWorker
import androidx.work.NetworkType
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.testing.TestListenableWorkerBuilder
import androidx.work.testing.WorkManagerTestInitHelper
import kotlinx.coroutines.runBlocking
import org.healthcode.ScreenWords
import org.healthcode.android.SyncWorker
import org.healthcode.android.scheduleSync
import org.healthcode.android.syncAfterHint
import org.healthcode.core.Colour
import org.healthcode.core.SyncResult
import org.healthcode.word
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.util.concurrent.TimeUnit

/** The sync in the background, and what it tells. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "+zh-rCN")
class NoticeTest {
    @get:Rule
    val phone = NewPhone()

    private val manager get() = checkNotNull(phone.application.getSystemService(NotificationManager::class.java))

    private fun work(input: Data = Data.EMPTY): ListenableWorker.Result =
        runBlocking { TestListenableWorkerBuilder<SyncWorker>(phone.application, input).build().doWork() }

    private fun becomeYellow() {
        phone.turnGreen()
        changeToYellow()
    }

    /** The phone is not told. */
    private fun changeOfficially() {
        val citizen = checkNotNull(phone.health.home.value.colour).citizenId
        TestedApplication.AUTHORITY.changeColour(citizen, "yellow", "close_contact")
    }

    private fun changeToYellow() {
        changeOfficially()
        // At once: the work by the hour keeps the server's waits.
        assertEquals(SyncResult.SYNCED, runBlocking { phone.health.sync().result })
    }

    /** Events come on a thread of their own. */
    private fun notice(colour: Colour): Notification? {
        val end = System.nanoTime() + 10_000_000_000
        while (System.nanoTime() < end) {
            val shown = shadowOf(manager).getNotification(ColourNotice.ID)
            if (shown?.extras?.getString(Notification.EXTRA_TITLE) == colour.word("zh-Hans-CN")) return shown
            Thread.sleep(20)
        }
        return null
    }

    @Test
    fun `a change of colour is told with what to do, and on a locked phone without the colour`() {
        shadowOf(phone.application).grantPermissions(Manifest.permission.POST_NOTIFICATIONS)
        becomeYellow()
        val notice = checkNotNull(notice(Colour.YELLOW))
        val colour = checkNotNull(phone.health.home.value.colour)
        assertEquals(Colour.YELLOW, colour.colour)
        val text = notice.extras.getString(Notification.EXTRA_BIG_TEXT).orEmpty()
        assertTrue(text, colour.instruction in text)

        assertEquals(Notification.VISIBILITY_PRIVATE, notice.visibility)
        val seenLocked = notice.publicVersion.extras
        assertEquals(ScreenWords("zh-Hans-CN")["outside-changed"], seenLocked.getString(Notification.EXTRA_TITLE))
        assertNull(seenLocked.getString(Notification.EXTRA_TEXT))

        val opens = shadowOf(notice.contentIntent).savedIntent
        assertEquals(MainActivity.SHOW_WHY, opens.action)
    }

    @Test
    fun `the first colour of all is no change, and is not told as one`() {
        shadowOf(phone.application).grantPermissions(Manifest.permission.POST_NOTIFICATIONS)
        phone.turnGreen()
        assertEquals(Colour.GREEN, checkNotNull(phone.health.home.value.colour).colour)
        Thread.sleep(500)
        assertEquals(0, shadowOf(manager).size())
        changeToYellow()
        assertNotNull("the next one is", notice(Colour.YELLOW))
    }

    @Test
    fun `after a push the work fetches, and without one it keeps to the plan`() {
        phone.turnGreen()
        changeOfficially()
        assertEquals(ListenableWorker.Result.success(), work())
        assertEquals("planned for later", Colour.GREEN, checkNotNull(phone.health.home.value.colour).colour)
        runBlocking { phone.health.pushHint() }
        assertEquals(ListenableWorker.Result.success(), work())
        assertEquals(Colour.YELLOW, checkNotNull(phone.health.home.value.colour).colour)
    }

    @Test
    fun `a push's work waits for a network and knows why it runs`() {
        WorkManagerTestInitHelper.initializeTestWorkManager(phone.application)
        syncAfterHint(phone.application)
        val planned =
            WorkManager
                .getInstance(phone.application)
                .getWorkInfosForUniqueWork("health-code-hint")
                .get()
                .single()
        assertEquals(WorkInfo.State.ENQUEUED, planned.state)
        assertEquals(NetworkType.CONNECTED, planned.constraints.requiredNetworkType)
        assertNull("once", planned.periodicityInfo)
        phone.turnGreen()
        changeOfficially()
        assertEquals(ListenableWorker.Result.success(), work(Data.Builder().putBoolean("hinted", true).build()))
        assertEquals(Colour.YELLOW, checkNotNull(phone.health.home.value.colour).colour)
    }

    @Test
    fun `nothing is told where the citizen allows no notices`() {
        shadowOf(phone.application).denyPermissions(Manifest.permission.POST_NOTIFICATIONS)
        becomeYellow()
        Thread.sleep(500)
        assertEquals(0, shadowOf(manager).size())
        assertFalse(ColourNotice.isAllowed(phone.application))
    }

    @Test
    fun `the sync is planned once, for when there is a network`() {
        WorkManagerTestInitHelper.initializeTestWorkManager(phone.application)
        repeat(2) { scheduleSync(phone.application) }
        val planned =
            WorkManager
                .getInstance(phone.application)
                .getWorkInfosForUniqueWork("health-code-sync")
                .get()
                .single()
        assertEquals(WorkInfo.State.ENQUEUED, planned.state)
        assertEquals(NetworkType.CONNECTED, planned.constraints.requiredNetworkType)
        assertEquals(TimeUnit.HOURS.toMillis(1), planned.periodicityInfo?.repeatIntervalMillis)
    }

    @Test
    fun `the work ends well with nobody registered, and fails without a throw where the key store is silent`() {
        assertEquals("nobody to sync for yet", ListenableWorker.Result.success(), work())
        assertNotNull(phone.health)
        runBlocking { phone.application.closeStore() }
        KeyStoreOfOurs.isSilent = true
        assertEquals(ListenableWorker.Result.failure(), work())
    }
}
