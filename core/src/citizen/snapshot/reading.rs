//! Reading a snapshot: each verdict is reached once for the same bytes and the same trust.
//!
//! Invariant: nothing stands in a snapshot that did not verify by a trust bundle that counts at its instant.

use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{HeldColour, HeldCredential, HeldReceipt, SignedForm, Snapshot};
use crate::capability::appeals::glance;
use crate::capability::results::unread;
use crate::citizen::context::Context;
use crate::citizen::recomputation::recompute_by;
use crate::citizen::region_end::NotedEnd;
use crate::citizen::showing::BatchMember;
use crate::citizen::verified::{HeldTrust, TrustVerdict, Verdict};
use crate::citizen::{CitizenError, CitizenFault, Recomputation, recompute};
use crate::code::{Refusal, credential_bounds, read_credential, verify_credential};
use crate::encoding::hex;
use crate::rules::{Evidence, RuleSet};
use crate::sync::StoredState;
use crate::trust::{RECEIPT_TYPE, RULE_SET_TYPE, bundle_bounds, open_bundle};
use crate::wire::{BundleKind, Receipt};

/// Something that was verified, and the instants (Unix seconds) in which that stands.
type Held<T> = (T, Range<i64>);

/// The last snapshot, and what was verified for it.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) last: Option<Arc<Snapshot>>,
    trust: TrustVerdict,
    receipt: Option<Verdict<Result<Option<Arc<HeldReceipt>>, CitizenFault>>>,
    credential: Option<Verdict<Result<Arc<HeldCredential>, CitizenError>>>,
    /// Of the credential that is shown.
    pub(super) shown: Option<Verdict<Result<Arc<HeldCredential>, CitizenError>>>,
    /// The payload.
    rule_set: Option<Verdict<Option<Arc<[u8]>>>>,
    pub(super) form: Option<Verdict<SignedForm>>,
    recomputed: Option<Recomputed>,
}

/// What came of a receipt and the payload of a rule set.
struct Recomputed {
    held: Arc<HeldReceipt>,
    rules: Arc<[u8]>,
    recomputation: Recomputation,
    rule_set: Option<Arc<RuleSet>>,
}

impl Kept {
    /// Reads everything afresh; what was verified before for the same bytes stands.
    pub(super) fn read(&mut self, context: &Context, at: i64) -> Result<Snapshot, CitizenError> {
        let generation = context.store.generation();
        let subject = &context.subject;
        let state = context.sync.state(subject)?;
        let mut snapshot = Snapshot {
            generation,
            holds: i64::MIN..i64::MAX,
            trust: None,
            colour: Ok(None),
            credential: Err(CitizenFault::NoCode.into()),
            batch: members(&state),
            registration: context.sync.last_registration(subject)?,
            has_state: state.receipt.is_some() || state.credential.is_some(),
            checked_at_ms: state.checked_at_ms,
            uploads: context.sync.pending(subject)?,
            corrections: context.sync.corrections(subject)?,
            appeals: glance(context)?,
            new_results: unread(context)?,
            app_update: context.sync.app_update()?,
            noted_end: NotedEnd::read(context)?,
        };
        let bytes = context.sync.bundle(&BundleKind::TRUST, "")?;
        let Some(trust) = bytes.and_then(|bytes| self.trust.reached(bytes, &context.root_key))
        else {
            return Ok(snapshot);
        };
        // Also of a bundle that has ended: a day stays what it was.
        let division = snapshot.registration.as_ref().map(|it| it.division);
        if let Some(civil) = division.and_then(|it| trust.bundle.civil_time(it)) {
            context.civil.set(civil);
        }
        snapshot.holds = trust.holds(&[], at);
        if trust.bundle.check_time(at).is_err() {
            return Ok(snapshot);
        }
        let last = snapshot.batch.iter().max_by_key(|it| it.expires_at);
        if let Some(bytes) = last.map(|last| last.bytes.clone()) {
            let (credential, holds) =
                Verdict::reached(&mut self.credential, bytes, &trust, at, |it| {
                    verify_held(it, &trust, at)
                });
            snapshot.credential = credential;
            snapshot.holds = overlap(&snapshot.holds, &holds);
        }
        if let Some(bytes) = state.receipt {
            let (receipt, holds) =
                Verdict::reached(&mut self.receipt, bytes, &trust, at, |bytes| {
                    let bounds = bundle_bounds(RECEIPT_TYPE, bytes, &trust.bundle);
                    (verify_receipt(bytes, &trust, at), bounds)
                });
            snapshot.holds = overlap(&snapshot.holds, &holds);
            snapshot.colour = match receipt {
                Ok(Some(held)) => {
                    let colour = self.colour(context, held, &trust, at);
                    colour.map(|(colour, holds)| {
                        snapshot.holds = overlap(&snapshot.holds, &holds);
                        Some(colour)
                    })
                }
                Ok(None) => Ok(None),
                Err(fault) => Err(fault.into()),
            };
        }
        snapshot.trust = Some(trust);
        Ok(snapshot)
    }

    fn colour(
        &mut self,
        context: &Context,
        held: Arc<HeldReceipt>,
        trust: &Arc<HeldTrust>,
        at: i64,
    ) -> Result<Held<HeldColour>, CitizenError> {
        let (rules, holds) = self.rule_set(context, &held.receipt.rule_set_id, trust, at)?;
        let (recomputation, rule_set) = match rules {
            Some(rules) => self.recomputation(&held, &rules),
            None => (recompute(&held.receipt, None), None),
        };
        let colour = HeldColour {
            held,
            recomputation,
            rule_set,
        };
        Ok((colour, holds))
    }

    fn rule_set(
        &mut self,
        context: &Context,
        id: &str,
        trust: &Arc<HeldTrust>,
        at: i64,
    ) -> Result<Held<Option<Arc<[u8]>>>, CitizenError> {
        let Some(bytes) = context.sync.bundle(&BundleKind::RULE_SET, id)? else {
            return Ok((None, trust.holds(&[], at)));
        };
        Ok(Verdict::reached(
            &mut self.rule_set,
            bytes,
            trust,
            at,
            |bytes| {
                let signed = open_bundle(RULE_SET_TYPE, bytes, &trust.bundle, at).ok();
                let bounds = bundle_bounds(RULE_SET_TYPE, bytes, &trust.bundle);
                (signed.map(|signed| signed.payload.into()), bounds)
            },
        ))
    }

    /// Reading a rule set takes longer than all the rest: once for the same receipt and rule set.
    fn recomputation(
        &mut self,
        held: &Arc<HeldReceipt>,
        rules: &Arc<[u8]>,
    ) -> (Recomputation, Option<Arc<RuleSet>>) {
        if let Some(known) = &self.recomputed
            && Arc::ptr_eq(&known.held, held)
            && Arc::ptr_eq(&known.rules, rules)
        {
            return (known.recomputation, known.rule_set.clone());
        }
        let (recomputation, rule_set) = recompute_by(&held.receipt, rules);
        let rule_set = rule_set.map(Arc::new);
        self.recomputed = Some(Recomputed {
            held: Arc::clone(held),
            rules: Arc::clone(rules),
            recomputation,
            rule_set: rule_set.clone(),
        });
        (recomputation, rule_set)
    }
}

fn verify_receipt(
    bytes: &[u8],
    trust: &HeldTrust,
    at: i64,
) -> Result<Option<Arc<HeldReceipt>>, CitizenFault> {
    let Ok(signed) = open_bundle(RECEIPT_TYPE, bytes, &trust.bundle, at) else {
        return Ok(None);
    };
    let receipt: Receipt = crate::encoding::json::from_slice(signed.payload)
        .map_err(|_| CitizenFault::RecordUnreadable)?;
    Ok(Some(Arc::new(HeldReceipt {
        evidence: Evidence::from_value(&receipt.evidence).ok(),
        receipt,
        sha256: hex::encode(&Sha256::digest(bytes)),
    })))
}

/// The credentials that are held, unverified; one that cannot be read is over.
fn members(state: &StoredState) -> Vec<BatchMember> {
    let batch = state.batch();
    batch
        .map(|(key_number, bytes)| BatchMember {
            key_number,
            bytes: bytes.to_vec(),
            expires_at: read_credential(bytes).map_or(i64::MIN, |claims| claims.expires_at),
        })
        .collect()
}

/// The verdict on a credential, and its own bounds.
pub(super) fn verify_held(
    bytes: &[u8],
    trust: &HeldTrust,
    at: i64,
) -> (Result<Arc<HeldCredential>, CitizenError>, Vec<i64>) {
    let claims = match read_credential(bytes) {
        Ok(claims) => claims,
        Err(refusal) => return (Err(refusal.into()), Vec::new()),
    };
    let bounds = credential_bounds(&claims, &trust.bundle);
    let held = |is_expired| {
        Ok(Arc::new(HeldCredential {
            bytes: bytes.to_vec(),
            policy: trust.bundle.policy.clone(),
            claims,
            is_expired,
        }))
    };
    let verdict = match verify_credential(bytes, &trust.bundle, at) {
        Ok(_) => held(false),
        Err(Refusal::CredentialExpired) => held(true),
        Err(refusal) => Err(refusal.into()),
    };
    (verdict, bounds)
}

/// The instants that are in both.
pub(in crate::citizen) fn overlap(left: &Range<i64>, right: &Range<i64>) -> Range<i64> {
    left.start.max(right.start)..left.end.min(right.end)
}
