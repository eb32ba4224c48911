package org.healthcode

import org.healthcode.core.Answer
import org.healthcode.core.CodeView
import org.healthcode.core.Colour
import org.healthcode.core.DocumentAnswer
import org.healthcode.core.DocumentKind
import org.healthcode.core.FieldError
import org.healthcode.core.HealthCodeException
import org.healthcode.core.HostHeader
import org.healthcode.core.HostHttpRequest
import org.healthcode.core.ItineraryLeg
import org.healthcode.core.Scheme
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse

/** Nothing of anybody's is printed: apps log what they hold. */
class PrintingTest {
    @Test
    fun `records and answers print their names`() {
        val canary = "王小明13800138000"
        val document = DocumentAnswer(DocumentKind.PASSPORT, canary)
        val field = FieldError("name", "answers_refused", canary)
        val printed =
            mapOf(
                "CodeView(hidden)" to
                    CodeView(canary, Colour.GREEN, Scheme.DOMESTIC, canary, 1u, 20u, 0, false, null, canary, canary),
                "ItineraryLeg(hidden)" to ItineraryLeg(330_106u, canary, canary, canary, canary),
                "HostHttpRequest(hidden)" to
                    HostHttpRequest("GET", canary, listOf(HostHeader(canary, canary)), canary.toByteArray()),
                "DocumentAnswer(hidden)" to document,
                "Text(hidden)" to Answer.Text(canary),
                "Document(hidden)" to Answer.Document(document),
                "Choices(hidden)" to Answer.Choices(listOf(canary)),
                "FieldError(hidden)" to field,
            )
        for ((expected, value) in printed) assertEquals(expected, value.toString())
        assertFalse(HealthCodeException.FormRefused("answers_refused", listOf(field)).toString().contains(canary))
    }
}
