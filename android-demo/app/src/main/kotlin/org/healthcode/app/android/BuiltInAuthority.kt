package org.healthcode.app.android

import android.content.res.AssetManager
import java.io.IOException

/** Whom the app was built for: its address and what it is recognised by. `cargo xtask android --authority` puts it in. */
class BuiltInAuthority(
    val url: String,
    /** The national root's Ed25519 key, 32 bytes. */
    val rootKey: ByteArray,
    /** Certificate authorities, PEM. */
    val rootsPem: ByteArray,
) {
    companion object {
        /** Null where the app was built for none. */
        fun of(assets: AssetManager): BuiltInAuthority? =
            try {
                val bytes = { name: String -> assets.open("authority/$name").use { it.readBytes() } }
                val rootKey = bytes("root-key.hex").decodeToString().trim().hexToByteArray()
                BuiltInAuthority(bytes("url.txt").decodeToString().trim(), rootKey, bytes("ca.pem"))
            } catch (_: IOException) {
                null
            }
    }
}

/** The app was built for no authority. */
class NoAuthorityException : IllegalStateException("built for no authority: see android-demo/README.md")
