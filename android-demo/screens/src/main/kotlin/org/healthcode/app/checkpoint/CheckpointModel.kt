package org.healthcode.app.checkpoint

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import org.healthcode.Checkpoint
import org.healthcode.ScreenWords
import org.healthcode.act
import org.healthcode.app.App
import org.healthcode.app.Signal
import org.healthcode.app.design.StateLook
import org.healthcode.capability.colourAtDoor
import org.healthcode.core.Assurance
import org.healthcode.core.BundleKind
import org.healthcode.core.ColourTone
import org.healthcode.core.HealthCodeException
import org.healthcode.core.MomentStyle
import org.healthcode.core.Refusal
import org.healthcode.core.SyncReason
import org.healthcode.core.SyncResult
import org.healthcode.core.Verdict
import org.healthcode.core.VerdictLevel
import org.healthcode.core.isHealthCode
import org.healthcode.core.momentText
import org.healthcode.level
import org.healthcode.text
import org.healthcode.toCompare
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/**
 * Has the core check what the camera reads, and keeps nothing but counts.
 *
 * Invariant: a verdict is of one scan; it is gone on the next person, after [SHOWN_FOR] and when the screen is left, and no other
 * comes in its place unless a code is read anew. One core checkpoint serves as long as trust and place stay: it remembers what
 * was shown.
 */
internal class CheckpointModel(
    internal val app: App,
    private val door: Door,
    private val time: TimeSource = TimeSource.Monotonic,
) : AutoCloseable {
    private val words get() = app.words

    /** What is seen. */
    var state by mutableStateOf(
        CheckpointState(
            lists = ListsState(isFetching = true),
            place = app.settings.place,
            isLit = app.host.camera?.let { camera -> false.takeIf { camera.hasTorch } },
        ),
    )
        private set

    private var open: OpenCheckpoint? = null
    private var last: Sighting? = null
    private var isChecking = false
    private var scans = 0
    private var clearings = 0

    /** Opens over the lists of last time, fetches newer ones, and goes on doing so. */
    suspend fun follow() {
        attempt { app.health.setChecksOthers(true) }
        reopen()
        while (true) {
            fetch(SyncReason.SCHEDULED)
            delay(1.hours)
        }
    }

    /** What the camera sees: the texts of all codes in one picture. */
    suspend fun read(texts: List<String>) {
        val meant = texts.filter { isHealthCode(it) }.ifEmpty { texts.take(1) }.distinct()
        val isSame = meant.singleOrNull()?.let { seenAgain(it) } ?: false
        val checkpoint = open?.checkpoint
        if (meant.isEmpty() || state.verdict != null || isChecking || checkpoint == null) return
        if (meant.size > 1) {
            state = state.copy(isSeveral = true)
            return
        }
        if (!isSame) check(meant.single(), checkpoint)
    }

    /** Checks what was typed as if it had been seen; it counts as seen, too. */
    private suspend fun checkTyped() {
        val text = state.typed?.trim().orEmpty()
        val checkpoint = open?.checkpoint
        if (text.isEmpty() || state.verdict != null || isChecking || checkpoint == null) return
        check(text, checkpoint)
    }

    private suspend fun check(
        text: String,
        checkpoint: Checkpoint,
    ) {
        isChecking = true
        val before = clearings
        try {
            val now = now()
            last = Sighting(text, time.markNow())
            val verdict = checkpoint.check(text, now)
            // Locked meanwhile: nobody sees it any more, and who comes back scans anew.
            if (clearings == before) show(verdict, now) else last = null
        } catch (_: HealthCodeException) {
            // The checkpoint was closed meanwhile: nobody looks any more.
        } finally {
            isChecking = false
        }
    }

    fun act(action: CheckpointAction) {
        when (action) {
            CheckpointAction.Next -> clear()
            CheckpointAction.FetchLists -> app.scope.launch { fetch(SyncReason.USER_ASKED) }
            CheckpointAction.SwitchTorch -> state = state.copy(isLit = state.isLit?.not())
            CheckpointAction.AllowCamera -> app.host.camera?.openSettings()
            CheckpointAction.EditPlace -> state = state.copy(placeDraft = PlaceDraft(state.place.orEmpty()))
            is CheckpointAction.TypePlace -> state = state.copy(placeDraft = PlaceDraft(action.text))
            CheckpointAction.SavePlace -> app.scope.launch { savePlace() }
            CheckpointAction.LeavePlace -> state = state.copy(placeDraft = null)
            CheckpointAction.EditCode -> state = state.copy(typed = "")
            is CheckpointAction.TypeCode -> state = state.copy(typed = action.text.take(LONGEST_TYPED))
            CheckpointAction.CheckTyped -> app.scope.launch { checkTyped() }
            CheckpointAction.LeaveCode -> state = state.copy(typed = null)
        }
    }

    /** Asks for the camera; also when the screen comes back, for the answer may have changed. */
    suspend fun askForCamera() {
        val isAllowed = app.host.camera?.isAllowed() ?: false
        state = state.copy(isCameraDenied = !isAllowed)
    }

    /** Takes the verdict away: the next person, the lock, another window in front. */
    fun clear() {
        clearings++
        state = state.copy(verdict = null, isSeveral = false)
    }

    /** Takes the verdict with this [number] away once its time is over. */
    suspend fun clearLater(number: Int) {
        delay(SHOWN_FOR)
        if (state.verdict?.number == number) clear()
    }

    /** Looks again once the codes of before are out of the picture. */
    suspend fun endSeveral() {
        delay(SEVERAL_FOR)
        state = state.copy(isSeveral = false)
    }

    override fun close() {
        open?.checkpoint?.close()
        open = null
    }

    /** Whether the text is still the one that was checked last; as long as it is seen it stays that. */
    private fun seenAgain(text: String): Boolean {
        val seen = last?.takeIf { it.text == text } ?: return false
        val isSame = seen.at.elapsedNow() < SAME_CODE
        if (isSame) last = Sighting(text, time.markNow())
        return isSame
    }

    private fun show(
        verdict: Verdict,
        now: Long,
    ) {
        scans++
        val level = verdict.level
        state =
            state.copy(
                verdict = stateOf(verdict, now),
                isSeveral = false,
                placeDraft = null,
                typed = null,
                counts = state.counts + (level to (state.counts[level] ?: 0) + 1),
            )
        app.host.signal(signalOf(level))
    }

    private fun stateOf(
        verdict: Verdict,
        now: Long,
    ): VerdictState {
        val person = verdict.takeIf { it.accepted }?.toCompare(words.language)
        val door = verdict.colourAtDoor(words.language)
        val isVisitors = door?.here?.tone == ColourTone.ORANGE
        return VerdictState(
            level = verdict.level,
            word = words.of(verdict.level),
            person = person?.let { PersonState(it.name, it.documentTail, it.text) },
            reason = verdict.text(words.language),
            act = verdict.act?.text(words.language),
            assurance = verdict.assurance?.takeIf { verdict.accepted }?.let { words.of(it) },
            region = verdict.regionName?.text(words.language),
            age = open?.let { asOf(it.checkpoint.lists(now).asOf, now) },
            number = scans,
            look = if (isVisitors && verdict.refusal == Refusal.COLOUR_NOT_ADMITTED) StateLook.ORANGE else verdict.level.look,
            colour = door?.takeIf { it.isMapped || isVisitors }?.let { listOfNotNull(it.title, it.ruleText).joinToString("\n") },
        )
    }

    private suspend fun fetch(reason: SyncReason) {
        state = state.copy(lists = state.lists.copy(isFetching = true, hasFailed = false))
        val result = attempt { app.health.sync(reason) }?.result
        reopen()
        val isDone = result == SyncResult.SYNCED || result == SyncResult.NOT_NEEDED || result == SyncResult.WAITING
        state = state.copy(lists = state.lists.copy(isFetching = false, hasFailed = !isDone))
    }

    /** Takes what the last sync brought. */
    private suspend fun reopen() {
        val trust = attempt { app.health.publishedBundle(BundleKind.TRUST) }
        val now = now()
        val place = app.settings.place
        if (trust != null && open?.isOver(trust, place) != true) {
            attempt { open(trust, place, now) }?.let { opened ->
                open?.checkpoint?.close()
                open = opened
            }
        }
        val checkpoint = open?.checkpoint
        for (list in attempt { app.health.statusLists() }.orEmpty()) {
            attempt { checkpoint?.addStatusList(list, at = now) }
        }
        val held = checkpoint?.lists(now)
        val lists = state.lists.copy(areThere = held != null, isFresh = held?.isFresh ?: false, asOf = asOf(held?.asOf, now))
        state = state.copy(lists = lists)
    }

    private fun open(
        trust: ByteArray,
        place: String?,
        now: Long,
    ): OpenCheckpoint {
        val lowest = open?.checkpoint?.trust?.version ?: 0u
        val checkpoint = Checkpoint.open(trust, door.rootKey, place, door.division, lowest, now)
        return OpenCheckpoint(checkpoint, trust, place)
    }

    /** A place that the core does not take is no place's id. */
    private suspend fun savePlace() {
        val typed = state.placeDraft?.text ?: return
        val place = typed.trim().uppercase().ifEmpty { null }
        val trust = open?.trust ?: return
        val isTaken = attempt { open(trust, place, now()).checkpoint.close() } != null
        if (isTaken) {
            app.settings.place = place
            state = state.copy(place = place, placeDraft = null)
            reopen()
        } else {
            state = state.copy(placeDraft = PlaceDraft(typed, isWrong = true))
        }
    }

    private fun asOf(
        at: Long?,
        now: Long,
    ): String? {
        val time = momentText(at ?: return null, now, MomentStyle.DAY_AND_TIME, words.language)
        return words.format("checkpoint-lists-as-of", "time" to time)
    }

    /** Unix seconds, after the authority's clock where it was asked. */
    private suspend fun now(): Long = app.health.now().atMs / 1_000

    private inline fun <T> attempt(work: () -> T): T? =
        try {
            work()
        } catch (_: HealthCodeException) {
            // The lists' state says what holds.
            null
        }

    private class OpenCheckpoint(
        val checkpoint: Checkpoint,
        val trust: ByteArray,
        val place: String?,
    ) {
        fun isOver(
            trust: ByteArray,
            place: String?,
        ) = this.trust.contentEquals(trust) && this.place == place
    }

    private class Sighting(
        val text: String,
        val at: TimeMark,
    )

    private companion object {
        val SHOWN_FOR = 30.seconds
        val SAME_CODE = 3.seconds
        val SEVERAL_FOR = 2.seconds

        /** More than any code has. */
        const val LONGEST_TYPED = 8_000
    }
}

/** A verdict's word. */
internal fun ScreenWords.of(level: VerdictLevel): String =
    when (level) {
        VerdictLevel.PASS -> this["checkpoint-pass"]
        VerdictLevel.CHECK -> this["checkpoint-check"]
        VerdictLevel.STOP -> this["checkpoint-stop"]
        VerdictLevel.CANNOT_TELL -> this["checkpoint-cannot-tell"]
    }

private fun ScreenWords.of(assurance: Assurance): String =
    when (assurance) {
        Assurance.HARDWARE -> this["checkpoint-assurance-hardware"]
        Assurance.SOFTWARE -> this["checkpoint-assurance-software"]
        Assurance.PAPER -> this["checkpoint-assurance-paper"]
    }

private fun signalOf(level: VerdictLevel): Signal =
    when (level) {
        VerdictLevel.PASS -> Signal.PASS
        VerdictLevel.CHECK -> Signal.CHECK
        VerdictLevel.STOP -> Signal.STOP
        VerdictLevel.CANNOT_TELL -> Signal.CANNOT_TELL
    }
