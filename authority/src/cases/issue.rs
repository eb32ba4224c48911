//! Issues credentials: what a checkpoint will believe for the next hours.
//!
//! Invariant: a credential says what the decision in force says, for a key of the device that the citizen registered: one
//! that the device offered and proved for this credential alone, or the subject's own. Its status index is nobody else's, and
//! neither its start nor its life tells one citizen from another. Runs within an act, on its rows; decides no colour.

use std::sync::Arc;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey;
use health_code_core::capability::identity_proof::Unproven;
use health_code_core::code::{
    Assurance, CredentialClaims, ReasonNumber, document_tail, issue_credential, mask_name,
};
use health_code_core::trust::{DevicePublicKey, StatusPlace, key_id};

use super::Refusal;
use super::bundles::CredentialTerms;
use super::devices::SubjectKey;
use super::records::{CredentialRecord, Credentials, DecisionRecord, IndexInUse, Registration};
use super::status_indexes::KEPT_AFTER_EXPIRY_SECS;
use super::subjects::Care;
use crate::capability::identity_proof;
use crate::store::{Rows, StoreError};

/// Length of a step of a credential's life, and of the steps at which credentials begin, seconds: all that are issued within
/// one begin and end alike.
const QUARTER_HOUR_SECS: i64 = 900;

/// Issues credentials.
#[derive(Clone)]
pub(crate) struct Issuer {
    pub(crate) key: Arc<SigningKey>,
    pub(crate) min_quarter_hours: u8,
    pub(crate) max_quarter_hours: u8,
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

/// What a new credential takes from outside of the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Issuance {
    /// Unix seconds.
    pub(crate) at: i64,
    /// The time by which things age, Unix seconds.
    pub(crate) sure_now: i64,
    /// Credentials that ended by then count nowhere, Unix seconds.
    pub(crate) over_by: i64,
    /// Nobody else's, on whichever day the credential ends.
    pub(crate) status_index: u32,
    /// Random.
    pub(crate) spread: u32,
    pub(crate) terms: CredentialTerms,
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
    /// Issues one, for `offered` or, where the device offers none, for the subject's own key on it. A credential of another
    /// device dies with it, unless one of the two is a carer's. Tells how many did.
    pub(crate) fn issue(
        &self,
        rows: &mut Rows,
        key: &SubjectKey<'_>,
        offered: Option<&OfferedKey>,
        decision: &DecisionRecord,
        issuance: Issuance,
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
        let quarter_hours = self.quarter_hours(issuance.spread);
        let starts_at = starts_at(at, issuance.terms.not_before);
        let expires_at = starts_at + i64::from(quarter_hours) * QUARTER_HOUR_SECS;
        let (public_key, hardware) = offered.map_or((key.public_key, key.hardware), |offered| {
            (offered.public_key, offered.hardware)
        });
        let claims = CredentialClaims {
            expires_at,
            lifetime_quarter_hours: quarter_hours,
            device_key: public_key,
            colour: decision.colour,
            reason: if issuance.terms.reason_in_code {
                decision.reason.into()
            } else {
                ReasonNumber::WITHHELD
            },
            rule_set_version: u16::try_from(decision.rule_version)
                .map_err(|_| Refusal::Failed("rule_set_version_out_of_range"))?,
            status_index: issuance.status_index,
            assurance: self
                .assurance(key, &registration, of_device(hardware))
                .unwrap_or(Assurance::Paper),
            subject_kind: key.subject_kind(),
            scheme: decision.scheme,
            document_tail: document_tail(&registration.identity.document_number),
            masked_name: mask_name(&registration.identity.name),
        };
        let credential = issue_credential(&claims, &self.key).map_err(|error| {
            tracing::error!(code = error.code(), "a credential could not be issued");
            Refusal::Failed(error.code())
        })?;
        let mut credentials = rows.get::<Credentials>()?.unwrap_or_default();
        credentials
            .unexpired
            .retain(|one| one.expires_at + KEPT_AFTER_EXPIRY_SECS > issuance.sure_now);
        credentials.unexpired.push(IndexInUse {
            index: issuance.status_index,
            expires_at,
            device_id: key.device_id.to_owned(),
        });
        let others = credentials.newest.take().into_iter();
        let others = others.chain(std::mem::take(&mut credentials.others));
        credentials.others = others
            .filter(|one| one.device_id != key.device_id && !one.revoked && one.expires_at > at)
            .collect();
        credentials.newest = Some(CredentialRecord {
            device_id: key.device_id.to_owned(),
            colour: decision.colour,
            reason: decision.reason,
            scheme: decision.scheme,
            issued_at: at,
            expires_at,
            revoked: false,
            signed_by: signer(&self.key),
            offered_key: offered.map(OfferedKey::text).unwrap_or_default(),
            credential: BASE64URL_NOPAD.encode(&credential),
        });
        rows.put(&credentials)?;
        Ok(revoked)
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

    /// Anywhere in the allowed span, so that a city's phones never come back all at once, and another each time, so that it
    /// tells nothing about whose it is.
    fn quarter_hours(&self, spread: u32) -> u8 {
        let span = u32::from(self.max_quarter_hours - self.min_quarter_hours) + 1;
        // The rest of a division by a span that fits into a byte.
        let extra = u8::try_from(spread % span).unwrap_or_default();
        self.min_quarter_hours + extra
    }
}

const fn of_device(hardware: bool) -> Assurance {
    if hardware {
        Assurance::Hardware
    } else {
        Assurance::Software
    }
}

/// The last full quarter hour, but for a key whose time began since: with that.
fn starts_at(at: i64, not_before: i64) -> i64 {
    (at - at.rem_euclid(QUARTER_HOUR_SECS)).max(not_before.min(at))
}

#[cfg(test)]
mod tests {
    use super::starts_at;

    #[test]
    fn credentials_begin_with_a_quarter_hour_or_with_their_key() {
        for (at, not_before, expected) in [
            (9_000, 0, 9_000),
            (9_899, 0, 9_000),
            (9_899, 9_500, 9_500),
            (9_100, 9_500, 9_100),
        ] {
            assert_eq!(starts_at(at, not_before), expected, "{at} {not_before}");
        }
    }
}
