//! A published set of colour rules.
//!
//! ```json
//! { "id": "hangzhou", "version": 1, "division": 330100,
//!   "validFrom": "2020-02-11", "validUntil": null, "utcOffsetMinutes": 480,
//!   "titles": { "zh": "...", "en": "..." }, "sources": ["..."],
//!   "parameters": { "redCheckIns": 14 },
//!   "rules": [
//!     { "id": "red-order", "when": <CertLogic>, "colour": <CertLogic>, "reason": <CertLogic>,
//!       "evidenceDate": <CertLogic>, "earliestGreen": <CertLogic>,
//!       "checkInsDone": <CertLogic>, "checkInsRequired": <CertLogic> },
//!     { "id": "clear", "when": true, "colour": "green", "reason": "clear" } ] }
//! ```
//!
//! Every expression sees the data that the head of `evidence/context.rs` describes. `colour` and `reason` give an
//! id: a literal, or what an order says. The four last members are optional; each may give `null`.
//!
//! Invariant: of the rules the first that holds decides, and the last always holds.

mod in_words;
mod load;

use chrono::{DateTime, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::certlogic::{Expression, evaluate, evaluate_date, holds};
use super::{Evidence, RuleError};
use crate::colour::{Colour, Reason};
use crate::words::LocalizedText;

pub use load::MAX_RULE_SET_BYTES;

/// A rule set that passed all checks.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSet {
    /// Id: 1 to 64 of `a` to `z`, `0` to `9` and `-`.
    pub id: String,
    /// Version, 1 to 65,535.
    pub version: u32,
    /// GB/T 2260 division that it is for, six digits; 0 for any.
    pub division: u32,
    /// First day in force, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Last day in force, `YYYY-MM-DD`.
    pub valid_until: Option<String>,
    /// Local time of the division, minutes east of UTC.
    pub utc_offset_minutes: i32,
    /// Name for people.
    pub titles: LocalizedText,
    /// What it was made from.
    pub sources: Vec<String>,
    parameters: Value,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    id: String,
    when: Expression,
    colour: Expression,
    reason: Expression,
    evidence_date: Option<Expression>,
    earliest_green: Option<Expression>,
    check_ins_done: Option<Expression>,
    check_ins_required: Option<Expression>,
}

/// What a rule set decided.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Colour.
    pub colour: Colour,
    /// Reason from the closed list.
    pub reason: Reason,
    /// Rule that decided.
    pub rule_id: String,
    /// Rule set that decided.
    pub rule_set_id: String,
    /// Its version.
    pub rule_set_version: u32,
    /// Day of the evidence, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_date: Option<String>,
    /// First day, `YYYY-MM-DD`, on which the code is green if the person checks in every day from now on and
    /// nothing new happens. None for green, and where only officers can lift the measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest_green: Option<String>,
    /// Daily check-ins done in a row, where the rule counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_ins_done: Option<u32>,
    /// Daily check-ins in a row that the rule asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_ins_required: Option<u32>,
}

impl RuleSet {
    /// Decides the colour.
    ///
    /// # Errors
    /// [`RuleError::RuleSetNotInForce`] on a day outside the validity, [`RuleError::FactsInconsistent`],
    /// [`RuleError::FactUnknown`], or what [`evaluate`] gives.
    pub fn decide(&self, evidence: &Evidence) -> Result<Decision, RuleError> {
        let context = evidence.context(&self.parameters)?;
        if !self.is_in_force(&evidence.today) {
            return Err(RuleError::RuleSetNotInForce);
        }
        let mut matching = Vec::new();
        for rule in &self.rules {
            if holds(&rule.when, &context)? {
                matching.push(rule);
            }
        }
        let rule = *matching.first().ok_or(RuleError::CatchAllMissing)?;
        let colour = rule.colour(&context)?;
        Ok(Decision {
            colour,
            reason: rule.reason(&context)?,
            rule_id: rule.id.clone(),
            rule_set_id: self.id.clone(),
            rule_set_version: self.version,
            evidence_date: date(rule.evidence_date.as_ref(), &context)?.map(|day| day.to_string()),
            earliest_green: earliest_green(&matching, &context)?.map(|day| day.to_string()),
            check_ins_done: count(rule.check_ins_done.as_ref(), &context)?,
            check_ins_required: count(rule.check_ins_required.as_ref(), &context)?,
        })
    }

    /// Whether `today` (`YYYY-MM-DD`) lies in the time of validity.
    #[must_use]
    pub fn is_in_force(&self, today: &str) -> bool {
        today >= self.valid_from.as_str()
            && self.valid_until.as_deref().is_none_or(|last| today <= last)
    }

    /// Local day, `YYYY-MM-DD`, at an instant in Unix seconds.
    #[must_use]
    pub fn local_day(&self, at: i64) -> Option<String> {
        let local = DateTime::from_timestamp(at, 0)?
            .checked_add_signed(TimeDelta::minutes(self.utc_offset_minutes.into()))?;
        Some(local.date_naive().to_string())
    }

    /// Ids of the rules, in order.
    pub fn rule_ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.id.as_str())
    }
}

impl Rule {
    fn colour(&self, context: &Value) -> Result<Colour, RuleError> {
        let colour = evaluate(&self.colour, context)?;
        colour
            .as_str()
            .and_then(Colour::from_id)
            .ok_or(RuleError::UnknownColour)
    }

    fn reason(&self, context: &Value) -> Result<Reason, RuleError> {
        let reason = evaluate(&self.reason, context)?;
        reason
            .as_str()
            .and_then(Reason::from_id)
            .ok_or(RuleError::UnknownReason)
    }
}

/// The last of the days that the rules in the way of green name; none if one of them names none.
fn earliest_green(matching: &[&Rule], context: &Value) -> Result<Option<NaiveDate>, RuleError> {
    let mut latest = None;
    for (index, rule) in matching.iter().enumerate() {
        if rule.colour(context)? == Colour::Green {
            if index == 0 {
                return Ok(None);
            }
            continue;
        }
        match date(rule.earliest_green.as_ref(), context)? {
            Some(day) => latest = latest.max(Some(day)),
            None => return Ok(None),
        }
    }
    Ok(latest)
}

fn date(expression: Option<&Expression>, context: &Value) -> Result<Option<NaiveDate>, RuleError> {
    expression.map_or(Ok(None), |expression| evaluate_date(expression, context))
}

fn count(expression: Option<&Expression>, context: &Value) -> Result<Option<u32>, RuleError> {
    let Some(expression) = expression else {
        return Ok(None);
    };
    match evaluate(expression, context)? {
        Value::Null => Ok(None),
        value => {
            let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
            count.map(Some).ok_or(RuleError::NotAnInteger)
        }
    }
}

crate::hidden_debug!(Decision);

#[cfg(test)]
mod tests;
