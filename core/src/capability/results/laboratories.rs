//! Who may report what, what counts how long and as which fact: published by two officers, gone by at the authority.
//!
//! Invariant: nothing is published that names a fact which is no day, a laboratory twice or a life beyond the cap, so that
//! whatever is in force can be gone by. Judges no signature: keys are JWK sets, read where they are used.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ReportError;
use super::report::is_result_id;
use crate::capability::appeals::APPEAL_REPORTER;
use crate::rules::{AnswerKind, fact};
use crate::words::LocalizedText;

/// Kind of the published bundle.
pub const LABORATORIES_KIND: &str = "laboratories";
/// Content type of the published bundle.
pub const LABORATORIES_TYPE: &str = "application/health-code-laboratories+json";
/// Longest life of a result, and farthest that one may be reported back, hours: a hundred years.
pub const MAX_HOURS: u32 = 100 * 366 * 24;
/// Most of each, and longest name, characters.
const MAX_LABORATORIES: usize = 2_000;
const MAX_KINDS: usize = 64;
const MAX_NAME_CHARS: usize = 80;

/// All of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Laboratories {
    /// Its name in the index.
    pub id: String,
    /// Raised with every change.
    pub version: u64,
    /// How long each kind counts and what it says to the rules.
    pub kinds: Vec<ResultKindPolicy>,
    /// Who may report.
    pub laboratories: Vec<Laboratory>,
}

/// What the region makes of one kind of results.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResultKindPolicy {
    /// Id, such as `nucleic_acid`.
    pub id: String,
    /// For people.
    pub name: LocalizedText,
    /// How long after the sample one may still be reported, hours.
    pub reported_within_hours: u32,
    /// What each outcome counts as; one that is not here counts as nothing.
    pub outcomes: BTreeMap<String, OutcomePolicy>,
}

/// What an outcome counts as.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomePolicy {
    /// How long it counts after the sample, hours; none: without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// Id of the fact that its day is, such as `negativeTestDate`; none: the rules do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
}

/// Who reports.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Laboratory {
    /// Id, in its path and its reports.
    pub id: String,
    /// For people.
    pub name: LocalizedText,
    /// Its public keys, a JWK set (RFC 7517): `{"keys": [...]}`.
    pub jwks: serde_json::Value,
    /// First instant at which it may report, Unix seconds.
    pub not_before: i64,
    /// Last one.
    pub not_after: i64,
    /// From when on it may not any more, though it was to be longer: struck off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub struck_off_at: Option<i64>,
    /// Kinds that it may report; `other` among them: also such as the list does not know.
    pub reports: BTreeSet<String>,
}

impl Laboratories {
    /// Nobody, and the kinds as they usually are: 48 hours of a negative nucleic acid test, 24 of an antigen test.
    #[must_use]
    pub fn usual() -> Self {
        let counts = |hours, fact: &str| OutcomePolicy {
            hours,
            fact: Some(fact.to_owned()),
        };
        let test = |id: &str, (english, chinese): (&str, &str), hours| ResultKindPolicy {
            id: id.to_owned(),
            name: LocalizedText::new(english, chinese),
            reported_within_hours: 14 * 24,
            outcomes: BTreeMap::from([
                (
                    "negative".to_owned(),
                    counts(Some(hours), "negativeTestDate"),
                ),
                ("positive".to_owned(), counts(None, "positiveTestDate")),
            ]),
        };
        let vaccination = ResultKindPolicy {
            id: "vaccination".to_owned(),
            name: LocalizedText::new("Vaccination", "疫苗接种"),
            reported_within_hours: 3 * 366 * 24,
            outcomes: BTreeMap::from([("vaccinated".to_owned(), counts(None, "vaccinationDate"))]),
        };
        Self {
            id: LABORATORIES_KIND.to_owned(),
            version: 1,
            kinds: vec![
                test("nucleic_acid", ("Nucleic acid test", "核酸检测"), 48),
                test("antigen", ("Antigen test", "抗原检测"), 24),
                vaccination,
            ],
            laboratories: Vec::new(),
        }
    }

    /// Reads what is to be published.
    ///
    /// # Errors
    /// [`ReportError::LaboratoriesInvalid`].
    pub fn read_strictly(content: &[u8]) -> Result<Self, ReportError> {
        let list = crate::encoding::json::from_slice::<Self>(content).ok();
        let list = list.filter(Self::is_sound);
        list.ok_or(ReportError::LaboratoriesInvalid)
    }

    /// None where the list does not have it; one that was struck off is there.
    #[must_use]
    pub fn laboratory(&self, id: &str) -> Option<&Laboratory> {
        self.laboratories.iter().find(|one| one.id == id)
    }

    /// The kind with this id; none where the list does not know it.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<&ResultKindPolicy> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    fn is_sound(&self) -> bool {
        let is_each_once = |ids: Vec<&str>| {
            let count = ids.len();
            let all_ids = ids.iter().all(|id| is_result_id(id));
            all_ids && ids.into_iter().collect::<BTreeSet<_>>().len() == count
        };
        self.id == LABORATORIES_KIND
            && self.kinds.len() <= MAX_KINDS
            && self.laboratories.len() <= MAX_LABORATORIES
            && is_each_once(self.kinds.iter().map(|kind| kind.id.as_str()).collect())
            && is_each_once(self.laboratories.iter().map(|it| it.id.as_str()).collect())
            && self.kinds.iter().all(ResultKindPolicy::is_sound)
            && self.laboratories.iter().all(Laboratory::is_sound)
    }
}

impl ResultKindPolicy {
    fn is_sound(&self) -> bool {
        let is_day = |id: &String| {
            fact(id).is_some_and(|fact| fact.answer_kinds().contains(&AnswerKind::Date))
        };
        self.name.faulty_language(MAX_NAME_CHARS).is_none()
            && self.reported_within_hours <= MAX_HOURS
            && self.outcomes.iter().all(|(outcome, policy)| {
                is_result_id(outcome)
                    && policy.hours.is_none_or(|hours| hours <= MAX_HOURS)
                    && policy.fact.as_ref().is_none_or(is_day)
            })
    }
}

impl Laboratory {
    /// Whether it may report at `at`, Unix seconds.
    #[must_use]
    pub fn may_report_at(&self, at: i64) -> bool {
        let is_struck_off = self
            .struck_off_at
            .is_some_and(|struck_off| struck_off <= at);
        (self.not_before..=self.not_after).contains(&at) && !is_struck_off
    }

    fn is_sound(&self) -> bool {
        // By this name facts go that the decision on an appeal added.
        self.id != APPEAL_REPORTER
            && self.name.faulty_language(MAX_NAME_CHARS).is_none()
            && self.not_before <= self.not_after
            && self.reports.iter().all(|kind| is_result_id(kind))
    }
}

crate::hidden_debug!(Laboratories, ResultKindPolicy, OutcomePolicy, Laboratory);
