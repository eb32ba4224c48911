//! Checking a code, offline: the steps of docs/PROTOCOL.md in their order, each failure a [`Refusal`].
//!
//! Invariant: the same text at the same checkpoint and instant gives the same verdict on every machine, but for the
//! replay cache. No network, no clock: the instant is an argument.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, RwLock};

use super::paper::PaperParts;
use super::papers_seen::{PapersSeen, PapersSeenError, SeenAt, paper_id};
use super::presentation::{MAX_CODE_BYTES, PRESENTATION_AAD, PresentationParts, code_bytes};
use super::replay::{PresentationId, ReplayCache};
use super::{Refusal, Verdict};
use crate::colour::Colour;
use crate::trust::{BundleError, IssuerDirectory, RevocationStatus, StatusList, TrustBundle};

/// A place where codes are checked. May be used from several threads.
pub struct Checkpoint {
    trust: TrustBundle,
    issuers: IssuerDirectory,
    place: Option<String>,
    local_division: Option<u32>,
    revocations: RwLock<BTreeMap<[u8; 8], RevocationStatus>>,
    replay: Mutex<ReplayCache>,
    papers: Mutex<PapersSeen>,
}

/// The colour for which sheets of paper are made: with any other they are revoked.
const COLOUR_OF_PAPER: Colour = Colour::Green;

crate::app_types! {
    describe as describe_lists;

    /// How much a checkpoint's status lists say.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Lists {
        /// Until when they say what was revoked, Unix seconds: the oldest of the issuer keys'. None: there are none.
        pub as_of: Option<i64>,
        /// Whether each of them, and the trust bundle, still counts: codes of these keys are checked in full.
        pub is_fresh: bool,
    }
}

impl std::fmt::Debug for Checkpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Checkpoint(trust bundle {})", self.trust.version)
    }
}

impl Checkpoint {
    /// A checkpoint that trusts the opened `trust`. `place`: its place id, for codes made for one place only.
    /// `local_division`: where it stands, for the meaning of other regions' colours.
    #[must_use]
    pub fn new(trust: TrustBundle, place: Option<String>, local_division: Option<u32>) -> Self {
        let policy = &trust.policy;
        // A presentation made `skew` ahead of this clock stays acceptable for so long.
        let window_secs = i64::from(policy.accept_secs) + i64::from(policy.skew_secs) + 1;
        Self {
            issuers: IssuerDirectory::new(&trust),
            place,
            local_division,
            revocations: RwLock::new(BTreeMap::new()),
            replay: Mutex::new(ReplayCache::new(window_secs)),
            papers: Mutex::new(PapersSeen::new(i64::from(policy.accept_secs))),
            trust,
        }
    }

    /// Takes a status list that was opened: first a base of an issuer key, then the deltas that follow
    /// on it, oldest first. One that says nothing newer changes nothing.
    ///
    /// # Errors
    /// [`BundleError::DeltaGap`] for a delta that does not follow on what is here; nothing changes then.
    pub fn add_status_list(&self, list: StatusList) -> Result<(), BundleError> {
        let revocations = self.revocations.write();
        let mut revocations = revocations.unwrap_or_else(PoisonError::into_inner);
        let key_id = list.key_id();
        if let Some(held) = revocations.get_mut(&key_id) {
            return held.add(list);
        }
        revocations.insert(key_id, RevocationStatus::new(list)?);
        Ok(())
    }

    /// By which codes are checked now.
    #[must_use]
    pub const fn trust(&self) -> &TrustBundle {
        &self.trust
    }

    /// How much its status lists say at `at` (Unix seconds).
    #[must_use]
    pub fn lists(&self, at: i64) -> Lists {
        let revocations = self.revocations.read();
        let revocations = revocations.unwrap_or_else(PoisonError::into_inner);
        let mut held = revocations.values();
        let as_of = revocations.values().map(RevocationStatus::as_of).min();
        let is_trusted =
            at < self.trust.expires_at && !self.trust.is_ahead(self.trust.issued_at, at);
        Lists {
            as_of,
            is_fresh: as_of.is_some() && is_trusted && held.all(|status| self.is_fresh(status, at)),
        }
    }

    fn is_fresh(&self, status: &RevocationStatus, at: i64) -> bool {
        at.saturating_sub(status.as_of()) <= i64::from(self.trust.policy.status_max_age_secs)
            && at < status.expires_at()
            && !self.trust.is_ahead(status.as_of(), at)
    }

    /// Checks `text` at `at` (Unix seconds).
    #[must_use]
    pub fn check(&self, text: &str, at: i64) -> Verdict {
        let mut verdict = Verdict::unknown(at.saturating_sub(self.trust.issued_at));
        let outcome = self.run(text, at, &mut verdict);
        verdict.conclude(outcome);
        verdict
    }

    fn run(&self, text: &str, at: i64, verdict: &mut Verdict) -> Result<(), Refusal> {
        let mut buffer = [0; MAX_CODE_BYTES];
        let bytes = code_bytes(text, &mut buffer)?;
        if let Ok(paper) = PaperParts::read_bytes(bytes) {
            return self.run_paper(&paper, at, verdict);
        }
        let parts = PresentationParts::read_bytes(bytes)?;
        let view = parts.view()?;
        let credential = &view.credential;

        let mut scratch = Vec::with_capacity(2 * MAX_CODE_BYTES);
        let issuer =
            parts
                .credential
                .signed_by(credential, &self.issuers, &self.trust, at, &mut scratch)?;
        parts.sign1.signed_bytes(PRESENTATION_AAD, &mut scratch);
        if !credential
            .device_key
            .verify(&scratch, parts.sign1.signature)
        {
            return Err(Refusal::PresentationSignature);
        }
        verdict.fill(credential, &self.trust.regions[issuer.region_index]);
        verdict.presentation_age_secs = Some(at.saturating_sub(view.issued_at));
        self.map_colour(verdict);

        credential.check_time(&self.trust, issuer.division, at)?;
        let policy = &self.trust.policy;
        if at.saturating_sub(view.issued_at) > i64::from(policy.accept_secs) {
            return Err(Refusal::PresentationTooOld);
        }
        if view.issued_at.saturating_sub(at) > i64::from(policy.skew_secs) {
            return Err(Refusal::PresentationFromFuture);
        }
        let end = credential.counts_until(&self.trust, issuer.division, at);
        if !(credential.issued_at..end).contains(&view.issued_at) {
            return Err(Refusal::PresentationOutsideCredential);
        }
        if view.audience.is_some() && view.audience != self.place.as_deref() {
            return Err(Refusal::WrongAudience);
        }
        let place = (credential.expires_at, credential.scope.status_index);
        if self.is_revoked(issuer.key_id, place, at, verdict) {
            return Err(Refusal::Revoked);
        }
        self.check_replay(
            PresentationId {
                credential: parts.credential.signature_r(),
                issued_at: view.issued_at,
                is_for_this_place: view.audience.is_some(),
            },
            at,
        )?;
        self.require_admitted(verdict)
    }

    /// A sheet of paper: nobody is let in for it alone.
    fn run_paper(
        &self,
        paper: &PaperParts<'_>,
        at: i64,
        verdict: &mut Verdict,
    ) -> Result<(), Refusal> {
        let view = paper.view()?;
        let issuer = paper.signed_by(&view, &self.issuers, &self.trust, at)?;
        verdict.fill_paper(&view, &self.trust.regions[issuer.region_index]);
        view.check_time(&self.trust, at)?;
        let place = (view.expires_at, view.status_index);
        if self.is_revoked(issuer.key_id, place, at, verdict) {
            return Err(Refusal::PaperRevoked);
        }
        if !verdict.status_checked {
            return Err(Refusal::PaperNeedsStatusList);
        }
        verdict.colour = Some(COLOUR_OF_PAPER);
        verdict.local_colour = verdict.colour;
        self.map_colour(verdict);
        self.require_admitted(verdict)?;
        let papers = self.papers.lock();
        let mut papers = papers.unwrap_or_else(PoisonError::into_inner);
        Err(match papers.show(paper_id(&paper.signature_r()), at) {
            SeenAt::Elsewhere => Refusal::PaperShownElsewhere,
            SeenAt::Here => Refusal::PaperShownAgain,
            SeenAt::Nowhere => Refusal::CompareWithDocument,
        })
    }

    /// Which sheets of paper held here within the minute before `at` (Unix seconds), for doors that share their lists: their
    /// numbers and times, no name. An empty list where none was.
    #[must_use]
    pub fn papers_seen(&self, at: i64) -> Vec<u8> {
        let papers = self.papers.lock();
        papers.unwrap_or_else(PoisonError::into_inner).export(at)
    }

    /// Takes the list of another door, as its [`Checkpoint::papers_seen`] gave it. From then on a sheet that was there within a
    /// minute is named. Tells how many of its sheets were shown here as well within a minute, one of the two being a copy.
    ///
    /// # Errors
    /// [`PapersSeenError`]; nothing changes then.
    pub fn add_papers_seen(&self, list: &[u8]) -> Result<u32, PapersSeenError> {
        let papers = self.papers.lock();
        papers.unwrap_or_else(PoisonError::into_inner).add(list)
    }

    fn require_admitted(&self, verdict: &Verdict) -> Result<(), Refusal> {
        let admit = &self.trust.policy.admit;
        let is_admitted = verdict
            .local_colour
            .is_some_and(|colour| admit.contains(&colour));
        is_admitted.then_some(()).ok_or(Refusal::ColourNotAdmitted)
    }

    fn map_colour(&self, verdict: &mut Verdict) {
        let (Some(division), Some(scheme), Some(colour)) =
            (verdict.region, verdict.scheme, verdict.colour)
        else {
            return;
        };
        if let Some(mapping) = self
            .trust
            .mapping(division, scheme, colour, self.local_division)
        {
            verdict.local_colour = Some(mapping.to_colour);
            verdict.mapping_rule = Some(mapping.rule_id.clone());
            verdict.mapping_text = Some(mapping.text.clone());
        }
    }

    /// A list that is too old or dated ahead still refuses what it revokes (nothing is un-revoked), but does not count as
    /// a check.
    fn is_revoked(
        &self,
        key_id: [u8; 8],
        (expires_at, status_index): (i64, u32),
        at: i64,
        verdict: &mut Verdict,
    ) -> bool {
        let revocations = self.revocations.read();
        let revocations = revocations.unwrap_or_else(PoisonError::into_inner);
        let Some(status) = revocations.get(&key_id) else {
            return false;
        };
        verdict.status_age_secs = Some(at.saturating_sub(status.as_of()));
        verdict.status_checked = self.is_fresh(status, at);
        status.is_revoked(expires_at, status_index)
    }

    fn check_replay(&self, shown: PresentationId, at: i64) -> Result<(), Refusal> {
        let replay = self.replay.lock();
        let mut replay = replay.unwrap_or_else(PoisonError::into_inner);
        let is_new = replay.insert(shown, at);
        is_new.then_some(()).ok_or(Refusal::Replayed)
    }
}

#[cfg(test)]
#[path = "checking_tests.rs"]
mod tests;
