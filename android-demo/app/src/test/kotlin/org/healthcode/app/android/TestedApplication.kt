package org.healthcode.app.android

import androidx.test.core.app.ApplicationProvider
import androidx.work.Configuration
import kotlinx.coroutines.runBlocking
import org.healthcode.HealthCode
import org.healthcode.app.HostCamera
import org.healthcode.support.Authority
import org.healthcode.support.longLived
import org.healthcode.support.turnGreen
import org.junit.rules.ExternalResource
import java.nio.file.Files

/** The app as it is built for a real authority, which runs beside the tests. */
class TestedApplication : HealthCodeApplication() {
    override val authority: BuiltInAuthority?
        get() = if (isForNobody) null else BuiltInAuthority(AUTHORITY.baseUrl, AUTHORITY.rootKey, AUTHORITY.caPem)

    /** Nothing is done in the background that no test asked for. */
    override val workManagerConfiguration: Configuration
        get() =
            Configuration
                .Builder()
                .setExecutor {}
                .setTaskExecutor {}
                .build()

    /** The last one: none of these machines has a camera. */
    var camera: PictureCamera? = null
        private set

    override fun camera(activity: PhoneActivity): HostCamera = PictureCamera(activity).also { camera = it }

    companion object {
        /** Started with the first test that needs it; ends with the tests. */
        val AUTHORITY: Authority by lazy { Authority(Files.createTempDirectory("authority"), longLived) }

        var isForNobody = false
    }
}

/** A new phone for a test: its key store is empty, and its store is closed behind it. */
class NewPhone : ExternalResource() {
    val application: TestedApplication get() = ApplicationProvider.getApplicationContext()

    val health: HealthCode get() = runBlocking { application.healthCode() }

    override fun before() {
        KeyStoreOfOurs.install()
        TestedApplication.isForNobody = false
    }

    /** Registers and declares. */
    fun turnGreen() = runBlocking { health.turnGreen() }

    override fun after() = runBlocking { application.closeStore() }
}
