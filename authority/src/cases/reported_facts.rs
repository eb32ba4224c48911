//! Facts that laboratories reported: read with what is known of a subject, before the rules.
//!
//! Invariant: of each result the highest version counts, and none that was withdrawn; what is told of it is its day and which report
//! it is. Decides no colour.

use std::collections::BTreeMap;

use health_code_core::rules::{DeclaredFacts, FactAnswer, fact};
use serde::{Deserialize, Serialize};

use super::Refusal;
use super::definitions::Definitions;
use super::records::kinds;
use crate::store::{Kind, Record, Rows, StoreError};

/// Most results whose facts are kept, the newest samples: the rules ask for the newest of each fact.
const MAX_KEPT: usize = 200;

/// What laboratories reported of a subject, and how far the phone can be told.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportedFacts {
    /// Number of the newest change.
    pub(crate) changes: u32,
    /// What tells that change from another one of its number.
    pub(crate) mark: String,
    /// Marks of the reports that are here, each with when it goes, Unix seconds.
    pub(crate) taken: BTreeMap<String, i64>,
    results: Vec<ReportedResult>,
}

/// What counts of one result.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportedResult {
    /// Laboratory and its id of the result.
    pub(crate) report: String,
    pub(crate) version: u32,
    /// Unix seconds.
    pub(crate) sampled_at: i64,
    /// Id of a fact; none: the rules do not see it.
    pub(crate) fact: Option<String>,
    pub(crate) dose: Option<u8>,
}

impl Record for ReportedFacts {
    const KIND: Kind = kinds::REPORTED_FACTS;
}

impl ReportedFacts {
    /// Takes a version of a result in; one that is older than what is here changes nothing.
    pub(crate) fn take(&mut self, new: ReportedResult) {
        let mut held = self.results.iter();
        if held.any(|one| one.report == new.report && one.version > new.version) {
            return;
        }
        self.results.retain(|one| one.report != new.report);
        self.results.push(new);
        self.results.sort_by_key(|one| one.sampled_at);
        let surplus = self.results.len().saturating_sub(MAX_KEPT);
        self.results.drain(..surplus);
    }

    /// Until when some of what is here waits under the document as well, Unix seconds; none where nothing does at `now`.
    pub(crate) fn kept_until(rows: &Rows, now: i64) -> Result<Option<i64>, StoreError> {
        let reported = rows.get::<Self>()?.unwrap_or_default();
        let last = reported.taken.into_values().max();
        Ok(last.filter(|until| *until >= now))
    }

    /// Whether any of it is a fact.
    pub(crate) fn is_anything_known(&self) -> bool {
        self.results.iter().any(|one| one.fact.is_some())
    }

    /// As the rules are told, oldest sample first; a day after `today` (`YYYY-MM-DD`) counts as today.
    pub(super) fn facts(
        &self,
        definitions: &Definitions,
        today: &str,
    ) -> Result<Vec<DeclaredFacts>, Refusal> {
        let mut facts = Vec::new();
        for one in &self.results {
            // One of a later version is that version's to judge.
            let Some(fact) = one.fact.as_deref().and_then(fact) else {
                continue;
            };
            let sampled_on = definitions.day(one.sampled_at)?;
            let on = sampled_on.as_str().min(today);
            let day = on
                .parse()
                .map_err(|_| Refusal::Failed("time_out_of_range"))?;
            let Some(value) = fact.value(&[FactAnswer::Date(day)], day) else {
                continue;
            };
            let told = DeclaredFacts::nothing_told(on)
                .with(fact.member(), value)
                .with("report", one.report.clone());
            facts.push(match one.dose {
                Some(dose) => told.with("vaccinationDose", dose),
                None => told,
            });
        }
        Ok(facts)
    }
}

health_code_core::hidden_debug!(ReportedFacts, ReportedResult);
