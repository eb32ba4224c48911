//! Issues credentials: what a checkpoint will believe for the next hours.
//!
//! Invariant: a credential says what the decision in force says, for a key of the device that the citizen registered: one
//! that the device offered and proved for this credential alone, or the subject's own. Its status index is nobody else's, and
//! neither its start nor its life tells one citizen from another, nor that two are of one batch. Runs within an act, on its rows;
//! decides no colour.

use std::sync::Arc;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use health_code_core::capability::identity_proof::Unproven;
use health_code_core::code::{
    Assurance, CredentialClaims, PersonInCode, ReasonNumber, issue_credential,
};
use health_code_core::trust::{DevicePublicKey, StatusPlace, key_id};

use super::Refusal;
use super::bundles::CredentialTerms;
use super::devices::SubjectKey;
use super::lives::Life;
pub(crate) use super::lives::Lives;
use super::records::{
    CredentialRecord, Credentials, DecisionRecord, IndexInUse, OtherCredential, Registration,
};
use super::status_indexes::KEPT_AFTER_EXPIRY_SECS;
use super::subjects::Care;
use crate::capability::identity_proof;
use crate::store::{Rows, StoreError};

/// Issues credentials.
#[derive(Clone)]
pub(crate) struct Issuer {
    pub(crate) key: Arc<SigningKey>,
    pub(crate) lives: Lives,
    /// Most credentials of one request.
    pub(crate) batch: u8,
    /// How much of name and document a code says.
    pub(crate) person: PersonInCode,
    /// What somebody gets who has not shown who they are.
    pub(crate) unproven: Unproven,
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

/// What new credentials take from outside of the rows.
#[derive(Clone, Debug)]
pub(crate) struct Issuance {
    /// Unix seconds.
    pub(crate) at: i64,
    /// The time by which things age, Unix seconds.
    pub(crate) sure_now: i64,
    /// Credentials that ended by then count nowhere, Unix seconds.
    pub(crate) over_by: i64,
    /// For each of them.
    pub(crate) drawn: Vec<Drawn>,
    pub(crate) terms: CredentialTerms,
}

/// What is drawn for one credential.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawn {
    /// Nobody else's, on whichever day the credential ends.
    pub(crate) status_index: u32,
    /// Random.
    pub(crate) spread: [u32; 2],
}

/// A key that a device offers for its next credential, and proved.
#[derive(Clone)]
pub(crate) struct OfferedKey {
    pub(crate) public_key: DevicePublicKey,
    pub(crate) hardware: bool,
}

impl OfferedKey {
    /// As it is kept.
    pub(crate) fn text(&self) -> String {
        BASE64URL_NOPAD.encode(self.public_key.as_bytes())
    }
}

/// Whether `credential` can still be handed out at `at` (Unix seconds): signed by the key of now, same device, colour and
/// reason as now, not revoked, begun, and not over.
pub(crate) fn serves(
    credential: &CredentialRecord,
    key: &SubjectKey<'_>,
    decision: &DecisionRecord,
    at: i64,
) -> bool {
    !credential.revoked
        && credential.signed_by == decision.signed_by
        && credential.issued_at <= at + CLOCKS_APART_SECS
        && credential.device_id == key.device_id
        && credential.colour == decision.colour
        && credential.reason == decision.reason
        && credential.scheme == decision.scheme
        && credential.expires_at > at
}

/// Whether less than half of its life is left at `at` (Unix seconds).
pub(crate) const fn is_due(credential: &CredentialRecord, at: i64) -> bool {
    (credential.expires_at - at) * 2 < credential.expires_at - credential.issued_at
}

/// Revokes every credential of the rows' subject that counts somewhere still: all but those that ended by `over_by` (Unix
/// seconds); how many.
pub(crate) fn revoke_all(rows: &mut Rows, over_by: i64) -> Result<usize, StoreError> {
    revoke(rows, over_by, |_| true)
}

/// As [`revoke_all`], those alone that were issued for one device.
pub(crate) fn revoke_of(
    rows: &mut Rows,
    device_id: &str,
    over_by: i64,
) -> Result<usize, StoreError> {
    // What an earlier version issued may be anybody's.
    revoke(rows, over_by, |of| of == device_id || of.is_empty())
}

fn revoke(
    rows: &mut Rows,
    over_by: i64,
    is_meant: impl Fn(&str) -> bool,
) -> Result<usize, StoreError> {
    let Some(mut credentials) = rows.get::<Credentials>()? else {
        return Ok(0);
    };
    let mut revoked = 0;
    credentials.unexpired.retain(|one| {
        if !is_meant(&one.device_id) {
            return true;
        }
        if one.expires_at > over_by {
            let place = StatusPlace::new(one.expires_at, one.index);
            rows.revoke(place, one.expires_at + KEPT_AFTER_EXPIRY_SECS);
            revoked += 1;
        }
        false
    });
    if let Some(newest) = &mut credentials.newest
        && is_meant(&newest.device_id)
    {
        newest.revoked = true;
    }
    credentials.others.retain(|one| !is_meant(&one.device_id));
    rows.put(&credentials)?;
    Ok(revoked)
}

impl Issuer {
    /// Issues as many as were drawn, for the first of the keys that were `offered` or, where the device offers none, one for the
    /// subject's own key on it. Credentials of another device die with it, unless one of the two is a carer's. Tells how many
    /// did.
    pub(crate) fn issue(
        &self,
        rows: &mut Rows,
        key: &SubjectKey<'_>,
        offered: &[OfferedKey],
        decision: &DecisionRecord,
        issuance: &Issuance,
    ) -> Result<usize, Refusal> {
        let at = issuance.at;
        let care = rows.get::<Care>()?.unwrap_or_default();
        let newest = rows.get::<Credentials>()?.and_then(|all| all.newest);
        let before = newest.filter(|newest| newest.device_id != key.device_id);
        let revoked = match &before {
            Some(before) if !key.is_carers && !care.has(&before.device_id) => {
                revoke_of(rows, &before.device_id, issuance.over_by)?
            }
            _ => 0,
        };
        let registration = rows.get::<Registration>()?;
        let registration = registration.ok_or(Refusal::DeviceUnknown)?;
        let mut credentials = rows.get::<Credentials>()?.unwrap_or_default();
        credentials
            .unexpired
            .retain(|one| one.expires_at + KEPT_AFTER_EXPIRY_SECS > issuance.sure_now);
        let mut batch = Vec::with_capacity(issuance.drawn.len());
        for (place, (drawn, life)) in self.drawn(issuance).into_iter().enumerate() {
            let offered = offered.get(place);
            let claims = self.claims(key, &registration, decision, issuance.terms)?;
            let (public_key, hardware) = offered
                .map_or((key.public_key, key.hardware), |offered| {
                    (offered.public_key, offered.hardware)
                });
            let assurance = self.assurance(key, &registration, of_device(hardware));
            let claims = CredentialClaims {
                expires_at: life.expires_at,
                lifetime_quarter_hours: life.quarter_hours,
                device_key: public_key,
                status_index: drawn.status_index,
                assurance: assurance.unwrap_or(Assurance::Paper),
                ..claims
            };
            let credential = issue_credential(&claims, &self.key).map_err(|error| {
                tracing::error!(code = error.code(), "a credential could not be issued");
                Refusal::Failed(error.code())
            })?;
            credentials.unexpired.push(IndexInUse {
                index: drawn.status_index,
                expires_at: life.expires_at,
                device_id: key.device_id.to_owned(),
            });
            batch.push(OtherCredential {
                offered_key: offered.map(OfferedKey::text).unwrap_or_default(),
                expires_at: life.expires_at,
                credential: BASE64URL_NOPAD.encode(&credential),
            });
        }
        let others = credentials.newest.take().into_iter();
        let others = others.chain(std::mem::take(&mut credentials.others));
        credentials.others = others
            .filter(|one| one.device_id != key.device_id && !one.revoked && one.expires_at > at)
            .collect();
        credentials.newest = batch.pop().map(|last| CredentialRecord {
            device_id: key.device_id.to_owned(),
            colour: decision.colour,
            reason: decision.reason,
            scheme: decision.scheme,
            issued_at: at,
            expires_at: last.expires_at,
            revoked: false,
            signed_by: signer(&self.key),
            offered_key: last.offered_key,
            credential: last.credential,
            others: batch,
        });
        rows.put(&credentials)?;
        Ok(revoked)
    }

    /// What was drawn, with a life for each: the last lives longest, so that whoever looks at one alone looks at that.
    fn drawn(&self, issuance: &Issuance) -> Vec<(Drawn, Life)> {
        let (at, not_before) = (issuance.at, issuance.terms.not_before);
        let is_batch = issuance.drawn.len() > 1;
        let drawn = issuance.drawn.iter().map(|drawn| {
            let life = self.lives.draw(at, not_before, drawn.spread, is_batch);
            (*drawn, life)
        });
        let mut drawn: Vec<_> = drawn.collect();
        drawn.sort_by_key(|(_, life)| life.expires_at);
        drawn
    }

    /// What all credentials of the decision say alike; the rest is still another's.
    fn claims(
        &self,
        key: &SubjectKey<'_>,
        registration: &Registration,
        decision: &DecisionRecord,
        terms: CredentialTerms,
    ) -> Result<CredentialClaims, Refusal> {
        let (masked_name, document_tail) = self.person.of(
            &registration.identity.name,
            &registration.identity.document_number,
        );
        Ok(CredentialClaims {
            expires_at: 0,
            lifetime_quarter_hours: 0,
            device_key: key.public_key,
            colour: decision.colour,
            reason: if terms.reason_in_code {
                decision.reason.into()
            } else {
                ReasonNumber::WITHHELD
            },
            rule_set_version: u16::try_from(decision.rule_version)
                .map_err(|_| Refusal::Failed("rule_set_version_out_of_range"))?,
            status_index: 0,
            assurance: Assurance::Paper,
            subject_kind: key.subject_kind(),
            scheme: decision.scheme,
            document_tail,
            masked_name,
        })
    }

    /// Whether the subject gets a code at all, as far as that hangs on who was shown to be who.
    pub(crate) fn may_issue(&self, rows: &Rows, key: &SubjectKey<'_>) -> Result<bool, StoreError> {
        let registration = rows.get::<Registration>()?;
        let assured = registration.and_then(|it| self.assurance(key, &it, Assurance::Software));
        Ok(assured.is_some())
    }

    /// A dependant was shown by whoever cares for them.
    fn assurance(
        &self,
        key: &SubjectKey<'_>,
        registration: &Registration,
        of_device: Assurance,
    ) -> Option<Assurance> {
        if key.is_carers {
            Some(of_device)
        } else {
            identity_proof::assurance(self.unproven, registration, of_device)
        }
    }
}

const fn of_device(hardware: bool) -> Assurance {
    if hardware {
        Assurance::Hardware
    } else {
        Assurance::Software
    }
}
