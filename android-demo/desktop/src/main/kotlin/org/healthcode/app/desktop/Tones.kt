package org.healthcode.app.desktop

import org.healthcode.app.Signal
import javax.sound.sampled.AudioFormat
import javax.sound.sampled.AudioSystem
import javax.sound.sampled.LineUnavailableException
import kotlin.concurrent.thread
import kotlin.math.PI
import kotlin.math.sin

/** How a verdict sounds: one high, two even, three low, one flat. Silent where the computer has no sound. */
internal object Tones {
    private const val RATE = 22_050
    private const val PAUSE_MILLIS = 90
    private const val VOLUME = 0.4

    fun give(signal: Signal) {
        thread(isDaemon = true, name = "tones") { play(samples(signal)) }
    }

    /** 16 bits, little end first, one channel. */
    internal fun samples(signal: Signal): ByteArray {
        val (count, hertz, millis) =
            when (signal) {
                Signal.PASS -> Triple(1, 1_320, 160)
                Signal.CHECK -> Triple(2, 660, 160)
                Signal.STOP -> Triple(3, 220, 200)
                Signal.CANNOT_TELL -> Triple(1, 330, 450)
            }
        val tone = ByteArray(2 * RATE * millis / 1_000)
        for (place in 0 until tone.size / 2) {
            val edge = minOf(place, tone.size / 2 - place, FADE) / FADE.toDouble()
            val value = (sin(2 * PI * hertz * place / RATE) * edge * VOLUME * Short.MAX_VALUE).toInt()
            tone[2 * place] = value.toByte()
            tone[2 * place + 1] = (value shr 8).toByte()
        }
        val pause = ByteArray(2 * RATE * PAUSE_MILLIS / 1_000)
        return (0 until count).fold(ByteArray(0)) { all, _ -> all + tone + pause }
    }

    private fun play(samples: ByteArray) {
        try {
            AudioSystem.getSourceDataLine(AudioFormat(RATE.toFloat(), 16, 1, true, false)).use { line ->
                line.open()
                line.start()
                line.write(samples, 0, samples.size)
                line.drain()
            }
        } catch (_: LineUnavailableException) {
            // Another program has the sound.
        } catch (_: IllegalArgumentException) {
            // There is none: the screen says it.
        }
    }

    /** So that no tone clicks. */
    private const val FADE = 200
}
