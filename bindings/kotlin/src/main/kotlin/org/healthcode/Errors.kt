package org.healthcode

import org.healthcode.core.HealthCodeException
import org.healthcode.core.OpeningFailure
import org.healthcode.core.openingFailure
import org.healthcode.core.textOfCode

/** Stable code, as in docs/ERROR_CODES.md. */
public val HealthCodeException.code: String
    get() =
        when (this) {
            is HealthCodeException.Session -> code
            is HealthCodeException.FormRefused -> code
            is HealthCodeException.Store -> code
            is HealthCodeException.Host -> code
            is HealthCodeException.Code -> code
            is HealthCodeException.Credential -> code
            is HealthCodeException.Bundle -> code
            is HealthCodeException.Form -> code
            is HealthCodeException.Sync -> code
            is HealthCodeException.Http -> code
            is HealthCodeException.Argument -> code
            is HealthCodeException.Internal -> code
        }

/** For people, in this language (a BCP 47 tag, such as [HealthCode.language]) or in English. */
public fun HealthCodeException.text(language: String): String = textOfCode(code, language) ?: code

/** What an app shows where [HealthCode.open] ended in this: what happened, what is kept, what can be done. */
public fun HealthCodeException.openingFailure(language: String): OpeningFailure = openingFailure(code, language)

/** What a call on a closed object ends in. */
internal fun closed(): HealthCodeException = HealthCodeException.Session("closed")
