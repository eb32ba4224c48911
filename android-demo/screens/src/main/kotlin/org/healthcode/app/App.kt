package org.healthcode.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableLongStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Modifier
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.launch
import org.healthcode.HealthCode
import org.healthcode.ScreenWords
import org.healthcode.app.screen.Navigator
import org.healthcode.core.ExportDocument
import org.healthcode.core.HealthCodeException
import org.healthcode.core.MomentStyle
import org.healthcode.core.SyncReason
import org.healthcode.core.momentText

/** What a screen's model works with once the store is open. */
class App(
    val health: HealthCode,
    val navigator: Navigator,
    val host: Host,
    val settings: Settings,
    /** Lives as long as the app's window. */
    val scope: CoroutineScope,
    /** Whether anybody looks: on a phone that is locked, or shows another app, nothing is followed. */
    private val isInFront: () -> Boolean = { true },
) {
    /** As [isInFront] says now. */
    val isSeen: Boolean get() = isInFront()

    /** Does [work] while the app is in front, and anew each time it comes back. Not by drawing: what is not in front is not drawn. */
    suspend fun whileInFront(work: suspend () -> Unit) = snapshotFlow { isInFront() }.collectLatest { if (it) work() }

    /** Whether a sync runs that [sync] began. */
    var isSyncing by mutableStateOf(false)
        private set

    /** What was put into the queue while a sync ran. */
    private var hasMore = false

    /** Sends and fetches, one at a time; how it went is in the home view. What was submitted meanwhile goes with one right after. */
    fun sync(reason: SyncReason = SyncReason.USER_ASKED) {
        if (isSyncing) {
            hasMore = hasMore || reason == SyncReason.AFTER_SUBMIT
            return
        }
        isSyncing = true
        scope.launch {
            try {
                do {
                    hasMore = false
                    health.sync(reason)
                } while (hasMore)
            } catch (_: HealthCodeException) {
                // Home says what holds.
            } finally {
                isSyncing = false
            }
        }
    }

    /** BCP 47: what the core speaks and the screens are written in. Never one without the other. */
    var language by mutableStateOf(settings.language)
        private set

    /** In the reader's language. */
    val words: ScreenWords get() = ScreenWords(language)

    /** Changes the language: the core's first, so that no screen reads the other one's sentences. */
    suspend fun speak(language: String) {
        try {
            health.setLanguage(language)
        } catch (_: HealthCodeException) {
            // It is set; what could not be read says so where it is asked for next.
        }
        this.language = language
    }

    /** Unix seconds by the core, as of the last look; 0 before the first. */
    var now by mutableLongStateOf(0)
        private set

    /** Looks at the core's clock. */
    suspend fun readTime() {
        try {
            now = health.now().atMs.floorDiv(1_000)
        } catch (_: HealthCodeException) {
            // Moments are told as of the last look.
        }
    }

    /** A moment, Unix seconds, in the reader's words. */
    fun moment(
        at: Long,
        style: MomentStyle = MomentStyle.DAY_AND_TIME,
    ): String = momentText(at, now, style, language, health.home.value.utcOffsetMinutes)

    /** Offers to call the health line; what to do instead where that cannot be done here. */
    fun callHealthLine(): String? = if (host.call(HEALTH_LINE)) null else words.format("common-call-by-hand", "number" to HEALTH_LINE)
}

/** The number that helps with health codes, all over the country. */
const val HEALTH_LINE = "12320"

/**
 * What the system around the screens does for them: a phone, or a desktop's window.
 *
 * Invariant: none of these throws; what cannot be done here does nothing and says so by its answer.
 */
interface Host {
    /** The code is on the screen, or no more: brightness, screenshots. */
    fun codeIsShown(isShown: Boolean)

    /** Offers to call [phone]; whether that can be done here. */
    fun call(phone: String): Boolean

    /** Shows where a newer version of the app is; whether that can be done here. */
    fun showUpdate(): Boolean = false

    /** Shows [url] in a browser; whether that can be done here. */
    fun browse(url: String): Boolean

    /** Keeps [bytes] in a file called [name], of the MIME type [type], where the person says. */
    suspend fun save(
        name: String,
        type: String,
        bytes: ByteArray,
    ): SavedFile = SavedFile.FAILED

    /**
     * [document] drawn with the fonts and by the means that the system has; [foot] is what stands at the foot of a page, by its
     * number from 1 and how many there are. Null where that cannot be done.
     */
    suspend fun pdf(
        document: ExportDocument,
        foot: suspend (Int, Int) -> String,
    ): ByteArray? = null

    /** Sounds and vibrations of a verdict. */
    fun signal(signal: Signal)

    /** Where the phone is, where the citizen allows it now; null where that is not to be had. */
    suspend fun position(): HostPosition?

    /** The camera, for screens that scan; null where there is none: a desktop reads a picture. */
    val camera: HostCamera? get() = null

    /** Picks photographs and documents; null where that cannot be done. */
    val picker: HostPicker? get() = null

    /** Logins with the system's browser; null where that cannot be done. */
    val logins: Logins? get() = null

    /** Whether the app around this one answers [assertion]. */
    val canAssert: Boolean get() = false

    /** What the app around this one says of the person: a token; null where there was none. */
    suspend fun assertion(asked: Assertion): String? = null

    /** Puts [text] on the clipboard; whether that can be done here. */
    fun copy(text: String): Boolean = false

    /** Where the store lies, for who helps with a damaged one; null where that means nothing to anybody. */
    val storeFolder: String? get() = null

    /** The version of the app, for the page about it. */
    val version: String
}

/** A camera that looks for codes. */
interface HostCamera {
    /** Whether it may be used, after asking where that was not said yet. */
    suspend fun isAllowed(): Boolean

    /** Shows the system's settings of this app, where a refusal can be taken back. */
    fun openSettings()

    /** Whether there is a lamp to switch on. */
    val hasTorch: Boolean get() = true

    /** What it sees. [onCodes] gets the texts of every code of a picture, of several too; it is called on the main thread. */
    @Composable
    fun View(
        isLit: Boolean,
        onCodes: (List<String>) -> Unit,
        modifier: Modifier,
    )
}

/** WGS 84 degrees. */
data class HostPosition(
    val latitude: Double,
    val longitude: Double,
)

/** What became of a file that was to be kept. */
enum class SavedFile { SAVED, CANCELLED, FAILED }

/** How a verdict sounds and feels: one high, two even, three low, one flat. */
enum class Signal { PASS, CHECK, STOP, CANNOT_TELL }
