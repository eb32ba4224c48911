package org.healthcode.app.support

import org.healthcode.support.projectRoot
import kotlin.io.path.readText

/** A file that scenarios name. */
fun scenarioData(file: String): String = projectRoot.resolve("tests/scenarios/data/$file").readText()

private const val HOUR_MS = 3_600_000.0

/** A laboratory's report for a resident identity [number], as its command reads it. */
fun reportOf(
    number: String,
    id: String,
    outcome: String,
    version: Int = 1,
    kind: String = "nucleic_acid",
    hoursAgo: Double = 1.0,
    place: String? = null,
    isWithdrawn: Boolean = false,
): String {
    val sampledAt = (System.currentTimeMillis() - (hoursAgo * HOUR_MS).toLong()) / 1_000
    val where = place?.let { """, "place": "$it"""" }.orEmpty()
    return """[{"id": "$id", "version": $version, "document": {"kind": "resident_id", "number": "$number"}, "kind": "$kind",
        "outcome": "$outcome", "sampledAt": $sampledAt, "withdrawn": $isWithdrawn$where}]"""
}
