package org.healthcode.app

/** What the app around this one is asked for. The answer is a signed token, which the core hands on as it is. */
data class Assertion(
    /** Who issues the token, an address. */
    val issuer: String,
    /** What the token has to name as `cnf.jkt`. */
    val thumbprint: String,
)
