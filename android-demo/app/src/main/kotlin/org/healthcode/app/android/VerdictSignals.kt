package org.healthcode.app.android

import android.content.Context
import android.media.AudioManager
import android.media.ToneGenerator
import android.os.Handler
import android.os.Looper
import android.os.VibrationEffect
import android.os.Vibrator
import org.healthcode.app.Signal

/** A verdict for ear and hand: one high, two even, three low, one flat. */
class VerdictSignals(
    context: Context,
) {
    private val vibrator = context.getSystemService(Vibrator::class.java)
    private val handler = Handler(Looper.getMainLooper())

    fun give(signal: Signal) {
        val pattern = patternOf(signal)
        vibrator?.takeIf { it.hasVibrator() }?.vibrate(VibrationEffect.createWaveform(pattern.timings(), -1))
        val tones =
            try {
                ToneGenerator(AudioManager.STREAM_NOTIFICATION, VOLUME)
            } catch (_: RuntimeException) {
                // The phone has no tone to spare: the hand has felt it.
                return
            }
        repeat(pattern.count) { number ->
            handler.postDelayed({ tones.startTone(pattern.tone, pattern.millis) }, number * (pattern.millis + PAUSE))
        }
        handler.postDelayed({ tones.release() }, pattern.count * (pattern.millis + PAUSE))
    }

    /** [count] times a tone of [millis]. */
    internal class Pattern(
        val tone: Int,
        val count: Int,
        val millis: Int,
    ) {
        /** For the hand: pauses and pulses by turns, a pause first. */
        fun timings(): LongArray =
            LongArray(2 * count) {
                if (it % 2 == 1) {
                    millis.toLong()
                } else if (it == 0) {
                    0
                } else {
                    PAUSE
                }
            }
    }

    internal companion object {
        private const val VOLUME = 80
        const val PAUSE = 100L

        fun patternOf(signal: Signal): Pattern =
            when (signal) {
                Signal.PASS -> Pattern(ToneGenerator.TONE_DTMF_D, 1, 150)
                Signal.CHECK -> Pattern(ToneGenerator.TONE_DTMF_5, 2, 150)
                Signal.STOP -> Pattern(ToneGenerator.TONE_DTMF_1, 3, 200)
                Signal.CANNOT_TELL -> Pattern(ToneGenerator.TONE_PROP_NACK, 1, 400)
            }
    }
}
