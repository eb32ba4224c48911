//! The facts that one declaration tells.
//!
//! Invariant: members that this version does not know are kept as they are: what a later version wrote is not lost.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{FACTS, FactAnswer, day, last_days};
use crate::rules::RuleError;

/// One health declaration, reduced to what counts for the colour.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredFacts {
    /// Local day on which the authority received it, `YYYY-MM-DD`.
    pub date: String,
    /// By member; see [`super::Fact::member`].
    #[serde(flatten)]
    members: Map<String, Value>,
}

impl DeclaredFacts {
    /// A declaration that tells nothing, received on the local day `date`, `YYYY-MM-DD`.
    #[must_use]
    pub fn nothing_told(date: &str) -> Self {
        let untold = |fact: &&dyn super::Fact| Some((fact.member().to_owned(), fact.untold()?));
        Self {
            date: date.to_owned(),
            members: FACTS.iter().filter_map(untold).collect(),
        }
    }

    /// What `answers`, by the id of their fact, tell on the local day of receipt. Unknown ids tell nothing.
    ///
    /// # Errors
    /// [`RuleError::FactsInconsistent`] if `date` is no day.
    pub fn of_answers(
        date: &str,
        answers: &BTreeMap<&str, Vec<FactAnswer>>,
    ) -> Result<Self, RuleError> {
        let received_on = day(date)?;
        let mut declaration = Self::nothing_told(date);
        for fact in FACTS {
            let answers_to_fact = answers.get(fact.id());
            if let Some(value) = answers_to_fact.and_then(|given| fact.value(given, received_on)) {
                declaration = declaration.with(fact.member(), value);
            }
        }
        Ok(declaration)
    }

    /// The same with one member changed.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.members.insert(member.to_owned(), value.into());
        self
    }

    /// The same as if nobody had told this member.
    #[must_use]
    pub fn without(mut self, member: &str) -> Self {
        let fact = FACTS.iter().find(|fact| fact.member() == member);
        match fact.and_then(|fact| fact.untold()) {
            Some(untold) => self.members.insert(member.to_owned(), untold),
            None => self.members.remove(member),
        };
        self
    }

    /// A member that was declared.
    #[must_use]
    pub fn member(&self, member: &str) -> Option<&Value> {
        self.members.get(member).filter(|value| !value.is_null())
    }

    /// Whether a yes-or-no member is yes.
    pub(super) fn is_yes(&self, member: &str) -> bool {
        self.member(member) == Some(&Value::Bool(true))
    }

    pub(super) fn day(&self) -> Result<NaiveDate, RuleError> {
        day(&self.date)
    }

    /// Refuses what this version cannot judge, and members that are none.
    pub(in crate::rules) fn check(&self) -> Result<(), RuleError> {
        // What nobody told changes nothing.
        for (member, value) in self.members.iter().filter(|(_, value)| !value.is_null()) {
            let fact = FACTS.iter().find(|fact| fact.member() == member);
            if !fact.ok_or(RuleError::FactUnknown)?.is_well_formed(value) {
                return Err(RuleError::FactsInconsistent);
            }
        }
        Ok(())
    }

    /// Of declarations in the order of receipt: the newest, for each risk the one that tells its last day, and the
    /// newest of each member that this version does not know. More are never needed, however many a phone sends.
    #[must_use]
    pub fn keep_what_counts(all: Vec<Self>) -> Vec<Self> {
        let mut of_risk: BTreeMap<&str, (NaiveDate, usize)> = BTreeMap::new();
        let mut of_unknown: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, declaration) in all.iter().enumerate() {
            for (risk, day) in last_days(declaration).unwrap_or_default() {
                let kept = of_risk.entry(risk).or_insert((day, index));
                *kept = (*kept).max((day, index));
            }
            let unknown = |member: &&String| FACTS.iter().all(|fact| fact.member() != **member);
            for member in declaration.members.keys().filter(unknown) {
                of_unknown.insert(member, index);
            }
        }
        let mut kept: Vec<usize> = of_risk.into_values().map(|(_, index)| index).collect();
        kept.extend(of_unknown.into_values());
        kept.extend(all.len().checked_sub(1));
        let is_kept = |(index, one)| kept.contains(&index).then_some(one);
        all.into_iter().enumerate().filter_map(is_kept).collect()
    }
}

crate::hidden_debug!(DeclaredFacts);
