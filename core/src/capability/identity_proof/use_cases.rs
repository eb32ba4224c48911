//! Proving who one is: with the registration, or later.
//!
//! Later is the registration once more, with the proof: one request that the authority judges, one that waits in the outbox, and a
//! mistyped code is mended as a mistyped name is.

use serde_json::{Map, Value};

use super::login::{self, LoginAttempt, LoginError, LoginTokenRequest};
use super::views::{
    ActivationCodeReview, ENDED, IdentityProofView, OwnProofState, OwnProofView, WhyRefused,
};
use super::wire::{IdentityProofError, IdentityProofs, ProofKind};
use super::{ActivationCode, IDENTITY_PROOFS, IDENTITY_PROOFS_NAME};
use crate::citizen::{CitizenError, CitizenFault, HealthCode};
use crate::form::RefusedAnswer;
use crate::sync::{PendingUpload, UploadRefusal};
use crate::wire::{IdentityProof, MAX_PROOF_BYTES, ProblemKind, RegistrationRequest};
use crate::words::text_of_code;

/// Where in the answers a refused proof is.
const PATH: &str = "proof";

impl HealthCode {
    /// Which proofs of identity the authority takes, and how the citizen's own stands. Works offline.
    ///
    /// # Errors
    /// `Store`, `Sync`; `Port` where the device's key does not answer.
    pub fn identity_proof(&self) -> Result<IdentityProofView, CitizenError> {
        let tag = self.language();
        let policy = self.proof_policy()?;
        let policy = policy.as_deref();
        let (state, why, proven_at) = self.own_proof()?;
        let own = OwnProofView::new(state, why.as_ref(), proven_at, policy, tag.words());
        let nonce = self.context.signer.public_key()?.jwk_thumbprint();
        Ok(IdentityProofView::new(
            policy,
            own,
            nonce.unwrap_or_default(),
            &tag,
        ))
    }

    /// [`HealthCode::register`] with a proof of identity: a code as it was typed or scanned, or a token.
    ///
    /// # Errors
    /// As [`HealthCode::register`]; `FormRefused` with the path `proof` and a code of [`IdentityProofError`] or of
    /// [`ActivationCodeError`](super::ActivationCodeError).
    pub fn register_with_proof(
        &self,
        answers: &Map<String, Value>,
        consent_version: u32,
        kind: ProofKind,
        proof: &str,
    ) -> Result<(), CitizenError> {
        let proof = self.checked_proof(kind, proof)?;
        self.register_as(answers, consent_version, proof, None)
    }

    /// Proves who the citizen is who is registered, or whose registration was refused, with the details as they are.
    /// Works offline once the phone knows which proofs the authority takes.
    ///
    /// # Errors
    /// As [`HealthCode::register_with_proof`]; [`CitizenFault::NotRegistered`].
    pub fn prove_identity(&self, kind: ProofKind, proof: &str) -> Result<(), CitizenError> {
        let proof = self.checked_proof(kind, proof)?;
        let identity = self.identity()?.ok_or(CitizenFault::NotRegistered)?;
        self.file_registration(&identity, crate::citizen::CONSENT_VERSION, proof, None)
    }

    /// Begins a login at the provider of the policy. `redirect`: where the browser leads back to.
    ///
    /// # Errors
    /// `FormRefused` with the path `proof` where no login is taken, or none whose provider can be asked; `Store`, `Port`.
    pub fn begin_login(&self, redirect: &str) -> Result<LoginAttempt, CitizenError> {
        let policy = self
            .proof_policy()?
            .ok_or_else(|| refused(IdentityProofError::NotKnownYet.code()))?;
        let is_login = |way: &&super::ProofWay| way.kind == ProofKind::Oidc;
        let way = policy.ways.iter().find(is_login);
        let Some((issuer, client)) =
            way.and_then(|way| way.issuer.as_ref().zip(way.client_id.as_ref()))
        else {
            return Err(refused(IdentityProofError::KindNotTaken.code()));
        };
        if !login::is_usable_issuer(issuer) {
            return Err(refused(LoginError::ProviderUnusable.code()));
        }
        let scope = way.and_then(|way| way.scope.as_deref()).unwrap_or("openid");
        let nonce = self.context.signer.public_key()?.jwk_thumbprint();
        let nonce = nonce.unwrap_or_default();
        let entropy = self.context.sync.entropy();
        Ok(LoginAttempt::begin(
            issuer,
            client,
            scope,
            nonce,
            redirect,
            entropy.as_ref(),
        )?)
    }

    /// The page where the person logs in, of what the provider says of itself at `metadata_url`.
    ///
    /// # Errors
    /// `FormRefused` with the path `proof` and a code of [`LoginError`].
    pub fn login_page(
        &self,
        attempt: &LoginAttempt,
        metadata: &[u8],
    ) -> Result<String, CitizenError> {
        attempt
            .page(metadata)
            .map_err(|error| refused(error.code()))
    }

    /// What is posted for the token. `answer`: the whole address to which the browser led back.
    ///
    /// # Errors
    /// As [`HealthCode::login_page`].
    pub fn login_token_request(
        &self,
        attempt: &LoginAttempt,
        metadata: &[u8],
        answer: &str,
    ) -> Result<LoginTokenRequest, CitizenError> {
        let request = attempt.token_request(metadata, answer);
        request.map_err(|error| refused(error.code()))
    }

    /// The token in what the provider answered, for [`HealthCode::register_with_proof`] and [`HealthCode::prove_identity`].
    ///
    /// # Errors
    /// As [`HealthCode::login_page`].
    pub fn login_token(&self, answer: &[u8]) -> Result<String, CitizenError> {
        login::token_in(answer).map_err(|error| refused(error.code()))
    }

    /// What is to be said of a code while it is typed. Nothing is sent.
    #[must_use]
    pub fn review_activation_code(&self, typed: &str) -> ActivationCodeReview {
        ActivationCodeReview::new(typed, &self.language())
    }

    /// Whether there is no code without a proof that could be shown, and none waits to be sent.
    pub(crate) fn asks_for_proof(&self) -> Result<bool, CitizenError> {
        let (state, ..) = self.own_proof()?;
        let Some(policy) = self.proof_policy()? else {
            return Ok(false);
        };
        let is_needed = !policy.unproven.code || !policy.takes(ProofKind::None);
        let has_ways = policy.ways.iter().any(|way| way.kind != ProofKind::None);
        Ok(match state {
            OwnProofState::Unproven => is_needed && has_ways,
            OwnProofState::Refused => has_ways,
            OwnProofState::NotRegistered
            | OwnProofState::Waiting
            | OwnProofState::NeedsDesk
            | OwnProofState::Proven => false,
        })
    }

    fn proof_policy(&self) -> Result<Option<std::sync::Arc<IdentityProofs>>, CitizenError> {
        let read = |content: &[u8]| IdentityProofs::read(content).ok();
        let mut published = self.published(&IDENTITY_PROOFS, read)?;
        published.retain(|policy| policy.id == IDENTITY_PROOFS_NAME);
        Ok(published.pop())
    }

    /// The proof in the form in which it is sent; none for [`ProofKind::None`].
    fn checked_proof(
        &self,
        kind: ProofKind,
        proof: &str,
    ) -> Result<Option<IdentityProof>, CitizenError> {
        let value = match kind {
            ProofKind::None => return Ok(None),
            ProofKind::ActivationCode => ActivationCode::parse(proof)
                .map(|code| code.as_str().to_owned())
                .map_err(|error| refused(error.code()))?,
            ProofKind::Oidc | ProofKind::HostAssertion => {
                let token = proof.trim();
                let is_part = |part: &str| {
                    !part.is_empty()
                        && part
                            .bytes()
                            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
                };
                let is_token = token.len() <= MAX_PROOF_BYTES
                    && token.split('.').count() == 3
                    && token.split('.').all(is_part);
                if !is_token {
                    return Err(refused(IdentityProofError::Unreadable.code()));
                }
                token.to_owned()
            }
        };
        match self.proof_policy()? {
            // An authority of before proofs refuses a request that has one.
            None => Err(refused(IdentityProofError::NotKnownYet.code())),
            Some(policy) if !policy.takes(kind) => {
                Err(refused(IdentityProofError::KindNotTaken.code()))
            }
            Some(_) => Ok(Some(IdentityProof {
                kind: kind.id().to_owned(),
                value,
            })),
        }
    }

    /// How the own proof stands, why the last one was refused, and since when it is proven.
    fn own_proof(&self) -> Result<(OwnProofState, Option<WhyRefused>, Option<i64>), CitizenError> {
        let sync = &self.context.sync;
        let subject = &self.context.subject;
        let pending = sync.pending(subject)?;
        let mut registers = pending.iter().filter(|upload| upload.is_registration());
        let last = registers.next_back();
        if let Some(PendingUpload {
            refusal: Some(refusal),
            ..
        }) = last
            && let Some(state) = refused_state(refusal)
        {
            let words = self.language().words();
            let code = refusal.field_code.as_deref().unwrap_or(&refusal.code);
            let why = text_of_code(code, words).or_else(|| text_of_code(&refusal.code, words));
            let ended = ENDED.iter().find(|(error, _)| error.code() == code);
            let why = WhyRefused {
                said_id: ended.map(|(_, id)| *id),
                text: why.map(str::to_owned),
            };
            return Ok((state, Some(why), None));
        }
        if let Some(waiting) = last.filter(|upload| upload.is_waiting()) {
            let body = sync.pending_body(subject, &waiting.upload_id)?;
            let request = crate::encoding::json::from_slice::<RegistrationRequest>(&body);
            if request.is_ok_and(|request| request.proof.is_some()) {
                return Ok((OwnProofState::Waiting, None, None));
            }
        }
        Ok(match sync.registration(subject)? {
            None => (OwnProofState::NotRegistered, None, None),
            Some(registration) => match registration.proof {
                Some(proof) => (OwnProofState::Proven, None, Some(proof.proven_at)),
                None => (OwnProofState::Unproven, None, None),
            },
        })
    }
}

fn refused(code: &'static str) -> CitizenError {
    CitizenError::from(vec![RefusedAnswer::of_code(PATH, code)])
}

/// What a refused registration says of the proof; none where it was refused for something else.
fn refused_state(refusal: &UploadRefusal) -> Option<OwnProofState> {
    let is = |kind: ProblemKind| refusal.code == kind.code();
    let ended = ENDED.map(|(error, _)| error.code());
    if is(ProblemKind::IdentityNeedsDesk) {
        Some(OwnProofState::NeedsDesk)
    } else if is(ProblemKind::IdentityProofRequired)
        || is(ProblemKind::IdentityProofRefused)
        || refusal
            .field_code
            .as_deref()
            .is_some_and(|code| ended.contains(&code))
    {
        Some(OwnProofState::Refused)
    } else {
        None
    }
}
