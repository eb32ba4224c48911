//! From the document to the citizen: what was reported comes to whoever is registered with the document.
//!
//! Invariant: reports, the facts that follow and the colour by the rules are one act on the citizen, and each report is taken in
//! once. What is on the list of what is to be delivered is looked at again until somebody did; who is registered later finds it with
//! the registration. Reports stay under the document: an erasing takes none of them, and whoever registers again has them.

use health_code_core::capability::results::ResultRecord;
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::taking::KeptReport;
use crate::cases::decide::{self, Decider};
use crate::cases::records::{Registration, kinds, numbered};
use crate::cases::register::spaces;
use crate::cases::reported_facts::{ReportedFacts, ReportedResult};
use crate::cases::{Authority, Refusal, acts};
use crate::store::{
    CitizenId, Kind, Later, Record, RowKey, Rows, StoreError, Unique, Unit, UnitId,
};

/// Most reports that one act takes in: an act must not grow without end.
const AT_ONCE: usize = 100;
/// Most places of the list that are looked at in one go.
const PLACES_AT_ONCE: u32 = 1_000;
/// An act of the server's own cannot come again after this time, seconds.
const KEPT_SECS: i64 = 86_400;

/// One version of a result as it is told to the phone, by its number among the changes.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredResult {
    pub(super) record: ResultRecord,
    /// What tells it from another one of its number.
    pub(super) mark: String,
}

impl Record for StoredResult {
    const KIND: Kind = kinds::RESULT;
}

health_code_core::hidden_debug!(StoredResult);

/// Delivers what is on the list.
pub(crate) fn deliver_what_waits(authority: &Authority) -> Later<'_, Result<(), StoreError>> {
    Box::pin(async move {
        let store = authority.units.store();
        let space = spaces::REPORT_TO_DELIVER;
        let mut after = Vec::new();
        loop {
            let places = store.reserved(space, after, PLACES_AT_ONCE).await?;
            let Some((last, _)) = places.last() else {
                return Ok(());
            };
            after = last.value.clone();
            for (unique, owner) in places {
                let Some((document, _)) = unique.value.split_first_chunk::<32>() else {
                    continue;
                };
                match authority.deliver_reports(document).await {
                    Ok(()) => store.release(unique, owner).await?,
                    Err(Refusal::Store(error)) => return Err(error),
                    // Whatever is wrong with one, the others come.
                    Err(_) => tracing::warn!("a laboratory's report could not be delivered"),
                }
            }
        }
    })
}

impl Authority {
    /// Delivers what was just reported under these documents; what fails is on the list still.
    pub(super) async fn deliver_soon(&self, documents: Vec<[u8; 32]>) {
        for document in documents {
            if let Err(error) = self.deliver_listed(&document).await {
                tracing::warn!(code = error.code(), "a laboratory's report waits");
            }
        }
    }

    async fn deliver_listed(&self, document: &[u8; 32]) -> Result<(), StoreError> {
        let store = self.units.store();
        let space = spaces::REPORT_TO_DELIVER;
        // Those that are listed before the look are in it.
        let from = document.to_vec();
        let listed = store.reserved(space, from, PLACES_AT_ONCE).await?;
        match self.deliver_reports(document).await {
            Ok(()) => {}
            Err(Refusal::Store(error)) => return Err(error),
            Err(_) => return Ok(()),
        }
        let of_it = |(unique, _): &(Unique, _)| unique.value.starts_with(document);
        for (unique, owner) in listed.into_iter().filter(of_it) {
            store.release(unique, owner).await?;
        }
        Ok(())
    }

    /// Brings what waits under a document to whoever is registered with it; nothing where nobody is.
    pub(crate) async fn deliver_reports(&self, document: &[u8; 32]) -> Result<(), Refusal> {
        let whose = SubjectId::OWNER;
        let place = self.place_of(document);
        let rows = self.units.read_subject(place, &whose).await?;
        let mut reports = Vec::new();
        for (row, _) in rows.all_read().filter(|(row, _)| row.kind == kinds::REPORT) {
            reports.extend(rows.get_at::<KeptReport>(row)?);
        }
        let now = self.now();
        reports.retain(|report| report.kept_until >= now);
        if reports.is_empty() {
            return Ok(());
        }
        let unique = Unique {
            space: spaces::DOCUMENT,
            value: document.to_vec(),
        };
        let Some(owner) = self.units.store().owner(unique).await? else {
            return Ok(());
        };
        let standing = self.standing(owner.citizen, "").await?;
        if standing.document(self)?.as_deref() != Some(document.as_slice()) {
            return Ok(());
        }
        reports.sort_by(|left, right| {
            let of = |one: &KeptReport| (one.reported_at, one.version);
            of(left)
                .cmp(&of(right))
                .then_with(|| left.mark.cmp(&right.mark))
        });
        let decider = self.decider();
        for some in reports.chunks(AT_ONCE) {
            let take_in = TakeIn {
                id: UnitId::new(acts::OWN, self.random()?),
                citizen: owner.citizen,
                reports: some,
                decider: &decider,
                now,
            };
            let done = self.units.run(&take_in).await?;
            self.announce(done.answer.revoked);
        }
        Ok(())
    }
}

/// Reports come to a citizen.
struct TakeIn<'a> {
    id: UnitId,
    citizen: CitizenId,
    reports: &'a [KeptReport],
    decider: &'a Decider,
    now: i64,
}

#[derive(Serialize, Deserialize)]
struct TakenIn {
    revoked: usize,
}

impl Unit for TakeIn<'_> {
    type Answer = TakenIn;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.citizen
    }

    fn subject(&self) -> SubjectId {
        SubjectId::OWNER
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.now + KEPT_SECS)
    }

    fn reads(&self) -> Vec<RowKey> {
        decide::reads(&SubjectId::OWNER)
    }

    fn apply(&self, rows: &mut Rows) -> Result<TakenIn, Refusal> {
        // Erased meanwhile: whoever registers next has them.
        if rows.get::<Registration>()?.is_none() {
            return Ok(TakenIn { revoked: 0 });
        }
        let mut reported = rows.get::<ReportedFacts>()?.unwrap_or_default();
        reported.taken.retain(|_, until| *until >= self.now);
        let before = reported.changes;
        for report in self.reports {
            if reported.taken.contains_key(&report.mark) {
                continue;
            }
            reported.changes += 1;
            reported.mark.clone_from(&report.mark);
            reported
                .taken
                .insert(report.mark.clone(), report.kept_until);
            reported.take(ReportedResult {
                report: format!("{}/{}", report.laboratory, report.id),
                version: report.version,
                sampled_at: report.sampled_at,
                fact: report.fact.clone(),
                dose: report.dose.map(|dose| dose.number),
            });
            let stored = StoredResult {
                mark: report.mark.clone(),
                record: report.clone().told(self.citizen),
            };
            let place = numbered::<StoredResult>(rows.subject(), reported.changes);
            rows.put_at(place, &stored)?;
        }
        if reported.changes == before {
            return Ok(TakenIn { revoked: 0 });
        }
        rows.put(&reported)?;
        let decided = self.decider.decide(self.citizen, rows, self.now)?;
        Ok(TakenIn {
            revoked: decided.map_or(0, |decided| decided.revoked),
        })
    }
}
