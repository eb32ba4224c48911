//! Issues credentials: what a checkpoint will believe for the next hours.
//!
//! Invariant: a credential says what the decision in force says, for the device that the citizen registered, and
//! its status index is nobody else's. Decides no colour; revokes nothing on its own.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::SigningKey;
use health_code_core::code::{
    Assurance, CredentialClaims, SubjectKind, document_tail, issue_credential, mask_name,
};
use health_code_core::ports::Entropy;
use health_code_core::trust::{DevicePublicKey, Scheme};
use health_code_core::wire::Identity;
use rusqlite::Connection;

use crate::config::Config;
use crate::db::{
    self, DbError, Device, NewCredential, Purpose, Sealer, StoredCredential, StoredDecision,
};

/// Length of a step of a credential's life, seconds.
const QUARTER_HOUR_SECS: i64 = 900;

/// Issues credentials.
pub(crate) struct Issuer {
    key: Arc<SigningKey>,
    sealer: Arc<Sealer>,
    entropy: Arc<dyn Entropy>,
    min_quarter_hours: u8,
    max_quarter_hours: u8,
}

impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Issuer(hidden)")
    }
}

impl Issuer {
    pub(crate) fn new(
        config: &Config,
        key: Arc<SigningKey>,
        sealer: Arc<Sealer>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            key,
            sealer,
            entropy,
            min_quarter_hours: config.credential_min_hours.saturating_mul(4),
            max_quarter_hours: config.credential_max_hours.saturating_mul(4),
        }
    }

    /// Whether `credential` can still be handed out at `at` (Unix seconds): same device, colour and reason as
    /// now, not revoked, and at least half of its life left.
    pub(crate) fn serves(
        credential: &StoredCredential,
        device: &Device,
        decision: &StoredDecision,
        at: i64,
    ) -> bool {
        let life = credential.expires_at - credential.issued_at;
        !credential.revoked
            && credential.device_id == device.device_id
            && credential.colour == decision.colour.number()
            && credential.reason == decision.reason as u8
            && (credential.expires_at - at) * 2 >= life
    }

    /// Issues one at `at` (Unix seconds), in the caller's savepoint. A credential of another device dies with it.
    pub(crate) fn issue(
        &self,
        connection: &Connection,
        device: &Device,
        decision: &StoredDecision,
        at: i64,
    ) -> Result<Issued, DbError> {
        let citizen_id = device.citizen_id.as_str();
        let before = db::latest_credential(connection, citizen_id)?;
        let other_device = before.is_some_and(|before| before.device_id != device.device_id);
        let revoked = if other_device {
            db::revoke_credentials(connection, citizen_id, at)?
        } else {
            0
        };
        let identity = self.identity(connection, citizen_id)?;
        let quarter_hours = self.quarter_hours(citizen_id)?;
        let expires_at = at + i64::from(quarter_hours) * QUARTER_HOUR_SECS;
        let status_index = db::free_status_index(connection, self.entropy.as_ref())?;
        let claims = CredentialClaims {
            expires_at,
            lifetime_quarter_hours: quarter_hours,
            device_key: DevicePublicKey::from_bytes(&device.public_key)
                .map_err(|_| DbError::Failed)?,
            colour: decision.colour,
            reason: decision.reason.into(),
            rule_set_version: u16::try_from(decision.rule_version).map_err(|_| DbError::Failed)?,
            status_index,
            assurance: if device.hardware {
                Assurance::Hardware
            } else {
                Assurance::Software
            },
            subject_kind: SubjectKind::Myself,
            scheme: Scheme::Domestic,
            document_tail: document_tail(&identity.document_number),
            masked_name: mask_name(&identity.name),
        };
        let credential = issue_credential(&claims, &self.key).map_err(|error| {
            tracing::error!(code = error.code(), "a credential could not be issued");
            DbError::Failed
        })?;
        let sealed = self.sealer.seal(
            Purpose::Credential,
            citizen_id,
            &credential,
            self.entropy.as_ref(),
        )?;
        db::insert_credential(
            connection,
            &NewCredential {
                status_index,
                citizen_id: citizen_id.to_owned(),
                device_id: device.device_id.clone(),
                colour: decision.colour,
                reason: decision.reason,
                rule_version: decision.rule_version,
                issued_at: at,
                expires_at,
                credential: sealed,
            },
        )?;
        Ok(Issued {
            credential: BASE64URL_NOPAD.encode(&credential),
            revoked,
        })
    }

    /// A stored credential, base64url.
    pub(crate) fn credential(
        &self,
        citizen_id: &str,
        stored: &StoredCredential,
    ) -> Result<String, DbError> {
        let bytes = self
            .sealer
            .open(Purpose::Credential, citizen_id, &stored.credential)?;
        Ok(BASE64URL_NOPAD.encode(&bytes))
    }

    fn identity(&self, connection: &Connection, citizen_id: &str) -> Result<Identity, DbError> {
        let sealed = db::identity_of(connection, citizen_id)?.ok_or(DbError::Failed)?;
        let json = self.sealer.open(Purpose::Identity, citizen_id, &sealed)?;
        serde_json::from_slice(&json).map_err(|_| DbError::Failed)
    }

    /// Spread over the allowed span by the citizen, so that a city's phones never come back all at once, and
    /// moved a little each time, so that the span tells nothing about the citizen.
    fn quarter_hours(&self, citizen_id: &str) -> Result<u8, DbError> {
        let span = u32::from(self.max_quarter_hours - self.min_quarter_hours) + 1;
        let [a, b, c, d, ..] = self.sealer.hash("lifetime", &[citizen_id.as_bytes()]);
        let mut moved = [0_u8; 1];
        self.entropy.fill(&mut moved).map_err(|_| DbError::Failed)?;
        let place = u32::from_be_bytes([0, a, b, c]) + u32::from(d) + u32::from(moved[0] % 8);
        let extra = u8::try_from(place % span).map_err(|_| DbError::Failed)?;
        Ok(self.min_quarter_hours + extra)
    }
}

/// An issued credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issued {
    /// Base64url.
    pub(crate) credential: String,
    /// Credentials of other devices that were revoked.
    pub(crate) revoked: usize,
}
