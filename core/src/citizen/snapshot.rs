//! What a screen's view is made of: read once, verified once for the same bytes.
//!
//! Invariant: a snapshot is what reading and verifying everything afresh would give, as long as the store's generation
//! is the one that it was read at and the instant lies between the bounds of its verdicts. It decides nothing of its own.

use std::ops::Range;
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use super::context::Context;
use super::recomputation::recompute_by;
use super::records::{IDENTITY, REGION_ENDED, SUNSET};
use super::showing::BatchMember;
use super::sunset::{HeardSunset, RegionEnded};
use super::verified::{HeldTrust, TrustVerdict, Verdict};
use super::{CitizenError, CitizenFault, Recomputation, lock, recompute};
use crate::capability::appeals::{Glance, glance};
use crate::capability::results::unread;
use crate::code::{
    CredentialClaims, Refusal, credential_bounds, read_credential, verify_credential,
};
use crate::encoding::hex;
use crate::form::Form;
use crate::rules::{Evidence, RuleSet};
use crate::sync::{PendingUpload, Registration, StoredState};
use crate::trust::{
    FORM_TYPE, PresentationPolicy, RECEIPT_TYPE, RULE_SET_TYPE, bundle_bounds, open_bundle,
};
use crate::wire::{AppUpdate, BundleKind, Receipt, UploadAnswer};
use crate::words::LocalizedText;

/// How often a view is read again because a write came between: each takes longer than reading.
const READS: usize = 8;

/// See the module.
pub(super) struct Snapshot {
    generation: u64,
    /// Unix seconds.
    holds: Range<i64>,
    /// The trust bundle, while it counts.
    pub(super) trust: Option<Arc<HeldTrust>>,
    /// The colour; none where there is no receipt that verifies.
    pub(super) colour: Result<Option<HeldColour>, CitizenError>,
    /// The credential, of several the one that ends last, or why there is no code.
    pub(super) credential: Result<Arc<HeldCredential>, CitizenError>,
    /// All that are held.
    pub(super) batch: Vec<BatchMember>,
    /// This device's registration, also one that the authority has lost since.
    pub(super) registration: Option<Registration>,
    /// Whether the authority's last word brought a receipt or a credential, whether or not they still count.
    pub(super) has_state: bool,
    /// When the authority last confirmed the state, Unix milliseconds.
    pub(super) checked_at_ms: Option<i64>,
    pub(super) uploads: Vec<PendingUpload>,
    /// What the authority answered to objections, oldest first.
    pub(super) corrections: Vec<UploadAnswer>,
    /// What there is to say of appeals.
    pub(super) appeals: Glance,
    /// How many results were not looked at.
    pub(super) new_results: usize,
    pub(super) app_update: AppUpdate,
    /// The order that ends the region, as it was heard of.
    heard_sunset: Option<HeardSunset>,
    /// What was erased because the region ended, where nobody is registered since.
    region_ended: Option<RegionEnded>,
}

/// The colour, and what this phone makes of it.
#[derive(Clone)]
pub(super) struct HeldColour {
    pub(super) held: Arc<HeldReceipt>,
    /// What this phone comes to.
    pub(super) recomputation: Recomputation,
    /// The published rule set in the version that decided.
    pub(super) rule_set: Option<Arc<RuleSet>>,
}

/// A receipt that verified.
pub(super) struct HeldReceipt {
    pub(super) receipt: Receipt,
    /// Of the signed bytes, lower-case hex.
    pub(super) sha256: String,
    /// What it was decided from; none where this version cannot read it.
    pub(super) evidence: Option<Evidence>,
}

/// A credential that the phone's own check took. One that has expired is among them: a checkpoint may hold an
/// outage-grace order that the phone could not fetch.
pub(super) struct HeldCredential {
    pub(super) bytes: Vec<u8>,
    pub(super) claims: CredentialClaims,
    pub(super) policy: PresentationPolicy,
    pub(super) is_expired: bool,
}

/// The end of a region's codes.
#[derive(Clone, Copy)]
pub(super) struct Sunset<'a> {
    pub(super) has_come: bool,
    pub(super) effective_at: i64,
    pub(super) text: &'a LocalizedText,
}

/// Something that was verified, and the instants (Unix seconds) in which that stands.
type Held<T> = (T, Range<i64>);

/// The last snapshot, and the verdicts for the next.
#[derive(Default)]
pub(super) struct Snapshots(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    last: Option<Arc<Snapshot>>,
    trust: TrustVerdict,
    receipt: Option<Verdict<Result<Option<Arc<HeldReceipt>>, CitizenFault>>>,
    credential: Option<Verdict<Result<Arc<HeldCredential>, CitizenError>>>,
    /// Of the credential that is shown.
    shown: Option<Verdict<Result<Arc<HeldCredential>, CitizenError>>>,
    /// The payload.
    rule_set: Option<Verdict<Option<Arc<[u8]>>>>,
    form: Option<Verdict<SignedForm>>,
    recomputed: Option<Recomputed>,
}

/// What the authority published as a form.
#[derive(Clone)]
enum SignedForm {
    /// Nothing that it signed.
    Absent,
    Readable(Arc<Form>),
    /// Signed, and not to be read by this version.
    Unreadable,
}

/// What came of a receipt and the payload of a rule set.
struct Recomputed {
    held: Arc<HeldReceipt>,
    rules: Arc<[u8]>,
    recomputation: Recomputation,
    rule_set: Option<Arc<RuleSet>>,
}

impl Snapshot {
    /// Of the store, when it was read.
    pub(super) const fn generation(&self) -> u64 {
        self.generation
    }

    /// The instants at which it stays what it is, Unix seconds.
    pub(super) fn holds(&self) -> Range<i64> {
        self.holds.clone()
    }

    /// Whether the authority registered this device, and knows of it as far as it said.
    pub(super) fn is_registered(&self) -> bool {
        let registration = self.registration.as_ref();
        registration.is_some_and(|registration| !registration.is_forgotten)
    }

    /// Whether the authority has lost the registration since.
    pub(super) fn is_forgotten(&self) -> bool {
        let registration = self.registration.as_ref();
        registration.is_some_and(|registration| registration.is_forgotten)
    }

    /// Whether there is a code that counts.
    pub(super) fn has_code(&self) -> bool {
        self.credential.as_ref().is_ok_and(|held| !held.is_expired)
    }

    /// First instant at which the code counts no more although an order of the authority lets it count longer than it
    /// says; none where it counts by itself, or not at all.
    pub(super) fn grace_until(&self, at: i64) -> Option<i64> {
        let held = self
            .credential
            .as_ref()
            .ok()
            .filter(|held| !held.is_expired)?;
        let expires_at = held.claims.expires_at;
        let trust = &self.trust.as_ref()?.bundle;
        let division = self.registration.as_ref()?.division;
        let until = trust.grace_until(division, expires_at, at)?;
        (at >= expires_at).then_some(until)
    }

    /// The receipt, where one verifies.
    pub(super) fn receipt(&self) -> Option<&Receipt> {
        let colour = self.colour.as_ref().ok()?.as_ref()?;
        Some(&colour.held.receipt)
    }

    /// The order that ends, or ended, the codes of this region.
    pub(super) fn sunset(&self, at: i64) -> Option<Sunset<'_>> {
        // Of a bundle that has ended what was heard is left, and of what was erased that it was.
        let heard = self.heard_sunset.as_ref();
        let heard = heard.map(|heard| (heard.effective_at, &heard.text));
        if let Some((effective_at, text)) = self.sunset_by_trust(at).or(heard) {
            return Some(Sunset {
                has_come: effective_at <= at,
                effective_at,
                text,
            });
        }
        self.region_ended.as_ref().map(|ended| Sunset {
            has_come: true,
            effective_at: ended.effective_at,
            text: &ended.text,
        })
    }

    fn sunset_by_trust(&self, at: i64) -> Option<(i64, &LocalizedText)> {
        let trust = &self.trust.as_ref()?.bundle;
        let division = self.registration.as_ref()?.division;
        let order = trust.sunset(division, at);
        let order = order.or_else(|| trust.sunset_after(division, at))?;
        Some((order.effective_at, &order.text))
    }
}

impl Snapshots {
    /// The snapshot at `at`, Unix seconds.
    ///
    /// # Errors
    /// `Store`.
    pub(super) fn at(&self, context: &Context, at: i64) -> Result<Arc<Snapshot>, CitizenError> {
        let mut kept = lock(&self.0);
        if let Some(last) = &kept.last
            && last.generation == context.store.generation()
            && last.holds.contains(&at)
        {
            return Ok(Arc::clone(last));
        }
        let mut reads = 1;
        loop {
            let snapshot = Arc::new(kept.read(context, at)?);
            kept.last = Some(Arc::clone(&snapshot));
            // A write in between: what was read may not belong together.
            if snapshot.generation == context.store.settled_generation() || reads == READS {
                return Ok(snapshot);
            }
            reads += 1;
        }
    }

    /// Forgets everything that was read.
    pub(super) fn clear(&self) {
        *lock(&self.0) = Kept::default();
    }

    /// The verdict on one of the credentials of `snapshot`, which is of `at`, Unix seconds.
    ///
    /// # Errors
    /// Why there is no code by it.
    pub(super) fn shown(
        &self,
        snapshot: &Snapshot,
        bytes: &[u8],
        at: i64,
    ) -> Result<Arc<HeldCredential>, CitizenError> {
        let trust = snapshot.trust.as_ref().ok_or(CitizenFault::NoCode)?;
        let mut kept = lock(&self.0);
        let verify = |it: &[u8]| verify_held(it, trust, at);
        let (held, _) = Verdict::reached(&mut kept.shown, bytes.to_vec(), trust, at, verify);
        held
    }

    /// The form `id` as the authority published it; none where there is none that verifies and can be loaded.
    pub(super) fn published_form(
        &self,
        context: &Context,
        id: &str,
        at: i64,
    ) -> Result<Option<Arc<Form>>, CitizenError> {
        Ok(match self.signed_form(context, id, at)? {
            SignedForm::Readable(form) => Some(form),
            SignedForm::Absent | SignedForm::Unreadable => None,
        })
    }

    /// Whether the authority signed a form `id` that this version cannot read.
    pub(super) fn is_form_unreadable(
        &self,
        context: &Context,
        id: &str,
        at: i64,
    ) -> Result<bool, CitizenError> {
        let signed = self.signed_form(context, id, at)?;
        Ok(matches!(signed, SignedForm::Unreadable))
    }

    /// The form `id` that the authority signed.
    fn signed_form(
        &self,
        context: &Context,
        id: &str,
        at: i64,
    ) -> Result<SignedForm, CitizenError> {
        let trust = self.at(context, at)?.trust.clone();
        let (Some(trust), Some(bytes)) = (trust, context.sync.bundle(&BundleKind::FORM, id)?)
        else {
            return Ok(SignedForm::Absent);
        };
        let mut kept = lock(&self.0);
        let (form, _) = Verdict::reached(&mut kept.form, bytes, &trust, at, |bytes| {
            let form = match open_bundle(FORM_TYPE, bytes, &trust.bundle, at) {
                Err(_) => SignedForm::Absent,
                Ok(signed) => Form::from_json(signed.payload)
                    .map_or(SignedForm::Unreadable, |form| {
                        SignedForm::Readable(Arc::new(form))
                    }),
            };
            let bounds = bundle_bounds(FORM_TYPE, bytes, &trust.bundle);
            (form, bounds)
        });
        Ok(form)
    }
}

impl Kept {
    fn read(&mut self, context: &Context, at: i64) -> Result<Snapshot, CitizenError> {
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
            heard_sunset: context.read(&SUNSET.for_subject(subject))?,
            region_ended: match context.read(&IDENTITY.for_subject(subject))? {
                None if subject.is_owner() => context.read(&REGION_ENDED.for_this_phone())?,
                _ => None,
            },
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
fn verify_held(
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

pub(super) fn overlap(left: &Range<i64>, right: &Range<i64>) -> Range<i64> {
    left.start.max(right.start)..left.end.min(right.end)
}
