package org.healthcode

import org.healthcode.core.ErrorText
import org.healthcode.core.FieldError
import org.healthcode.core.HealthCodeException
import org.healthcode.core.textOfCode
import java.util.Locale

/** What went wrong, exactly. */
public val HealthCodeException.exactly: ErrorText
    get() =
        when (this) {
            is HealthCodeException.Session -> reason
            is HealthCodeException.FormRefused -> reason
            is HealthCodeException.Store -> reason
            is HealthCodeException.Host -> reason
            is HealthCodeException.Code -> reason
            is HealthCodeException.Credential -> reason
            is HealthCodeException.Bundle -> reason
            is HealthCodeException.Form -> reason
            is HealthCodeException.Sync -> reason
            is HealthCodeException.Http -> reason
            is HealthCodeException.Argument -> reason
            is HealthCodeException.Internal -> reason
        }

/** Stable code, as in docs/ERROR_CODES.md. */
public val HealthCodeException.code: String
    get() = exactly.code

/** For people, in the language of [locale]: Chinese, else English. */
public fun HealthCodeException.text(locale: Locale = Locale.getDefault()): String = exactly.text(locale)

/** For people, in the language of [locale]: Chinese, else English. */
public fun ErrorText.text(locale: Locale = Locale.getDefault()): String = chosen(locale, textEn, textZh)

/** For people, in the language of [locale]: Chinese, else English. */
public fun FieldError.text(locale: Locale = Locale.getDefault()): String = chosen(locale, textEn, textZh)

internal fun chosen(
    locale: Locale,
    english: String,
    chinese: String,
): String = if (locale.language == Locale.CHINESE.language) chinese else english

/** What a call on a closed object ends in. */
internal fun closed(): HealthCodeException = HealthCodeException.Session(checkNotNull(textOfCode("closed")))
