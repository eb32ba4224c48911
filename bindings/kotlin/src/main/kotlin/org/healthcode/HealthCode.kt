package org.healthcode

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharedFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asSharedFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.healthcode.core.Answer
import org.healthcode.core.BundleKind
import org.healthcode.core.CancelToken
import org.healthcode.core.CitizenConfig
import org.healthcode.core.CodeView
import org.healthcode.core.ConsentForm
import org.healthcode.core.CoreHealthCode
import org.healthcode.core.FormKind
import org.healthcode.core.FormReview
import org.healthcode.core.FormView
import org.healthcode.core.HealthCodeEvent
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HomeView
import org.healthcode.core.HostClock
import org.healthcode.core.HostDeviceSigner
import org.healthcode.core.HostKeyGuard
import org.healthcode.core.HostSubjectKeys
import org.healthcode.core.HostTransport
import org.healthcode.core.ItineraryLeg
import org.healthcode.core.SyncOutcome
import org.healthcode.core.SyncReason
import org.healthcode.core.TrustedTime
import org.healthcode.core.httpBuiltIn
import java.util.concurrent.ConcurrentHashMap
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import org.healthcode.core.dangerReset as resetStore

/**
 * One citizen's health code on one phone. Everything but [sync] works without a network; what was acknowledged is on
 * disk, also when the coroutine that asked was cancelled meanwhile. May be used from any thread; close it when done.
 *
 * Invariant: no call but [close] blocks the caller's thread, and every failure is a [HealthCodeException] with a stable code, of the
 * kinds named with each call; on any, `Session` (`closed`) after [close] and `Internal` for a defect of the core.
 */
public class HealthCode private constructor(
    private val core: CoreHealthCode,
    private val inbox: Inbox,
    private val dispatcher: CoroutineDispatcher,
) : AutoCloseable {
    private val scope = CoroutineScope(SupervisorJob() + dispatcher)
    private val syncs: MutableSet<CancelToken> = ConcurrentHashMap.newKeySet()
    private val calls = Calls()
    private val isClosed = MutableStateFlow(false)
    private val views = MutableStateFlow(core.home())
    private val told =
        MutableSharedFlow<HealthCodeEvent>(
            extraBufferCapacity = Inbox.CAPACITY,
            onBufferOverflow = BufferOverflow.DROP_OLDEST,
        )

    init {
        scope.launch {
            inbox.each { event ->
                refreshHome()
                told.tryEmit(event)
            }
        }
    }

    /**
     * What the home screen shows: read again after every change, every sync and, before it is told, every event. What
     * only time changes (`dataAgeSecs`) is as of that reading: [refresh] when the screen comes back.
     */
    public val home: StateFlow<HomeView> = views.asStateFlow()

    /**
     * What the citizen must be told at once: a change of colour, a refused upload. Nothing is kept for who does not
     * listen; [home] always tells the state.
     */
    public val events: SharedFlow<HealthCodeEvent> = told.asSharedFlow()

    /**
     * The code to show, again and again: each collector gets the code at once and the next one when its rotation is
     * due, or as soon as there is a new credential. While there is no code it waits for one. Nothing runs while
     * nobody collects; collect it only while the code is on the screen. It ends in what [currentCode] throws; a
     * collector that comes again asks again.
     */
    public val codes: Flow<CodeView> = rotatingCodes(views, isClosed, ::currentCode)

    /** The language of what the citizen reads, a BCP 47 tag. */
    @Volatile
    public var language: String = core.language()
        private set

    /**
     * Sets the language, a BCP 47 tag such as `zh-Hans-CN`: [home] and whatever is asked for from now on is in it or the
     * nearest there is. It does not stay on the phone: the configuration says it when the app opens.
     */
    public suspend fun setLanguage(language: String) {
        this.language =
            changing {
                it.setLanguage(language)
                it.language()
            }
    }

    /** Reads [home] again. @throws HealthCodeException `Store`. */
    public suspend fun refresh(): HomeView = withContext(dispatcher) { readHome() }

    /** The code to show now. @throws HealthCodeException `Session` (`no_code_yet`), `Credential`, `Code`, `Store`. */
    public suspend fun currentCode(): CodeView = call { it.currentCode() }

    /** The form to fill in. @throws HealthCodeException `Store`, `Form`. */
    public suspend fun form(kind: FormKind): FormView = call { it.form(kind) }

    /**
     * What a screen needs after each answer: the questions to show, what to mend, how far it is filled in.
     * @throws HealthCodeException `Store`, `Form`, `Argument` for a number that is none.
     */
    public suspend fun review(
        kind: FormKind,
        answers: Map<String, Answer>,
    ): FormReview = call { it.review(kind, answers) }

    /**
     * The kept answers of a form; where there are none, what the citizen told before: nobody is asked twice.
     * @throws HealthCodeException `Store`, `Form`.
     */
    public suspend fun draft(kind: FormKind): Map<String, Answer> = call { it.draft(kind) }

    /** Keeps half-filled answers. @throws HealthCodeException `Store`, `Form`, `Argument`. */
    public suspend fun saveDraft(
        kind: FormKind,
        answers: Map<String, Answer>,
    ): Unit = call { it.saveDraft(kind, answers) }

    /**
     * Registers, with consent to the text that was shown. Works offline; [sync] afterwards. Again with other answers it
     * takes the place of a request that waits or was refused, and corrects one that was taken: phone, address and
     * division at any time, everything as long as no colour was decided.
     * @throws HealthCodeException `FormRefused` (`answer_needs_desk`: only the authority's desk can change this now),
     * `Session` (`consent_missing`, `already_registered_here`), `Store`, `Sync`.
     */
    public suspend fun register(
        answers: Map<String, Answer>,
        consent: ConsentForm,
    ): Unit = changing { it.register(answers, consent.version) }

    /**
     * The id of this phone's key, 22 characters: what the authority's desk asks for to move a registration to this phone.
     * @throws HealthCodeException `Host`: the key does not answer.
     */
    public suspend fun deviceId(): String = call { it.deviceId() }

    /**
     * Submits a health declaration and gives the upload's id. Works offline; [sync] afterwards.
     * @throws HealthCodeException `FormRefused`, `Session` (`not_registered`), `Store`, `Sync`.
     */
    public suspend fun submitDeclaration(answers: Map<String, Answer>): String =
        changing { it.submitDeclaration(answers) }

    /**
     * Submits where the citizen was or will go and gives the upload's id. Works offline.
     * @throws HealthCodeException `Session` (`not_registered`), `Store`, `Sync`.
     */
    public suspend fun submitItinerary(legs: List<ItineraryLeg>): String = changing { it.submitItinerary(legs) }

    /**
     * Takes an upload out of the queue: one that was refused, once the citizen has read why.
     * @throws HealthCodeException `Sync` (`sync_upload_unknown`), `Store`.
     */
    public suspend fun dismissUpload(uploadId: String): Unit = changing { it.dismissUpload(uploadId) }

    /**
     * Sends what is queued and fetches what is new. The outcome says how it went, also without a network. Cancelling
     * the coroutine stops it and returns at once; what was done stays done.
     *
     * @param deadline how long it may take at most, in whole milliseconds; none where it is zero or less.
     */
    public suspend fun sync(
        reason: SyncReason = SyncReason.USER_ASKED,
        deadline: Duration = 20.seconds,
    ): SyncOutcome {
        val millis = deadline.inWholeMilliseconds.coerceAtLeast(0).toULong()
        val token = CancelToken()
        syncs.add(token)
        // Not a child of the caller: the call into the core ends by itself soon after it was cancelled.
        val running =
            scope.async {
                try {
                    used { it.syncOnce(reason, millis, token) }.also { refreshHome() }
                } finally {
                    syncs.remove(token)
                    token.close()
                }
            }
        try {
            return running.await()
        } catch (cancelled: CancellationException) {
            token.cancelQuietly()
            throw cancelled
        }
    }

    /** The fingerprint of the national root's key that this app believes: groups of four hexadecimal digits. */
    public suspend fun rootKeyFingerprint(): String = call { it.rootKeyFingerprint() }

    /** A push message came. Nothing in it is believed: it only asks for a [sync]. */
    public suspend fun pushHint(): Unit = call { it.pushHint() }

    /** Whether to [sync] soon: a push came or uploads wait. */
    public suspend fun syncWanted(): Boolean = call { it.syncWanted() }

    /** The time that codes are made with. */
    public suspend fun now(): TrustedTime = call { it.now() }

    /**
     * Says whether others' codes are checked on this phone. If they are, the coming syncs fetch status lists too; a
     * phone that only shows codes does without. Not kept: to be said after each start.
     */
    public suspend fun setChecksOthers(checksOthers: Boolean): Unit = call { it.setChecksOthers(checksOthers) }

    /**
     * The status lists that the syncs brought, for a [Checkpoint] on this phone, which takes them in this order.
     *
     * @throws HealthCodeException `Store`, `Sync`.
     */
    public suspend fun statusLists(): List<ByteArray> = call { it.statusLists() }

    /**
     * Signed data as the last [sync] brought them, for a [Checkpoint] on this phone; null if there are none.
     *
     * @param name empty for the trust bundle, else the id of the form or rule set; for status lists see [statusLists].
     * @throws HealthCodeException `Store`, `Sync`.
     */
    public suspend fun publishedBundle(
        kind: BundleKind,
        name: String = "",
    ): ByteArray? = call { it.publishedBundle(kind, name) }

    /**
     * Stops what runs and frees the store, which may be opened again at once. Calls in flight end normally, a sync
     * with `CANCELLED`; later ones, and who collects [codes], with the error `closed`. Waits for calls under way: a few
     * milliseconds, or as long as a transport of the app's ignores its cancel token, at most 5 seconds. Twice is the
     * same as once.
     */
    override fun close() {
        calls.end(
            hurry = {
                isClosed.value = true
                syncs.forEach { it.cancelQuietly() }
            },
            free = {
                core.close()
                inbox.close()
            },
        )
    }

    /** For the capabilities, a file each in `capability`. */
    internal suspend fun <T> call(work: (CoreHealthCode) -> T): T = withContext(dispatcher) { used(work) }

    internal suspend fun <T> changing(work: (CoreHealthCode) -> T): T =
        withContext(dispatcher) { used(work).also { refreshHome() } }

    private fun <T> used(work: (CoreHealthCode) -> T): T = calls.during { work(core) }

    /** A store that fails here fails in the next call too, which says so. */
    private fun refreshHome() {
        try {
            readHome()
        } catch (_: HealthCodeException) {
        }
    }

    /** One after the other: a view that was read earlier never takes the place of a later one. */
    private fun readHome(): HomeView = synchronized(views) { used { it.home() }.also { views.value = it } }

    private fun CancelToken.cancelQuietly() {
        try {
            cancel()
        } catch (_: IllegalStateException) {
            // Its sync has just ended.
        }
    }

    public companion object {
        /**
         * Opens the store in the folder [dataDir], made if missing; one [HealthCode] a folder at a time.
         *
         * @param keyGuard guards the store's key: Android Keystore, a desktop's key store.
         * @param deviceSigner the hardware's device key; without it the core keeps an Ed25519 key in its store.
         * @param transport the app's own network; without it the core speaks HTTPS itself or, built without, over
         *   [HttpsTransport].
         * @param clock for tests.
         * @param dispatcher where calls into the core run: they block, for milliseconds or, in [sync], longer.
         * @param subjectKeys the hardware's keys of dependants, which this library's signers make as well; without it theirs are in
         *   the store.
         * @throws HealthCodeException `Store`, `Host`, `Http`, `Sync`, `Argument`; nothing is deleted on any of them.
         */
        public suspend fun open(
            dataDir: String,
            config: CitizenConfig,
            keyGuard: HostKeyGuard,
            deviceSigner: HostDeviceSigner? = null,
            transport: HostTransport? = null,
            clock: HostClock? = null,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
            subjectKeys: HostSubjectKeys? = deviceSigner as? HostSubjectKeys,
        ): HealthCode {
            var opened: HealthCode? = null
            try {
                withContext(dispatcher) {
                    val inbox = Inbox()
                    val network = transport ?: if (httpBuiltIn()) null else HttpsTransport(config)
                    val core =
                        CoreHealthCode.open(dataDir, config, keyGuard, deviceSigner, subjectKeys, inbox, network, clock)
                    try {
                        opened = HealthCode(core, inbox, dispatcher)
                    } catch (unreadable: HealthCodeException) {
                        core.close()
                        throw unreadable
                    }
                }
            } catch (cancelled: CancellationException) {
                // Nobody gets what was opened: left alone, it would keep the store locked.
                opened?.let { left -> withContext(NonCancellable + dispatcher) { left.close() } }
                throw cancelled
            }
            return checkNotNull(opened)
        }

        /**
         * Deletes the store in the folder [dataDir] for good, damaged or not: key, registration, what waits to be sent.
         * For a citizen who gives it up when [open] says that it is damaged, and has the desk move the registration to the
         * new key; never as a repair.
         * @throws HealthCodeException `Store`: `store_already_open` while a [HealthCode] is open on it, `store_io_failed`.
         */
        public suspend fun dangerReset(
            dataDir: String,
            dispatcher: CoroutineDispatcher = Dispatchers.IO,
        ): Unit = withContext(dispatcher) { resetStore(dataDir) }
    }
}
