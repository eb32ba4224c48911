//! Proof of identity for apps.

use std::collections::HashMap;

use health_code_core::capability::identity_proof::{
    ActivationCodeError, ActivationCodeReview, IdentityProofView, LoginAttempt, LoginTokenRequest,
    OwnProofState, OwnProofView, ProofKind, ProofLevel, ProofStep, ProofWayView,
};

use crate::answers::{self, Answer};
use crate::error::HealthCodeError;
use crate::handle::CoreHealthCode;

health_code_core::describe_proof_kind!();
health_code_core::describe_activation_code_error!();
health_code_core::describe_identity_proof_types!();
health_code_core::describe_login_types!();

#[uniffi::export]
impl CoreHealthCode {
    /// Which proofs of identity the authority takes, how the citizen's own stands, and the nonce that a token has to name.
    ///
    /// # Errors
    /// `Store`, `Sync`; `Host`: the key does not answer.
    pub fn identity_proof(&self) -> Result<IdentityProofView, HealthCodeError> {
        self.with(|citizen| Ok(citizen.identity_proof()?))
    }

    /// As `register`, with a proof of identity: a code as it was typed or scanned, or a token.
    ///
    /// # Errors
    /// Those of `register`; `FormRefused` with the path `proof`.
    pub fn register_with_proof(
        &self,
        answers: HashMap<String, Answer>,
        consent_version: u32,
        kind: ProofKind,
        proof: String,
    ) -> Result<(), HealthCodeError> {
        self.with(|citizen| {
            let answers = answers::to_json(answers)?;
            Ok(citizen.register_with_proof(&answers, consent_version, kind, &proof)?)
        })
    }

    /// Proves who the citizen is who registered before, with the details as they are. Works offline; sync afterwards.
    ///
    /// # Errors
    /// `FormRefused` with the path `proof`, `Session` (`not_registered`), `Store`, `Sync`.
    pub fn prove_identity(&self, kind: ProofKind, proof: String) -> Result<(), HealthCodeError> {
        self.with(|citizen| Ok(citizen.prove_identity(kind, &proof)?))
    }

    /// What is to be said of a code while it is typed. Nothing is sent.
    ///
    /// # Errors
    /// `Internal` alone.
    pub fn review_activation_code(
        &self,
        typed: String,
    ) -> Result<ActivationCodeReview, HealthCodeError> {
        self.with(|citizen| Ok(citizen.review_activation_code(&typed)))
    }

    /// Begins a login at the provider that policy names: authorization code with PKCE (RFC 8252). `redirect`: where the browser
    /// leads back to. The app fetches `metadata_url`, at most 256 KiB, without redirects.
    ///
    /// # Errors
    /// `FormRefused` with the path `proof` where no login is taken; `Store`, `Host`.
    pub fn begin_login(&self, redirect: String) -> Result<LoginAttempt, HealthCodeError> {
        self.with(|citizen| Ok(citizen.begin_login(&redirect)?))
    }

    /// The page where the person logs in, for the system's browser. `metadata`: what was at `metadata_url`.
    ///
    /// # Errors
    /// `FormRefused` with the path `proof` and a code of `LoginError`.
    pub fn login_page(
        &self,
        attempt: LoginAttempt,
        metadata: Vec<u8>,
    ) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.login_page(&attempt, &metadata)?))
    }

    /// What the app posts for the token. `answer`: the whole address to which the browser led back.
    ///
    /// # Errors
    /// As `login_page`.
    pub fn login_token_request(
        &self,
        attempt: LoginAttempt,
        metadata: Vec<u8>,
        answer: String,
    ) -> Result<LoginTokenRequest, HealthCodeError> {
        self.with(|citizen| Ok(citizen.login_token_request(&attempt, &metadata, &answer)?))
    }

    /// The token in what the provider answered, whatever its status: a proof of the kind `oidc`.
    ///
    /// # Errors
    /// As `login_page`.
    pub fn login_token(&self, answer: Vec<u8>) -> Result<String, HealthCodeError> {
        self.with(|citizen| Ok(citizen.login_token(&answer)?))
    }
}
