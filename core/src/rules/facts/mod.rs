//! What counts for the colour in a declaration: one file a fact, one row in [`FACTS`].
//!
//! A fact is the id that a form's field carries (`"fact": "temperature"`), a member of the declaration in the evidence,
//! members of what the rules see, and the risks that it tells of. To add one: its file, its row, its line in docs/FORMS.md.
//!
//! Invariant: no fact says who the person is; an id or a member, once released, keeps its meaning; a fact that nobody
//! told leaves no trace, so that versions which do not know it can still judge (those of the first version have one).
//! Decides nothing: that is the rule set's.

mod certificate;
mod contact;
mod day_told;
mod declared;
mod entry_date;
mod exposure_date;
mod high_risk_stay;
mod negative_test_date;
mod positive_test_date;
mod recovery_date;
mod report;
mod stay_country;
mod stay_days;
mod symptoms;
mod temperature;
mod vaccination_date;
mod vaccination_dose;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::RuleError;
use super::certlogic::parse_day;
use crate::sorting;

pub use declared::DeclaredFacts;
pub use temperature::FEVER_TENTHS_CELSIUS;

/// Every fact that counts for a colour: one file each, one row here.
pub static FACTS: &[&dyn Fact] = &[
    &temperature::Temperature,
    &symptoms::Symptoms,
    &high_risk_stay::HighRiskStay,
    &contact::Contact,
    &exposure_date::ExposureDate,
    &entry_date::ENTRY_DATE,
    &stay_country::StayCountry,
    &stay_days::StayDays,
    &negative_test_date::NEGATIVE_TEST_DATE,
    &positive_test_date::POSITIVE_TEST_DATE,
    &vaccination_date::VACCINATION_DATE,
    &vaccination_dose::VaccinationDose,
    &report::Report,
    &recovery_date::RECOVERY_DATE,
    &certificate::Certificate,
];

/// Something that a citizen declares and rules ask for.
pub trait Fact: Sync {
    /// Id, as forms name it.
    fn id(&self) -> &'static str;

    /// Kinds of answers that can tell it; a form that asks otherwise is refused.
    fn answer_kinds(&self) -> &'static [AnswerKind];

    /// Whether several fields of a form may tell it.
    fn may_repeat(&self) -> bool {
        false
    }

    /// Member of the declaration in the evidence.
    fn member(&self) -> &'static str {
        self.id()
    }

    /// The member's value after `answers` (at least one) received on that local day; none tells nothing.
    fn value(&self, answers: &[FactAnswer], received_on: NaiveDate) -> Option<Value>;

    /// The member's value where nothing was told. None for every fact after the first version.
    fn untold(&self) -> Option<Value> {
        None
    }

    /// Whether `value`, as it came in a receipt, can be this member's. `null` is asked of no fact: it is untold.
    fn is_well_formed(&self, value: &Value) -> bool;

    /// Adds what the rules see of it to their `declaration`: always the same members, `null` where nothing was told.
    ///
    /// # Errors
    /// [`RuleError::FactsInconsistent`].
    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError>;

    /// What it puts a person at risk of. Several facts may tell of one risk.
    fn risks(&self) -> &'static [Risk] {
        &[]
    }
}

/// Something that was once the case and counts for some time: the rules see the last day and the check-ins since.
pub struct Risk {
    /// Member of `declared` in the evidence and in what the rules see.
    pub id: &'static str,
    /// Last day on which it was the case by this declaration; of several declarations the latest day counts.
    pub last_day: fn(&DeclaredFacts) -> Result<Option<NaiveDate>, RuleError>,
    /// Ids of facts told in the same declaration that count as long as the risk does: the rules see what they describe with
    /// the risk, whatever is declared later.
    pub carries: &'static [&'static str],
}

/// Kinds of answers that can tell a fact. Texts, documents, phones and divisions say who a person is: none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// A number.
    Number,
    /// Yes or no.
    YesNo,
    /// One of several choices.
    Choice,
    /// Any of several choices.
    Choices,
    /// A day.
    Date,
}

/// An answer that a form accepted.
#[derive(Clone, PartialEq)]
pub enum FactAnswer {
    /// In the unit of the question.
    Number(f64),
    /// Yes or no.
    YesNo(bool),
    /// Id of the choice.
    Choice(String),
    /// Ids in the form's order, without exclusive ones such as "none".
    Choices(Vec<String>),
    /// A day.
    Date(NaiveDate),
}

/// The fact with this id; none where this version does not know it.
#[must_use]
pub fn fact(id: &str) -> Option<&'static dyn Fact> {
    FACTS.iter().find(|fact| fact.id() == id).copied()
}

/// Whether a declaration can have this member, as far as this version knows.
#[must_use]
pub fn is_declared_member(member: &str) -> bool {
    FACTS.iter().any(|fact| fact.member() == member)
}

/// Ids of all risks, each once.
pub(super) fn risk_ids() -> Vec<&'static str> {
    let mut ids: Vec<_> = risks().map(|risk| risk.id).collect();
    sorting::sort_and_dedup(&mut ids);
    ids
}

/// The last day of each risk by this declaration.
pub(super) fn last_days(
    declaration: &DeclaredFacts,
) -> Result<BTreeMap<&'static str, NaiveDate>, RuleError> {
    let mut days = BTreeMap::new();
    for risk in risks() {
        if let Some(day) = (risk.last_day)(declaration)? {
            let last = days.entry(risk.id).or_insert(day);
            *last = (*last).max(day);
        }
    }
    Ok(days)
}

/// The facts that go with a risk.
fn carried(risk: &str) -> impl Iterator<Item = &'static dyn Fact> {
    let of_risk = risks().filter(move |row| row.id == risk);
    of_risk.flat_map(|row| row.carries.iter().filter_map(|id| fact(id)))
}

/// The members of `declaration` that go with a risk that it tells of.
pub(super) fn told_with(risk: &str, declaration: &DeclaredFacts) -> Map<String, Value> {
    let told = carried(risk).filter_map(|fact| {
        let value = declaration.member(fact.member())?;
        Some((fact.member().to_owned(), value.clone()))
    });
    told.collect()
}

/// Refuses members that no fact which goes with the risk has.
pub(super) fn check_told(risk: &str, told: &Map<String, Value>) -> Result<(), RuleError> {
    for (member, value) in told.iter().filter(|(_, value)| !value.is_null()) {
        let fact = carried(risk).find(|fact| fact.member() == member);
        if !fact.ok_or(RuleError::FactUnknown)?.is_well_formed(value) {
            return Err(RuleError::FactsInconsistent);
        }
    }
    Ok(())
}

/// Adds what the rules see of the facts that go with a risk.
pub(super) fn describe_told(
    risk: &str,
    since: &str,
    told: &Map<String, Value>,
    seen: &mut Map<String, Value>,
) -> Result<(), RuleError> {
    let mut declaration = DeclaredFacts::nothing_told(since);
    for (member, value) in told {
        declaration = declaration.with(member, value.clone());
    }
    carried(risk).try_for_each(|fact| fact.describe(&declaration, seen))
}

fn risks() -> impl Iterator<Item = &'static Risk> {
    FACTS.iter().flat_map(|fact| fact.risks())
}

pub(super) fn day(text: &str) -> Result<NaiveDate, RuleError> {
    parse_day(text).ok_or(RuleError::FactsInconsistent)
}

crate::hidden_debug!(FactAnswer);

#[cfg(test)]
mod tests;
