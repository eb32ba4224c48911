package org.healthcode.capability

import org.healthcode.HealthCode
import org.healthcode.core.ActivationCodeReview
import org.healthcode.core.Answer
import org.healthcode.core.ConsentForm
import org.healthcode.core.IdentityProofView
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
