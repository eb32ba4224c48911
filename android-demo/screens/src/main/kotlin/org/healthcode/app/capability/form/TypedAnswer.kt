package org.healthcode.app.capability.form

import org.healthcode.core.Answer
import org.healthcode.core.DocumentAnswer
import org.healthcode.core.DocumentKind
import org.healthcode.core.FieldKind
import org.healthcode.core.FormFieldView

/**
 * What stands in a question's boxes.
 *
 * Invariant: text is as it was typed; what it means, and whether it is right, is the core's to say.
 */
data class TypedAnswer(
    val text: String = "",
    val chosen: List<String> = emptyList(),
    val yesNo: Boolean? = null,
    val date: TypedDate = TypedDate(),
    val documentKind: DocumentKind? = null,
) {
    /** With [id] chosen as well, or no more. An exclusive choice and the others leave when the other kind comes. */
    fun toggled(
        id: String,
        field: FormFieldView,
    ): TypedAnswer {
        if (id in chosen) return copy(chosen = chosen - id)
        val exclusive = field.choices.filter { it.exclusive }.map { it.id }
        val left = if (id in exclusive) emptyList() else chosen - exclusive.toSet()
        return copy(chosen = left + id)
    }

    /** The answer for the core; none where nothing was typed or chosen. */
    fun answer(field: FormFieldView): Answer? =
        when (field.kind) {
            FieldKind.YES_NO -> yesNo?.let { Answer.YesNo(it) }
            FieldKind.SINGLE_CHOICE -> chosen.firstOrNull()?.let { Answer.Text(it) }
            FieldKind.MULTIPLE_CHOICE -> chosen.takeIf { it.isNotEmpty() }?.let { Answer.Choices(it) }
            FieldKind.DATE -> date.text?.let { Answer.Text(it) }
            FieldKind.DOCUMENT ->
                text.takeIf { it.isNotEmpty() }?.let { number ->
                    Answer.Document(DocumentAnswer(documentKind ?: acceptedDocuments(field).first(), number))
                }
            else -> text.takeIf { it.isNotEmpty() }?.let { Answer.Text(it) }
        }

    companion object {
        /** What the boxes hold for an answer that was kept. */
        fun of(
            field: FormFieldView,
            answer: Answer?,
        ): TypedAnswer {
            val first = acceptedDocuments(field).first()
            return when (answer) {
                is Answer.Choices -> TypedAnswer(chosen = answer.ids)
                is Answer.YesNo -> TypedAnswer(yesNo = answer.value)
                is Answer.Document -> TypedAnswer(answer.document.number, documentKind = answer.document.kind)
                is Answer.Number -> TypedAnswer(plain(answer.value))
                is Answer.Text ->
                    when (field.kind) {
                        FieldKind.SINGLE_CHOICE -> TypedAnswer(chosen = listOf(answer.text))
                        FieldKind.DATE -> TypedAnswer(date = TypedDate.of(answer.text))
                        else -> TypedAnswer(answer.text)
                    }
                null -> TypedAnswer(documentKind = first.takeIf { field.kind == FieldKind.DOCUMENT })
            }
        }

        private fun plain(value: Double): String = if (value % 1 == 0.0) "${value.toLong()}" else "$value"
    }
}

/** The kinds of document that a question takes. */
fun acceptedDocuments(field: FormFieldView): List<DocumentKind> = field.documentKinds.ifEmpty { DocumentKind.entries.toList() }

/** The three boxes of a date. */
data class TypedDate(
    val year: String = "",
    val month: String = "",
    val day: String = "",
) {
    /** As the core reads it: the year first. None where all three are empty. */
    val text: String? get() = if ((year + month + day).isBlank()) null else "$year-$month-$day"

    operator fun get(part: DatePart): String =
        when (part) {
            DatePart.YEAR -> year
            DatePart.MONTH -> month
            DatePart.DAY -> day
        }

    fun with(
        part: DatePart,
        typed: String,
    ): TypedDate =
        when (part) {
            DatePart.YEAR -> copy(year = typed)
            DatePart.MONTH -> copy(month = typed)
            DatePart.DAY -> copy(day = typed)
        }

    companion object {
        fun of(text: String): TypedDate {
            val parts = text.split('-')
            return if (parts.size == 3) TypedDate(parts[0], parts[1], parts[2]) else TypedDate(year = text)
        }
    }
}

/** A box of a date; the words say in which order they stand. */
enum class DatePart { YEAR, MONTH, DAY }

/** The boxes in the reader's order: [order] names them, `year month day`. */
fun datePartsOf(order: String): List<DatePart> {
    val named = order.split(' ').mapNotNull { name -> DatePart.entries.find { it.name.equals(name, ignoreCase = true) } }
    return if (named.toSet().size == DatePart.entries.size) named else DatePart.entries
}
