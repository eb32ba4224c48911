package org.healthcode

import org.healthcode.core.Answer
import org.healthcode.core.DocumentAnswer
import org.healthcode.core.DocumentKind

/**
 * Answers to a form, by the ids of its questions:
 * `answers { "name" set "王小明"; "temperature" set 36.5; "symptoms" set listOf("none"); "truthful" set true }`.
 */
public inline fun answers(build: AnswersBuilder.() -> Unit): Map<String, Answer> = AnswersBuilder().apply(build).answers

/** Collects answers; a later one to the same question takes the earlier one's place. */
public class AnswersBuilder
    @PublishedApi
    internal constructor() {
        @PublishedApi
        internal val answers: MutableMap<String, Answer> = LinkedHashMap()

        /** Text, phone, date `YYYY-MM-DD`, division's six digits, id of a single choice, number as typed. */
        public infix fun String.set(text: String) {
            answers[this] = Answer.Text(text)
        }

        /** A number, in the unit that the form names. */
        public infix fun String.set(value: Double) {
            answers[this] = Answer.Number(value)
        }

        /** A whole number, in the unit that the form names. */
        public infix fun String.set(value: Int) {
            answers[this] = Answer.Number(value.toDouble())
        }

        /** Yes or no. */
        public infix fun String.set(value: Boolean) {
            answers[this] = Answer.YesNo(value)
        }

        /** Ids of multiple choices. */
        public infix fun String.set(choices: List<String>) {
            answers[this] = Answer.Choices(choices)
        }

        /** An identity document. */
        public infix fun String.set(document: DocumentAnswer) {
            answers[this] = Answer.Document(document)
        }

        /** Takes over [others], such as a draft. */
        public fun all(others: Map<String, Answer>) {
            answers.putAll(others)
        }
    }

/** An identity document, to be set as an answer. */
public fun document(
    kind: DocumentKind,
    number: String,
): DocumentAnswer = DocumentAnswer(kind, number)
