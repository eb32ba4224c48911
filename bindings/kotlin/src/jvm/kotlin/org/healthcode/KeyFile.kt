package org.healthcode

import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.StandardOpenOption.CREATE_NEW
import java.nio.file.StandardOpenOption.READ
import java.nio.file.StandardOpenOption.WRITE
import java.nio.file.attribute.PosixFilePermissions

/**
 * Writes a file that a store hangs on: without its key it can never be opened again.
 *
 * Invariant: after a crash at any moment the file is the old one or the whole new one; once this returned, the new one.
 * Only its owner may read it, where the file system knows owners.
 */
internal fun Path.writeDurably(bytes: ByteArray) {
    val partial = resolveSibling("$fileName.partial")
    // What a crash left behind.
    Files.deleteIfExists(partial)
    val knowsOwners = "posix" in fileSystem.supportedFileAttributeViews()
    val ownerAlone = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    FileChannel
        .open(partial, setOf(CREATE_NEW, WRITE), *if (knowsOwners) arrayOf(ownerAlone) else emptyArray())
        .use { channel ->
            val buffer = ByteBuffer.wrap(bytes)
            while (buffer.hasRemaining()) channel.write(buffer)
            channel.force(true)
        }
    Files.move(partial, this, ATOMIC_MOVE, REPLACE_EXISTING)
    try {
        FileChannel.open(toAbsolutePath().parent, READ).use { it.force(true) }
    } catch (_: IOException) {
        // Windows opens no folders, and writes renames through.
    }
}
