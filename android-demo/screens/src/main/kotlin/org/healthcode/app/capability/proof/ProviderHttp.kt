package org.healthcode.app.capability.proof

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.io.IOException
import java.io.InputStream
import java.net.HttpURLConnection
import java.net.URI

/**
 * Carries what the core asks of a login's provider, under the certificates that the system trusts.
 *
 * Invariant: follows nowhere, keeps nothing, reads a bounded piece. What was answered the core judges, whatever the status.
 */
internal object ProviderHttp {
    /** A little more than the core takes tells that it is too large. */
    private const val MOST_BYTES = 256 * 1024 + 1
    private const val CONNECT_MILLIS = 10_000
    private const val READ_MILLIS = 20_000

    /** Null where nobody answers. */
    suspend fun get(url: String): ByteArray? = ask(url) {}

    /** Posts a form; null where nobody answers. */
    suspend fun post(
        url: String,
        body: String,
    ): ByteArray? =
        ask(url) {
            requestMethod = "POST"
            doOutput = true
            setRequestProperty("Content-Type", "application/x-www-form-urlencoded")
            outputStream.use { it.write(body.encodeToByteArray()) }
        }

    private suspend fun ask(
        url: String,
        send: HttpURLConnection.() -> Unit,
    ): ByteArray? =
        withContext(Dispatchers.IO) {
            try {
                val connection = URI(url).toURL().openConnection() as HttpURLConnection
                connection.instanceFollowRedirects = false
                connection.useCaches = false
                connection.connectTimeout = CONNECT_MILLIS
                connection.readTimeout = READ_MILLIS
                connection.setRequestProperty("Accept", "application/json")
                try {
                    connection.send()
                    val isRefusal = connection.responseCode >= HttpURLConnection.HTTP_BAD_REQUEST
                    val answer = if (isRefusal) connection.errorStream else connection.inputStream
                    answer?.use { it.readAtMost(MOST_BYTES) } ?: ByteArray(0)
                } finally {
                    connection.disconnect()
                }
            } catch (_: IOException) {
                null
            }
        }

    private fun InputStream.readAtMost(most: Int): ByteArray {
        val bytes = ByteArray(most)
        var read = 0
        while (read < most) {
            val more = read(bytes, read, most - read)
            if (more < 0) break
            read += more
        }
        return bytes.copyOf(read)
    }
}
