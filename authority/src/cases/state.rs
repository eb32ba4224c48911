//! What a subject holds now: receipt and credential.
//!
//! Invariant: a look decides anew when the day has turned or another rule set is in force, and issues a credential when
//! one is due, so that a phone that comes at all has what it needs afterwards. Writes only where something is due.

use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::decide::{self, Decider};
use super::devices::{Device, SubjectKey};
use super::issue::{self, Issuance, Issuer};
use super::records::{Credentials, DecisionRecord, Registration};
use super::{Authority, Refusal, acts};
use crate::store::{CitizenId, RowKey, Rows, Unit, UnitId};

/// A credential asked for within this time is the one issued before, seconds.
const REISSUE_PAUSE_SECS: i64 = 60;
/// An act of the server's own cannot come again after this time, seconds.
const KEPT_SECS: i64 = 86_400;

/// Receipt and credential, base64url.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) receipt: Option<String>,
    pub(crate) credential: Option<String>,
}

/// Which credential is good enough to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keep {
    /// Every one that serves.
    Serving,
    /// One that serves and was issued within [`REISSUE_PAUSE_SECS`].
    New,
}

impl Authority {
    /// What a subject of this device holds.
    pub(crate) async fn state(
        &self,
        device: &Device,
        subject: &SubjectId,
    ) -> Result<Held, Refusal> {
        self.require_issuing()?;
        let decider = self.decider();
        let now = self.now();
        let reads = reads(device, subject);
        let rows = self.units.read(device.citizen, subject, reads).await?;
        let key = device.key(&rows)?;
        if let Some(held) = current(&decider, &key, &rows, now)? {
            return Ok(held);
        }
        let refreshed = self.refresh(device, subject, decider, now, Keep::Serving);
        refreshed.await
    }

    /// A credential that was issued within the last minute.
    pub(crate) async fn new_credential(
        &self,
        device: &Device,
        subject: &SubjectId,
    ) -> Result<String, Refusal> {
        self.require_issuing()?;
        let held = self.refresh(device, subject, self.decider(), self.now(), Keep::New);
        held.await?
            .credential
            .ok_or_else(|| Refusal::invalid("declaration", "not_declared"))
    }

    async fn refresh(
        &self,
        device: &Device,
        subject: &SubjectId,
        decider: Decider,
        now: i64,
        keep: Keep,
    ) -> Result<Held, Refusal> {
        let leased = self.take_status_index(now).await?;
        let [moved] = self.random()?;
        let refresh = Refresh {
            id: UnitId::new(acts::OWN, self.random()?),
            device,
            subject,
            decider,
            issuer: &self.issuer,
            issuance: Issuance {
                at: now,
                sure_now: self.sure_now(),
                status_index: leased.index,
                moved,
            },
            keep,
        };
        let done = self.units.run(&refresh).await?;
        if !done.answer.issued {
            self.return_status_index(leased).await;
        }
        self.announce(done.answer.revoked);
        held(&done.rows)
    }
}

fn reads(device: &Device, subject: &SubjectId) -> Vec<RowKey> {
    let mut reads = decide::reads(subject);
    reads.push(RowKey::for_record::<Registration>(subject));
    reads.extend(device.reads(subject));
    reads
}

fn held(rows: &Rows) -> Result<Held, Refusal> {
    let Some(decision) = rows.get::<DecisionRecord>()? else {
        return Ok(Held::default());
    };
    let newest = rows.get::<Credentials>()?.and_then(|all| all.newest);
    Ok(Held {
        receipt: Some(decision.receipt),
        credential: newest.map(|newest| newest.credential),
    })
}

/// What is stored, where nothing is due; none where something must be written first.
fn current(
    decider: &Decider,
    key: &SubjectKey<'_>,
    rows: &Rows,
    now: i64,
) -> Result<Option<Held>, Refusal> {
    let Some(decision) = rows.get::<DecisionRecord>()? else {
        // Nothing declared and nothing ordered yet, or a rule set that failed until now.
        let is_known = decide::is_anything_known(rows)?;
        return Ok((!is_known).then(Held::default));
    };
    let rules = &decider.definitions.rule_set;
    let is_of_today = decision.decided_day == decider.definitions.day(now)?
        && decision.rule_set_id == rules.id
        && decision.rule_version == rules.version
        && decider.is_servable(&decision, now);
    let newest = rows.get::<Credentials>()?.and_then(|all| all.newest);
    let is_served = newest.is_some_and(|newest| issue::serves(&newest, key, &decision, now));
    if is_of_today && is_served {
        held(rows).map(Some)
    } else {
        Ok(None)
    }
}

/// Decides anew, then issues unless the newest credential serves.
struct Refresh<'a> {
    id: UnitId,
    device: &'a Device,
    subject: &'a SubjectId,
    decider: Decider,
    issuer: &'a Issuer,
    issuance: Issuance,
    keep: Keep,
}

#[derive(Serialize, Deserialize)]
struct Refreshed {
    issued: bool,
    revoked: usize,
}

impl Unit for Refresh<'_> {
    type Answer = Refreshed;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.device.citizen
    }

    fn subject(&self) -> SubjectId {
        self.subject.clone()
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.issuance.at + KEPT_SECS)
    }

    fn reads(&self) -> Vec<RowKey> {
        reads(self.device, self.subject)
    }

    fn apply(&self, rows: &mut Rows) -> Result<Refreshed, Refusal> {
        let key = self.device.key(rows)?;
        let at = self.issuance.at;
        let Some(decided) = self.decider.decide(self.device.citizen, rows, at)? else {
            return Ok(Refreshed {
                issued: false,
                revoked: 0,
            });
        };
        let newest = rows.get::<Credentials>()?.and_then(|all| all.newest);
        let is_kept = newest.is_some_and(|newest| {
            let is_new = at - newest.issued_at < REISSUE_PAUSE_SECS;
            issue::serves(&newest, &key, &decided.decision, at)
                && (self.keep == Keep::Serving || is_new)
        });
        let revoked = if is_kept {
            0
        } else {
            self.issuer.issue(
                rows,
                self.device.citizen,
                &key,
                &decided.decision,
                self.issuance,
            )?
        };
        Ok(Refreshed {
            issued: !is_kept,
            revoked: decided.revoked + revoked,
        })
    }
}
