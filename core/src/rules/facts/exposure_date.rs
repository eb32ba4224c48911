//! The last day of a stay or contact. Kept as days before the day of receipt; unknown counts as none.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};

use super::{AnswerKind, DeclaredFacts, Fact, FactAnswer, day};
use crate::rules::RuleError;

const MEMBER: &str = "daysSince";

pub(super) struct ExposureDate;

impl Fact for ExposureDate {
    fn id(&self) -> &'static str {
        "exposureDate"
    }

    fn answer_kinds(&self) -> &'static [AnswerKind] {
        &[AnswerKind::Date]
    }

    /// The latest counts.
    fn may_repeat(&self) -> bool {
        true
    }

    fn member(&self) -> &'static str {
        MEMBER
    }

    fn value(&self, answers: &[FactAnswer], received_on: NaiveDate) -> Option<Value> {
        let days = answers.iter().filter_map(|answer| match answer {
            FactAnswer::Date(day) => Some(*day),
            _ => None,
        });
        // A day that is still to come counts as the day of receipt.
        let days_since = (received_on - days.max()?).num_days().max(0);
        u32::try_from(days_since).ok().map(Value::from)
    }

    fn untold(&self) -> Option<Value> {
        Some(Value::Null)
    }

    fn is_well_formed(&self, value: &Value) -> bool {
        value
            .as_u64()
            .is_some_and(|days| u32::try_from(days).is_ok())
    }

    fn describe(
        &self,
        declaration: &DeclaredFacts,
        seen: &mut Map<String, Value>,
    ) -> Result<(), RuleError> {
        let day = exposure_day(declaration)?.to_string();
        seen.insert("exposureDay".to_owned(), day.into());
        Ok(())
    }
}

/// Last day of a stay or contact, if there was one.
pub(super) fn exposure_day(declaration: &DeclaredFacts) -> Result<NaiveDate, RuleError> {
    let days_since = declaration.member(MEMBER).and_then(Value::as_u64);
    declaration
        .day()?
        .checked_sub_days(Days::new(days_since.unwrap_or(0)))
        .ok_or(RuleError::FactsInconsistent)
}

impl DeclaredFacts {
    /// As if the stay or contact that it tells of had ended on the local day `last`, `YYYY-MM-DD`; beside it a declaration of
    /// the same day that tells this and nothing else. None where it tells of none, or of one that ended by then.
    ///
    /// # Errors
    /// [`RuleError::FactsInconsistent`].
    pub fn with_exposure_ended(&self, last: &str) -> Result<Option<(Self, Self)>, RuleError> {
        let last = day(last)?;
        let risks = ["contact", "highRiskStay"];
        let is_told = risks.iter().any(|risk| self.is_yes(risk));
        if !is_told || exposure_day(self)? <= last {
            return Ok(None);
        }
        let days_since = (self.day()? - last).num_days();
        let told = risks
            .into_iter()
            .fold(Self::nothing_told(&self.date), |told, risk| {
                told.with(risk, self.is_yes(risk))
            });
        let changed = |facts: Self| facts.with(MEMBER, days_since);
        Ok(Some((changed(self.clone()), changed(told))))
    }
}
