//! What a screen's view is made of: read once, verified once for the same bytes.
//!
//! Invariant: a snapshot is what reading and verifying everything afresh would give, as long as the store's generation
//! is the one that it was read at and the instant lies between the bounds of its verdicts. It decides nothing of its own.

mod reading;

use std::ops::Range;
use std::sync::{Arc, Mutex};

use super::context::Context;
use super::region_end::{NotedEnd, Sunset};
use super::showing::BatchMember;
use super::verified::{HeldTrust, Verdict};
use super::{CitizenError, CitizenFault, Recomputation, lock};
use crate::capability::appeals::Glance;
use crate::code::CredentialClaims;
use crate::form::Form;
use crate::rules::{Evidence, RuleSet};
use crate::sync::{PendingUpload, Registration};
use crate::trust::{FORM_TYPE, PresentationPolicy, bundle_bounds, open_bundle};
use crate::wire::{AppUpdate, BundleKind, Receipt, UploadAnswer};
pub(super) use reading::overlap;
use reading::{Kept, verify_held};

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
    /// What the authority answered to objections of before there were appeals, oldest first.
    pub(super) corrections: Vec<UploadAnswer>,
    /// What there is to say of appeals.
    pub(super) appeals: Glance,
    /// How many results were not looked at.
    pub(super) new_results: usize,
    pub(super) app_update: AppUpdate,
    noted_end: NotedEnd,
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

/// The last snapshot, and the verdicts for the next.
#[derive(Default)]
pub(super) struct Snapshots(Mutex<Kept>);

/// What the authority published as a form.
#[derive(Clone)]
enum SignedForm {
    /// Nothing that it signed.
    Absent,
    Readable(Arc<Form>),
    /// Signed, and not to be read by this version.
    Unreadable,
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
        let trust = self.trust.as_ref().map(|trust| &trust.bundle);
        let division = self.registration.as_ref().map(|it| it.division);
        self.noted_end.sunset(trust.zip(division), at)
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
