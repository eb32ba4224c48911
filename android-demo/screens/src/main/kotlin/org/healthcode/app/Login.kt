package org.healthcode.app

import org.healthcode.core.ProofKind

/** What a login, or the app around this one, is asked for. The answer is a signed token, which the core hands on as it is. */
data class Login(
    val kind: ProofKind,
    /** Who issues the token, an address. */
    val issuer: String,
    /** As whom this app logs in; empty for none. */
    val clientId: String,
    val scope: String,
    /** What the token has to name: `nonce` of a login, `cnf.jkt` of an assertion. */
    val nonce: String,
)
