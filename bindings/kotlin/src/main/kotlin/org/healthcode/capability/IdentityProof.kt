package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.ActivationCodeReview
import org.healthcode.core.Answer
import org.healthcode.core.ConsentForm
import org.healthcode.core.IdentityProofView
import org.healthcode.core.LoginAttempt
import org.healthcode.core.LoginTokenRequest
import org.healthcode.core.ProofKind

/**
 * Which proofs of identity the authority takes, how the citizen's own stands, and the nonce that a token has to name.
 *
 * @throws org.healthcode.core.HealthCodeException `Store`, `Sync`, `Host`.
 */
public suspend fun HealthCode.identityProof(): IdentityProofView = call { it.identityProof() }

/**
 * Registers with consent and a proof of identity: a code as it was typed or scanned, or a token. Works offline once the phone
 * knows which proofs the authority takes.
 *
 * @throws org.healthcode.core.HealthCodeException those of `register`; `FormRefused` with the path `proof`.
 */
public suspend fun HealthCode.registerWithProof(
    answers: Map<String, Answer>,
    consent: ConsentForm,
    kind: ProofKind,
    proof: String,
): Unit = changing { it.registerWithProof(answers, consent.version, kind, proof) }

/**
 * Proves who the citizen is who registered before, with the details as they are. Works offline; sync afterwards.
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused` with the path `proof`, `Session`, `Store`, `Sync`.
 */
public suspend fun HealthCode.proveIdentity(
    kind: ProofKind,
    proof: String,
): Unit = changing { it.proveIdentity(kind, proof) }

/** What is to be said of a code while it is typed. Nothing is sent. */
public suspend fun HealthCode.reviewActivationCode(typed: String): ActivationCodeReview =
    call { it.reviewActivationCode(typed) }

/**
 * Begins a login at the provider that policy names: authorization code with PKCE (RFC 8252). [redirect]: where the browser leads
 * back to. The app fetches [LoginAttempt.metadataUrl], at most 256 KiB, without redirects.
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused` with the path `proof` where no login is taken; `Store`, `Host`.
 */
public suspend fun HealthCode.beginLogin(redirect: String): LoginAttempt = call { it.beginLogin(redirect) }

/**
 * The page where the person logs in, for the system's browser. [metadata]: what was at [LoginAttempt.metadataUrl].
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused` with the path `proof`.
 */
public suspend fun HealthCode.loginPage(
    attempt: LoginAttempt,
    metadata: ByteArray,
): String = call { it.loginPage(attempt, metadata) }

/**
 * What the app posts for the token. [answer]: the whole address to which the browser led back.
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused` with the path `proof`.
 */
public suspend fun HealthCode.loginTokenRequest(
    attempt: LoginAttempt,
    metadata: ByteArray,
    answer: String,
): LoginTokenRequest = call { it.loginTokenRequest(attempt, metadata, answer) }

/**
 * The token in what the provider answered, whatever its status: a proof of the kind `OIDC`.
 *
 * @throws org.healthcode.core.HealthCodeException `FormRefused` with the path `proof`.
 */
public suspend fun HealthCode.loginToken(answer: ByteArray): String = call { it.loginToken(answer) }
