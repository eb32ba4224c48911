//! Issues credentials: what a checkpoint will believe for the next hours.
//!
//! Invariant: a credential says what the decision in force says, for the subject's key on the device that
//! the citizen registered, and
//! its status index is nobody else's. Runs within an act, on its rows; decides no colour.

use std::sync::Arc;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use health_code_core::code::{
    Assurance, CredentialClaims, document_tail, issue_credential, mask_name,
};
use health_code_core::trust::{Scheme, key_id};
use health_code_core::wire::SubjectId;

use super::Refusal;
use super::devices::SubjectKey;
use super::records::{CredentialRecord, Credentials, DecisionRecord, IndexInUse, Registration};
use super::status_indexes::KEPT_AFTER_EXPIRY_SECS;
use super::subjects::subject_kind;
use crate::store::{CitizenId, Rows, Sealer, StoreError};

/// Length of a step of a credential's life, seconds.
const QUARTER_HOUR_SECS: i64 = 900;

/// Issues credentials.
#[derive(Clone)]
pub(crate) struct Issuer {
    pub(crate) key: Arc<SigningKey>,
    pub(crate) sealer: Arc<Sealer>,
    pub(crate) min_quarter_hours: u8,
    pub(crate) max_quarter_hours: u8,
}

impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Issuer(hidden)")
    }
}

/// How far clocks may be apart, seconds: a second or two of correction is no clock that was ahead.
pub(crate) const CLOCKS_APART_SECS: i64 = 30;

/// Id of a signing key, hex.
pub(crate) fn signer(key: &SigningKey) -> String {
    HEXLOWER.encode(&key_id(key.verifying_key().as_bytes()))
}

/// What a new credential takes from outside of the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Issuance {
    /// Unix seconds.
    pub(crate) at: i64,
    /// The time by which things age, Unix seconds.
    pub(crate) sure_now: i64,
    /// Nobody else's.
    pub(crate) status_index: u32,
    /// Random.
    pub(crate) moved: u8,
}

/// Whether `credential` can still be handed out at `at` (Unix seconds): signed by the key of now, same device, colour and
/// reason as now, not revoked, begun, and at least half of its life left.
pub(crate) fn serves(
    credential: &CredentialRecord,
    key: &SubjectKey<'_>,
    decision: &DecisionRecord,
    at: i64,
) -> bool {
    let life = credential.expires_at - credential.issued_at;
    !credential.revoked
        && credential.signed_by == decision.signed_by
        && credential.issued_at <= at + CLOCKS_APART_SECS
        && credential.device_id == key.device_id
        && credential.colour == decision.colour
        && credential.reason == decision.reason
        && (credential.expires_at - at) * 2 >= life
}

/// Revokes every credential of the rows' subject that has not surely expired by `sure_now` (Unix seconds); how many.
pub(crate) fn revoke_all(rows: &mut Rows, sure_now: i64) -> Result<usize, StoreError> {
    let Some(mut credentials) = rows.get::<Credentials>()? else {
        return Ok(0);
    };
    let mut revoked = 0;
    for one in credentials.unexpired.drain(..) {
        if one.expires_at > sure_now {
            rows.revoke(one.index, one.expires_at + KEPT_AFTER_EXPIRY_SECS);
            revoked += 1;
        }
    }
    if let Some(newest) = &mut credentials.newest {
        newest.revoked = true;
    }
    rows.put(&credentials)?;
    Ok(revoked)
}

impl Issuer {
    /// Issues one. A credential of another device dies with it. Tells how many did.
    pub(crate) fn issue(
        &self,
        rows: &mut Rows,
        citizen: CitizenId,
        key: &SubjectKey<'_>,
        decision: &DecisionRecord,
        issuance: Issuance,
    ) -> Result<usize, Refusal> {
        let at = issuance.at;
        let newest = rows.get::<Credentials>()?.and_then(|all| all.newest);
        let revoked = if newest.is_some_and(|newest| newest.device_id != key.device_id) {
            revoke_all(rows, issuance.sure_now)?
        } else {
            0
        };
        let registration = rows.get::<Registration>()?;
        let identity = registration.ok_or(Refusal::DeviceUnknown)?.identity;
        let quarter_hours = self.quarter_hours(citizen, rows.subject(), issuance.moved);
        let expires_at = at + i64::from(quarter_hours) * QUARTER_HOUR_SECS;
        let claims = CredentialClaims {
            expires_at,
            lifetime_quarter_hours: quarter_hours,
            device_key: key.public_key,
            colour: decision.colour,
            reason: decision.reason.into(),
            rule_set_version: u16::try_from(decision.rule_version)
                .map_err(|_| Refusal::Failed("rule_set_version_out_of_range"))?,
            status_index: issuance.status_index,
            assurance: if key.hardware {
                Assurance::Hardware
            } else {
                Assurance::Software
            },
            subject_kind: subject_kind(rows.subject()),
            scheme: Scheme::Domestic,
            document_tail: document_tail(&identity.document_number),
            masked_name: mask_name(&identity.name),
        };
        let credential = issue_credential(&claims, &self.key).map_err(|error| {
            tracing::error!(code = error.code(), "a credential could not be issued");
            Refusal::Failed(error.code())
        })?;
        let mut credentials = rows.get::<Credentials>()?.unwrap_or_default();
        credentials
            .unexpired
            .retain(|one| one.expires_at > issuance.sure_now);
        credentials.unexpired.push(IndexInUse {
            index: issuance.status_index,
            expires_at,
        });
        credentials.newest = Some(CredentialRecord {
            device_id: key.device_id.to_owned(),
            colour: decision.colour,
            reason: decision.reason,
            issued_at: at,
            expires_at,
            revoked: false,
            signed_by: signer(&self.key),
            credential: BASE64URL_NOPAD.encode(&credential),
        });
        rows.put(&credentials)?;
        Ok(revoked)
    }

    /// Spread over the allowed span by the subject, so that a city's phones never come back all at once, and
    /// moved a little each time, so that the span tells nothing about the subject.
    fn quarter_hours(&self, citizen: CitizenId, subject: &SubjectId, moved: u8) -> u8 {
        let span = u32::from(self.max_quarter_hours - self.min_quarter_hours) + 1;
        let whose: [&[u8]; 2] = [citizen.as_bytes(), subject.as_str().as_bytes()];
        let [a, b, c, d, ..] = self.sealer.hash("lifetime", &whose);
        let place = u32::from_be_bytes([0, a, b, c]) + u32::from(d) + u32::from(moved % 8);
        // The rest of a division by a span that fits into a byte.
        let extra = u8::try_from(place % span).unwrap_or_default();
        self.min_quarter_hours + extra
    }
}
