package org.healthcode.support

import java.net.InetSocketAddress
import java.net.Socket
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.absolutePathString
import kotlin.io.path.exists
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** The project's root folder. */
val projectRoot: Path = Path.of(System.getProperty("healthcode.root")).toRealPath()

/**
 * The real authority as an operator runs it: its own process, its own commands, TLS. Ends with the tests. [settings] are
 * its settings by name, such as `credential_min_hours`.
 */
class Authority(
    val data: Path,
    settings: Map<String, String> = emptyMap(),
) : AutoCloseable {
    private val program = Path.of(System.getProperty("healthcode.authority")).toRealPath().toString()
    private var running: Process? = null
    private val settings = settings.toMutableMap()

    /** `https://127.0.0.1:PORT`, the same after a restart. */
    var baseUrl: String = ""
        private set

    /** The issuer key's public half, hex. */
    private val issuer: String

    init {
        Files.createDirectories(data)
        val root = command("national", "keygen", "--out", path("root.key"))
        issuer = command("keys", "issuer", "--out", path("issuer.key"))
        val wuhan = command("keys", "issuer", "--out", path("wuhan.key"))
        data.resolve("root-key.hex").writeText("$root\n")
        command(
            "national",
            "trust-bundle",
            "--root-key",
            path("root.key"),
            "--region",
            "330100:zh=杭州市,en=Hangzhou:$issuer",
            "--region",
            "420100:zh=武汉市,en=Wuhan:$wuhan",
            "--out",
            path("trust-bundle.cbor"),
        )
        start()
    }

    /** The national root's public key. */
    val rootKey: ByteArray
        get() = unhex(data.resolve("root-key.hex").readText().trim())

    /** The development CA, PEM. */
    val caPem: ByteArray
        get() = data.resolve("ca.pem").readBytes()

    /** Name of its status list: the issuer key's id, hex. */
    val statusListName: String
        get() = sha256(unhex(issuer)).copyOf(8).toHexString()

    /** Starts the server; returns once it says that it is ready. */
    fun start() {
        val listen = baseUrl.removePrefix("https://").ifEmpty { "127.0.0.1:0" }
        val started =
            ProcessBuilder(program, "--data", data.absolutePathString(), "--listen", listen, "--division", "330100")
                .apply {
                    settings.forEach { (name, value) ->
                        environment()["HEALTH_CODE_${name.uppercase()}"] = value
                    }
                }.redirectError(ProcessBuilder.Redirect.appendTo(data.resolve("authority.log").toFile()))
                .start()
        running = started
        Runtime.getRuntime().addShutdownHook(Thread { started.destroyForcibly() })
        val ready = started.inputReader().readLine()
        check(ready != null && ready.startsWith("READY ")) { "$ready; ${data.resolve("authority.log").readText()}" }
        baseUrl = ready.removePrefix("READY ")
    }

    /** Stops it: nobody answers any more. */
    fun stop() {
        running?.destroyForcibly()?.waitFor()
        running = null
        val port = baseUrl.substringAfterLast(':').toInt()
        val answers = runCatching { Socket().use { it.connect(InetSocketAddress("127.0.0.1", port), 1_000) } }
        check(answers.isFailure) { "somebody still answers on $port" }
    }

    /** Starts it anew with these settings beside those that it has. */
    fun set(changes: Map<String, String>) {
        stop()
        settings += changes
        start()
    }

    /** The nation orders that codes of this authority's region end [days] from now, and phones erase [erasedAfter] days later. */
    fun endRegion(
        days: Long,
        erasedAfter: Int,
        texts: Map<String, String>,
    ) {
        stop()
        val at =
            java.time.Instant
                .now()
                .epochSecond + days * 86_400
        val said = texts.entries.joinToString(",") { (tag, text) -> "$tag=$text" }
        val bundle = arrayOf("--root-key", path("root.key"), "--out", path("trust-bundle.cbor"))
        command("national", "trust-bundle", *bundle, "--sunset", "330100:$at:$said", "--erase-after", "$erasedAfter")
        start()
    }

    /** Both officers change a colour. */
    fun changeColour(
        citizenId: String,
        colour: String,
        reason: String,
    ) {
        command(
            "colour-change",
            "apply",
            "--citizen",
            citizenId,
            "--colour",
            colour,
            "--reason",
            reason,
            "--officer-key",
            path("officers/officer-1.key"),
            "--officer-key",
            path("officers/officer-2.key"),
            "--url",
            baseUrl,
            "--ca",
            path("ca.pem"),
        )
    }

    /** Both officers publish a bundle while it runs. */
    fun publish(
        kind: String,
        content: String,
    ) {
        val file = data.resolve("$kind.json")
        file.writeText(content)
        command(
            "publish",
            "apply",
            "--kind",
            kind,
            file.absolutePathString(),
            "--officer-key",
            path("officers/officer-1.key"),
            "--officer-key",
            path("officers/officer-2.key"),
            "--url",
            baseUrl,
            "--ca",
            path("ca.pem"),
        )
    }

    /**
     * A laboratory with the id `lab` reports [results], a JSON list, by its own command; before its first report both officers
     * publish the list with it.
     */
    fun report(results: String) {
        val (key, list) = data.resolve("lab.key") to data.resolve("laboratories-made.json")
        if (!key.exists()) {
            data.resolve("lab.jwks").writeText(command("laboratory", "key", "--out", key.absolutePathString()))
            val names = arrayOf("--name", "en=First Hospital", "--name", "zh=第一医院")
            val kinds =
                listOf(
                    "nucleic_acid",
                    "antigen",
                    "antibody",
                    "vaccination",
                    "other",
                ).flatMap { listOf("--reports", it) }
            val entry = arrayOf("--id", "lab", *names, "--jwks", path("lab.jwks"), *kinds.toTypedArray())
            command("laboratory", "add", list.absolutePathString(), *entry)
            publish("laboratories", list.readText())
        }
        val file = data.resolve("results.json")
        file.writeText(results)
        val by = arrayOf("--id", "lab", "--key", key.absolutePathString(), "--division", "330100")
        val told =
            command("laboratory", "send", file.absolutePathString(), *by, "--url", baseUrl, "--ca", path("ca.pem"))
        check("refused" !in told) { told }
    }

    /** Both officers decide whose the certificate is whose names wait; [act] is `agree` or `refuse`. */
    fun decideCertificate(
        citizenId: String,
        act: String,
    ) {
        val at = arrayOf("--url", baseUrl, "--ca", path("ca.pem"))
        val by = { officer: String -> arrayOf("--officer", officer, "--officer-key", path("officers/$officer.key")) }
        val shown = command("certificates", "show", "--citizen", citizenId, *by("officer-1"), *at)
        val waiting = Regex("\"id\":\"([^\"]+)\",\"kind\"[^{}]*\"names\":\"waiting\"").find(shown)
        val id = checkNotNull(waiting) { shown }.groupValues[1]
        val file = path("names-$id.json")
        command("certificates", "draft", "--citizen", citizenId, "--certificate", id, "--act", act, "--out", file)
        for (officer in listOf("officer-1", "officer-2")) command("certificates", "sign", file, *by(officer))
        command("certificates", "submit", file, *at)
    }

    /** A code that an officer of the desk makes for who has this resident identity number. */
    fun activationCode(number: String): String {
        val made =
            command(
                "activation-code",
                "make",
                "--officer",
                "officer-1",
                "--officer-key",
                path("officers/officer-1.key"),
                "--url",
                baseUrl,
                "--ca",
                path("ca.pem"),
                input = number,
            )
        return made.substringAfter("\"code\":\"").substringBefore('"')
    }

    /** Two officers order that the phone with this device id cares for whoever has this document. */
    fun orderCare(
        kind: String,
        number: String,
        deviceId: String,
    ) {
        val order = path("care-order.json")
        command(
            "care-order",
            "draft",
            "--document-kind",
            kind,
            "--document-number",
            number,
            "--device",
            deviceId,
            "--out",
            order,
        )
        for (officer in listOf("officer-1", "officer-2")) {
            command("care-order", "sign", order, "--officer", officer, "--officer-key", path("officers/$officer.key"))
        }
        command("care-order", "submit", order, "--url", baseUrl, "--ca", path("ca.pem"))
    }

    /** An officer of the desk makes a sheet of paper for this citizen. */
    fun issuePaper(
        citizenId: String,
        days: String,
    ) {
        val officer = arrayOf("--officer", "officer-1", "--officer-key", path("officers/officer-1.key"))
        val asked = arrayOf("--citizen", citizenId, "--days", days, "--out", path("sheet.pdf"))
        command("paper", "issue", *asked, *officer, "--url", baseUrl, "--ca", path("ca.pem"))
    }

    /** Both officers decide an appeal; [strikesOrder] takes back their order of the colour. */
    fun decideAppeal(
        id: String,
        outcome: String,
        reason: String,
        strikesOrder: Boolean,
        texts: Map<String, String>,
        adds: List<String> = emptyList(),
    ) {
        val shown =
            command("appeals", "show", "--data", data.absolutePathString(), "--officer", "officer-1", "--appeal", id)

        fun told(member: String) =
            Regex("\"$member\"\\s*:\\s*\"([^\"]+)\"").find(shown)?.groupValues?.get(1) ?: error("no $member: $shown")
        val strike = if (strikesOrder) listOf("--strike", "order=${told("orderHead")}") else emptyList()
        val words = texts.flatMap { (tag, text) -> listOf("--text", "$tag=$text") }
        val file = path("decision-$id.json")
        val decision = listOf("--citizen", told("citizenId"), "--appeal", id, "--outcome", outcome, "--reason", reason)
        val add = adds.flatMap { listOf("--add", it) }
        command("appeals", "draft", *(decision + strike + add + words).toTypedArray(), "--out", file)
        for (officer in listOf("officer-1", "officer-2")) {
            command("appeals", "sign", file, "--officer", officer, "--officer-key", path("officers/$officer.key"))
        }
        command("appeals", "submit", file, "--url", baseUrl, "--ca", path("ca.pem"))
    }

    /** One officer asks for more on the appeal of this id. */
    fun askOnAppeal(
        id: String,
        reason: String,
    ) {
        val shown =
            command("appeals", "show", "--data", data.absolutePathString(), "--officer", "officer-1", "--appeal", id)
        val citizen = Regex("\"citizenId\"\\s*:\\s*\"([^\"]+)\"").find(shown)?.groupValues?.get(1) ?: error(shown)
        val asked = listOf("--citizen", citizen, "--appeal", id, "--reason", reason)
        val by = listOf("--officer", "officer-1", "--officer-key", path("officers/officer-1.key"))
        command("appeals", "ask", *(asked + by).toTypedArray(), "--url", baseUrl, "--ca", path("ca.pem"))
    }

    private val copy: Path get() = data.resolveSibling("${data.fileName}-copy")

    /** Copies all that the server has, with it stopped and started. */
    fun backUp() {
        stop()
        copy(data, copy)
        start()
    }

    /** That copy takes the place of what the server has: it forgets in silence what came after. */
    fun putBack() {
        stop()
        data.toFile().deleteRecursively()
        copy(copy, data)
        start()
    }

    /** With the rights of each file: keys that others may read are refused. */
    private fun copy(
        from: Path,
        to: Path,
    ) = check(ProcessBuilder("cp", "-a", from.absolutePathString(), to.absolutePathString()).start().waitFor() == 0)

    override fun close() {
        running?.destroyForcibly()
    }

    private fun path(name: String) = data.resolve(name).absolutePathString()

    private fun command(
        vararg arguments: String,
        input: String = "",
    ): String {
        val process = ProcessBuilder(program, *arguments).start()
        // One that asks for nothing may have ended by now.
        runCatching { process.outputWriter().use { it.write("$input\n") } }
        val out = process.inputReader().readText().trim()
        val told = process.errorReader().readText()
        check(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0) { "${arguments.toList()}: $told" }
        return out
    }
}

fun unhex(text: String): ByteArray = text.hexToByteArray()

fun sha256(bytes: ByteArray): ByteArray =
    java.security.MessageDigest
        .getInstance("SHA-256")
        .digest(bytes)
