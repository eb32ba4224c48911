package org.healthcode.app.desktop

import java.io.ByteArrayOutputStream
import java.util.zip.Deflater
import java.util.zip.DeflaterOutputStream

/**
 * A PDF 1.7 file in the making (ISO 32000-1, 7.5): objects by number, then the table of where they are.
 *
 * Invariant: the first object is the catalogue. It knows of objects and streams alone, of no page and no letter.
 */
internal class PdfFile {
    private val objects = mutableListOf<ByteArray?>(null)

    /** The catalogue's number. */
    val catalogue = 1

    /** The number of an object whose content comes later. */
    fun reserve(): Int = objects.run { size + 1 }.also { objects += null }

    fun put(
        number: Int,
        content: String,
    ) {
        objects[number - 1] = content.toByteArray(Charsets.ISO_8859_1)
    }

    fun add(content: String): Int = reserve().also { put(it, content) }

    /** [dictionary] without length and filter. */
    fun addStream(
        content: String,
        dictionary: String = "",
    ): Int {
        val packed = ByteArrayOutputStream()
        DeflaterOutputStream(packed, Deflater(Deflater.BEST_COMPRESSION)).use { it.write(content.toByteArray(Charsets.ISO_8859_1)) }
        val number = reserve()
        val head = "<< $dictionary /Length ${packed.size()} /Filter /FlateDecode >>\nstream\n".toByteArray(Charsets.ISO_8859_1)
        objects[number - 1] = head + packed.toByteArray() + "\nendstream".toByteArray(Charsets.ISO_8859_1)
        return number
    }

    /** The file; [information] is the number of what is said about it. */
    fun bytes(information: Int): ByteArray {
        val out = ByteArrayOutputStream()
        val write = { text: String -> out.write(text.toByteArray(Charsets.ISO_8859_1)) }
        // Bytes beyond ASCII in the second line: it is no text.
        write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n")
        val places =
            objects.mapIndexed { index, content ->
                val place = out.size()
                write("${index + 1} 0 obj\n")
                out.write(checkNotNull(content) { "object ${index + 1} was never put" })
                write("\nendobj\n")
                place
            }
        val table = out.size()
        write("xref\n0 ${objects.size + 1}\n0000000000 65535 f \n")
        for (place in places) write("%010d 00000 n \n".format(place))
        write("trailer\n<< /Size ${objects.size + 1} /Root $catalogue 0 R /Info $information 0 R >>\nstartxref\n$table\n%%EOF\n")
        return out.toByteArray()
    }
}

/** A text string (7.9.2.2) in any script. */
internal fun pdfText(text: String): String = "<FEFF${hexOf(text)}>"

/** UTF-16BE in hex digits. */
internal fun hexOf(text: String): String = text.map { "%04X".format(it.code) }.joinToString("")

/** Three decimals at most, never an exponent. */
internal fun number(value: Double): String {
    val thousandths = Math.round(value * 1_000)
    val sign = if (thousandths < 0) "-" else ""
    val whole = Math.abs(thousandths) / 1_000
    val rest = "%03d".format(Math.abs(thousandths) % 1_000).trimEnd('0')
    return if (rest.isEmpty()) "$sign$whole" else "$sign$whole.$rest"
}
