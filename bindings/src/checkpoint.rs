//! The checkpoint's object. Methods only carry over: what they do is the core's.

use std::sync::Arc;

use health_code_core::code::{self, Lists, Verdict};
use health_code_core::ports::Clock;
use health_code_core::system::SystemClock;
use health_code_core::trust::{self, StatusList, TrustBundle};

use crate::error::{HealthCodeError, guarded};
use crate::handle::bytes32;

/// A place where codes are checked, without a network. May be used from any thread.
#[derive(uniffi::Object)]
pub struct CoreCheckpoint(code::Checkpoint);

/// Whose codes a checkpoint knows, and since when.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TrustSummary {
    /// Version of the trust bundle: keep it and pass it as `lowest_version` next time.
    pub version: u64,
    /// When it was signed, Unix seconds.
    pub issued_at: i64,
    /// When it ends, Unix seconds.
    pub expires_at: i64,
    /// Divisions (GB/T 2260) whose codes are known.
    pub divisions: Vec<u32>,
}

/// What a region signed.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct SignedData {
    /// What was signed, for a form, a rule set or a receipt its JSON.
    pub payload: Vec<u8>,
    /// The division (GB/T 2260) whose authority signed it.
    pub division: u32,
}

#[uniffi::export]
impl CoreCheckpoint {
    /// A checkpoint that trusts the regions of `trust_bundle`, signed by the national root `root_key` (Ed25519, 32
    /// bytes). `place`: its place id, for codes made for one place. `local_division`: where it stands, for the meaning
    /// of other regions' colours. `lowest_version`: of the trust bundles seen so far. `at`: the time in Unix seconds
    /// where it is not the system's.
    ///
    /// # Errors
    /// `Bundle`, `Argument`.
    #[uniffi::constructor(default(place = None, local_division = None, lowest_version = 0, at = None))]
    pub fn open(
        trust_bundle: Vec<u8>,
        root_key: Vec<u8>,
        place: Option<String>,
        local_division: Option<u32>,
        lowest_version: u64,
        at: Option<i64>,
    ) -> Result<Arc<Self>, HealthCodeError> {
        guarded(|| {
            let root_key = bytes32(&root_key)?;
            let is_place = place.as_deref().is_none_or(code::is_audience);
            if !is_place {
                return Err(HealthCodeError::argument());
            }
            let at = at.unwrap_or_else(now_secs);
            let trust = TrustBundle::open(&trust_bundle, &root_key, at, lowest_version)?;
            Ok(Arc::new(Self(code::Checkpoint::new(
                trust,
                place,
                local_division,
            ))))
        })
    }

    /// Takes a status list: first a base of an issuer key, then those that follow on it, oldest first, as
    /// `CoreHealthCode.status_lists` gives them. One that says nothing newer changes nothing. `lowest_until`: what is older
    /// is refused. Gives the time until which the list says what was revoked, Unix seconds.
    ///
    /// # Errors
    /// `Bundle`; `bundle_delta_gap` where the lists before are missing.
    #[uniffi::method(default(lowest_until = 0, at = None))]
    pub fn add_status_list(
        &self,
        status_list: Vec<u8>,
        lowest_until: i64,
        at: Option<i64>,
    ) -> Result<i64, HealthCodeError> {
        guarded(|| {
            let at = at.unwrap_or_else(now_secs);
            let list = StatusList::open(&status_list, self.0.trust(), at, lowest_until)?;
            let until = list.span().until;
            self.0.add_status_list(list)?;
            Ok(until)
        })
    }

    /// Checks the text of a scanned code at `at`, Unix seconds, the system's time where it is left out.
    ///
    /// # Errors
    /// `Internal` alone: a code that is refused has a verdict.
    #[uniffi::method(default(at = None))]
    pub fn check(&self, text: String, at: Option<i64>) -> Result<Verdict, HealthCodeError> {
        guarded(|| Ok(self.0.check(&text, at.unwrap_or_else(now_secs))))
    }

    /// How much the status lists that it took say at `at`, Unix seconds, the system's time where it is left out.
    ///
    /// # Errors
    /// `Internal` alone.
    #[uniffi::method(default(at = None))]
    pub fn lists(&self, at: Option<i64>) -> Result<Lists, HealthCodeError> {
        guarded(|| Ok(self.0.lists(at.unwrap_or_else(now_secs))))
    }

    /// Which sheets of paper held here within the last minute, for doors that share their lists: numbers and times, no name.
    /// `at`: Unix seconds, the system's time where it is left out.
    ///
    /// # Errors
    /// `Internal` alone.
    #[uniffi::method(default(at = None))]
    pub fn papers_seen(&self, at: Option<i64>) -> Result<Vec<u8>, HealthCodeError> {
        guarded(|| Ok(self.0.papers_seen(at.unwrap_or_else(now_secs))))
    }

    /// Takes the list of another door. A sheet that was there within a minute is named from then on. Gives how many of its
    /// sheets were shown here as well within a minute: of each two one is a copy.
    ///
    /// # Errors
    /// `Argument`, with `papers_seen_unreadable` or `papers_seen_too_large`; nothing changes then.
    pub fn add_papers_seen(&self, list: Vec<u8>) -> Result<u32, HealthCodeError> {
        guarded(|| Ok(self.0.add_papers_seen(&list)?))
    }

    /// Opens what the authority of a known region signed, such as the published form or rules. `content_type`:
    /// `application/health-code-form+json`, `application/health-code-rules+json`, `application/health-code-receipt+json`.
    ///
    /// # Errors
    /// `Bundle`.
    #[uniffi::method(default(at = None))]
    pub fn open_signed(
        &self,
        content_type: String,
        bundle: Vec<u8>,
        at: Option<i64>,
    ) -> Result<SignedData, HealthCodeError> {
        guarded(|| {
            let at = at.unwrap_or_else(now_secs);
            let opened = trust::open_bundle(&content_type, &bundle, self.0.trust(), at)?;
            Ok(SignedData {
                payload: opened.payload.to_vec(),
                division: opened.division,
            })
        })
    }

    /// Whose codes it knows.
    ///
    /// # Errors
    /// `Internal` alone.
    pub fn trust(&self) -> Result<TrustSummary, HealthCodeError> {
        guarded(|| {
            let trust = self.0.trust();
            Ok(TrustSummary {
                version: trust.version,
                issued_at: trust.issued_at,
                expires_at: trust.expires_at,
                divisions: trust.regions.iter().map(|region| region.division).collect(),
            })
        })
    }
}

fn now_secs() -> i64 {
    SystemClock.read().wall_ms.div_euclid(1_000)
}

health_code_core::hidden_debug!(SignedData);
