package org.healthcode.app.capability.settings

/** Libraries under one licence. */
data class Library(
    /** SPDX expression. */
    val licence: String,
    val names: List<String>,
)

/** What the app itself contains: LibrariesTest holds it against what Maven resolves from pom.xml, and artifacts.txt. */
internal val APP_LIBRARIES: List<Library> =
    listOf(
        Library(
            "Apache-2.0",
            listOf(
                "androidx",
                "Compose Multiplatform",
                "Guava",
                "JetBrains annotations",
                "JetBrains Runtime API",
                "JSpecify",
                "Kotlin",
                "kotlinx.atomicfu",
                "kotlinx.coroutines",
                "kotlinx.datetime",
                "kotlinx.serialization",
                "metadata-extractor",
                "Skiko",
                "ZXing",
            ),
        ),
        Library("Apache-2.0 OR LGPL-2.1-or-later", listOf("JNA")),
        // Needed by metadata-extractor.
        Library("BSD-3-Clause", listOf("XMP Core")),
    )

/** All of them. */
internal val LIBRARIES: List<Library> = APP_LIBRARIES + CORE_LIBRARIES
