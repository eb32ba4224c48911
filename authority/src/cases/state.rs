//! What a subject holds now: receipt and credential, and what other parts there are.
//!
//! Invariant: a look decides anew when the day has turned or another rule set is in force. A credential is bound to a key
//! that the phone offers for it. A phone that offers none gets one for its own key when one is due, so that it has what it
//! needs afterwards; of one that offers keys a look issues nothing until the last one has run out. Writes only where something is due.

use health_code_core::wire::{Parts, SubjectId};
use serde::{Deserialize, Serialize};

use super::changes;
use super::decide::{self, Decider};
use super::devices::{Device, SubjectKey};
use super::issue::{self, Drawn, Issuance, Issuer, OfferedKey};
use super::records::{CredentialRecord, Credentials, DecisionRecord};
use super::subjects::Care;
use super::{Authority, Refusal, acts};
use crate::store::{CitizenId, RowKey, Rows, Unit, UnitId};

/// A credential asked for within this time is the one issued before, seconds.
const REISSUE_PAUSE_SECS: i64 = 60;
/// An act of the server's own cannot come again after this time, seconds.
const KEPT_SECS: i64 = 86_400;

/// Receipt and credentials, base64url, and the parts beside them.
#[derive(Default)]
pub(crate) struct Held {
    pub(crate) receipt: Option<String>,
    pub(crate) credential: Option<String>,
    /// The rest of its batch.
    pub(crate) others: Vec<String>,
    pub(crate) parts: Parts,
}

/// What is asked for.
#[derive(Clone)]
enum Asked {
    /// What the subject holds.
    State,
    /// Credentials for the first of these keys; one for the subject's own where there are none.
    Credential(Vec<OfferedKey>),
}

impl Asked {
    /// The keys to bind credentials to, where it is not the subject's own.
    fn offered(&self) -> &[OfferedKey] {
        match self {
            Self::State => &[],
            Self::Credential(keys) => keys,
        }
    }

    /// Whether `newest`, which serves at `at` (Unix seconds), is good enough.
    fn keeps(&self, newest: &CredentialRecord, at: i64) -> bool {
        let is_due = issue::is_due(newest, at);
        match self {
            Self::State => !newest.offered_key.is_empty() || !is_due,
            Self::Credential(keys) => {
                let is_for_one = keys.iter().any(|key| newest.is_for(&key.text()));
                at - newest.issued_at < REISSUE_PAUSE_SECS || (is_for_one && !is_due)
            }
        }
    }

    /// Whether one is issued at `at` where there was `newest` for the device with this id, or none.
    fn issues(&self, newest: Option<&CredentialRecord>, device_id: &str, at: i64) -> bool {
        let offers = newest.is_some_and(|newest| offers_keys(newest, device_id, at));
        matches!(self, Self::Credential(_)) || !offers
    }
}

/// Whether the device with this id offers keys for its credentials, as seen at `at` (Unix seconds). One that does offers
/// another before the last has run out, or with it; one that only looks then has an older app again.
fn offers_keys(newest: &CredentialRecord, device_id: &str, at: i64) -> bool {
    newest.device_id == device_id && !newest.offered_key.is_empty() && newest.expires_at > at
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
        let reads = self.reads(device, subject);
        let rows = self.units.read(device.citizen, subject, reads).await?;
        let key = device.key(&rows)?;
        let may_issue = self.issuer.may_issue(&rows, &key)?;
        if let Some(held) = current(&decider, &key, &rows, now, may_issue)? {
            return self.with_parts(device, held, &rows);
        }
        self.refresh(device, subject, decider, now, Asked::State)
            .await
    }

    /// What a subject of this device holds, with credentials for the first of the keys that it `offered`, as many as policy gives
    /// at once, or with one for its own where it offered none. One that was issued within the last minute, or for one of these keys, is not replaced.
    pub(crate) async fn new_credential(
        &self,
        device: &Device,
        subject: &SubjectId,
        offered: Vec<OfferedKey>,
    ) -> Result<Held, Refusal> {
        self.require_issuing()?;
        let reads = self.reads(device, subject);
        let rows = self.units.read(device.citizen, subject, reads).await?;
        let key = device.key(&rows)?;
        let own = [key.public_key, device.public_key];
        if offered.iter().any(|one| own.contains(&one.public_key)) {
            return Err(Refusal::invalid("keys", "key_of_device"));
        }
        // Nothing declared and nothing ordered yet.
        if rows.get::<DecisionRecord>()?.is_none() && !decide::is_anything_known(&rows)? {
            return self.with_parts(device, Held::default(), &rows);
        }
        let asked = Asked::Credential(offered);
        self.refresh(device, subject, self.decider(), self.now(), asked)
            .await
    }

    async fn refresh(
        &self,
        device: &Device,
        subject: &SubjectId,
        decider: Decider,
        now: i64,
        asked: Asked,
    ) -> Result<Held, Refusal> {
        let wanted = asked.offered().len().clamp(1, self.issuer.batch.into());
        let mut leased = Vec::with_capacity(wanted);
        let mut drawn = Vec::with_capacity(wanted);
        for _ in 0..wanted {
            let index = self.take_status_index(now).await?;
            let [one, other] = [self.random()?, self.random()?].map(u32::from_be_bytes);
            drawn.push(Drawn {
                status_index: index.index,
                spread: [one, other],
            });
            leased.push(index);
        }
        let refresh = Refresh {
            id: UnitId::new(acts::OWN, self.random()?),
            reads: self.reads(device, subject),
            device,
            subject,
            decider,
            issuer: &self.issuer,
            issuance: Issuance {
                at: now,
                sure_now: self.sure_now(),
                over_by: self.over_by(),
                drawn,
                terms: self.bundles.terms(),
            },
            asked,
        };
        let done = self.units.run(&refresh).await?;
        if !done.answer.issued {
            for index in leased {
                self.return_status_index(index).await;
            }
        }
        self.announce(done.answer.revoked);
        let held = held(&done.rows, &device.key(&done.rows)?, now)?;
        self.with_parts(device, held, &done.rows)
    }

    fn reads(&self, device: &Device, subject: &SubjectId) -> Vec<RowKey> {
        let mut reads = decide::reads(subject);
        reads.push(RowKey::for_record::<Care>(subject));
        reads.extend(device.reads(subject));
        for read in self.part_reads(subject) {
            if !reads.contains(&read) {
                reads.push(read);
            }
        }
        reads
    }

    fn with_parts(&self, device: &Device, held: Held, rows: &Rows) -> Result<Held, Refusal> {
        Ok(Held {
            parts: self.parts_held(device.citizen, rows)?,
            ..held
        })
    }
}

/// The newest credential of this device.
fn newest(rows: &Rows, device_id: &str) -> Result<Option<CredentialRecord>, Refusal> {
    let credentials = rows.get::<Credentials>()?;
    Ok(credentials.and_then(|all| all.newest_of(device_id)))
}

fn held(rows: &Rows, key: &SubjectKey<'_>, now: i64) -> Result<Held, Refusal> {
    let Some(decision) = rows.get::<DecisionRecord>()? else {
        return Ok(Held::default());
    };
    let newest = newest(rows, key.device_id)?;
    let newest = newest.filter(|newest| issue::serves(newest, key, &decision, now));
    let (credential, others) = newest
        .map(|newest| (newest.credential, newest.others))
        .unzip();
    let others = others.into_iter().flatten();
    Ok(Held {
        receipt: Some(decision.receipt),
        credential,
        others: others
            .filter(|one| one.expires_at > now)
            .map(|one| one.credential)
            .collect(),
        parts: Parts::default(),
    })
}

/// What is stored, where nothing is due; none where something must be written first.
fn current(
    decider: &Decider,
    key: &SubjectKey<'_>,
    rows: &Rows,
    now: i64,
    may_issue: bool,
) -> Result<Option<Held>, Refusal> {
    let Some(decision) = rows.get::<DecisionRecord>()? else {
        // Nothing declared and nothing ordered yet, or a rule set that failed until now.
        let is_known = decide::is_anything_known(rows)?;
        return Ok((!is_known).then(Held::default));
    };
    let scheme = decide::scheme(&decider.definitions, rows)?;
    let rules = decider.definitions.rules_of(scheme);
    let is_of_today = decision.decided_day == decider.definitions.day(now)?
        && decision.scheme == scheme
        && decision.rule_set_id == rules.id
        && decision.rule_version == rules.version
        && decider.is_servable(&decision, now)
        && !changes::is_due(rows, decider.restored)?
        && decider.stands_certified(&decision, rows, now)?;
    let newest = newest(rows, key.device_id)?;
    let is_served = newest.is_some_and(|newest| {
        let serves = issue::serves(&newest, key, &decision, now);
        offers_keys(&newest, key.device_id, now) || (serves && Asked::State.keeps(&newest, now))
    });
    if is_of_today && (is_served || !may_issue) {
        held(rows, key, now).map(Some)
    } else {
        Ok(None)
    }
}

/// Decides anew, then issues unless the newest credential serves.
struct Refresh<'a> {
    id: UnitId,
    reads: Vec<RowKey>,
    device: &'a Device,
    subject: &'a SubjectId,
    decider: Decider,
    issuer: &'a Issuer,
    issuance: Issuance,
    asked: Asked,
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
        self.reads.clone()
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
        let newest = newest(rows, key.device_id)?;
        let is_kept = newest.as_ref().is_some_and(|newest| {
            issue::serves(newest, &key, &decided.decision, at) && self.asked.keeps(newest, at)
        });
        let issues = !is_kept
            && self.asked.issues(newest.as_ref(), key.device_id, at)
            && self.issuer.may_issue(rows, &key)?;
        let revoked = if issues {
            let offered = self.asked.offered();
            self.issuer
                .issue(rows, &key, offered, &decided.decision, &self.issuance)?
        } else {
            0
        };
        Ok(Refreshed {
            issued: issues,
            revoked: decided.revoked + revoked,
        })
    }
}
