//! What a colour is decided from. The same JSON on the authority, in the receipt and on the phone.
//!
//! Invariant: nothing in here says who the person is.
//!
//! A run of check-ins is alive while its last day is today or yesterday: today's check-in may still come.
//! "Since a day" includes that day.

mod context;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::RuleError;
use super::certlogic::parse_day;
use crate::colour::{Colour, Reason};

/// 37.3 degrees Celsius or more count as a fever.
pub const FEVER_TENTHS_CELSIUS: i64 = 373;

/// All facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Facts {
    /// Local day of the decision, `YYYY-MM-DD`.
    pub today: String,
    /// The newest declaration.
    #[serde(default)]
    pub declaration: Option<DeclarationFacts>,
    /// The current run of daily check-ins.
    #[serde(default)]
    pub check_ins: CheckInFacts,
    /// What two officers last signed.
    #[serde(default)]
    pub order: Option<OrderFacts>,
    /// Risks of all declarations kept, also of older ones. Without it those of `declaration` count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<DeclaredRisks>,
}

/// One health declaration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeclarationFacts {
    /// Local day on which the authority received it, `YYYY-MM-DD`.
    pub date: String,
    /// Degrees Celsius.
    #[serde(default)]
    pub temperature: Option<f64>,
    /// Ids of symptoms; `fever` among them counts as a fever, `none` as nothing.
    #[serde(default)]
    pub symptoms: Vec<String>,
    /// A stay in a high-risk place.
    #[serde(default)]
    pub high_risk_stay: bool,
    /// Contact with a confirmed case.
    #[serde(default)]
    pub contact: bool,
    /// Days from the end of that stay or contact to `date`; unknown counts as 0.
    #[serde(default)]
    pub days_since: Option<u32>,
}

/// The current run of daily check-ins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckInFacts {
    /// Days in the run up to `last`.
    #[serde(default)]
    pub streak: u32,
    /// Day of the last check-in, `YYYY-MM-DD`.
    #[serde(default)]
    pub last: Option<String>,
}

/// A colour ordered by two officers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderFacts {
    /// Colour ordered; green lifts.
    pub colour: Colour,
    /// Reason given.
    pub reason: Reason,
    /// Local day of the order, `YYYY-MM-DD`.
    pub since: String,
    /// Days of the current run of check-ins since that day.
    #[serde(default)]
    pub streak: u32,
    /// Longest run since that day: what was once completed stays so. Without it `streak` counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_streak: Option<u32>,
}

/// Declared risks, each by the last day on which it was the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeclaredRisks {
    /// A fever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fever: Option<DeclaredRisk>,
    /// Symptoms other than a fever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symptoms: Option<DeclaredRisk>,
    /// Contact with a confirmed case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<DeclaredRisk>,
    /// A stay in a high-risk place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high_risk_stay: Option<DeclaredRisk>,
}

/// One declared risk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeclaredRisk {
    /// Last day on which it was the case, `YYYY-MM-DD`: of a stay or contact its end.
    pub since: String,
    /// Days of the current run of check-ins since that day.
    #[serde(default)]
    pub streak: u32,
    /// Longest run since that day.
    #[serde(default)]
    pub best_streak: u32,
}

impl Facts {
    /// Facts about someone of whom nothing is known.
    #[must_use]
    pub fn empty(today: &str) -> Self {
        Self {
            today: today.to_owned(),
            declaration: None,
            check_ins: CheckInFacts::default(),
            order: None,
            declared: None,
        }
    }

    /// Facts from all that the authority keeps.
    ///
    /// `declarations` in the order of receipt, as far back as they are kept (a rule that asks for 14 check-ins
    /// needs the time since the risk); `check_in_days` are the local days on which the authority received a
    /// check-in, in any order, repeated or not; of `order` the streaks are computed here.
    ///
    /// # Errors
    /// [`RuleError::FactsInconsistent`] for a malformed day or one after `today`.
    pub fn gather(
        today: &str,
        declarations: &[DeclarationFacts],
        check_in_days: &[String],
        order: Option<OrderFacts>,
    ) -> Result<Self, RuleError> {
        let day_of_decision = day(today)?;
        let days = check_in_days
            .iter()
            .map(|text| not_after(day(text)?, day_of_decision))
            .collect::<Result<Vec<_>, _>>()?;
        let runs = Runs::new(days, day_of_decision);
        let order = order
            .map(|order| {
                let since = not_after(day(&order.since)?, day_of_decision)?;
                Ok(OrderFacts {
                    streak: runs.current_since(since),
                    best_streak: Some(runs.longest_since(since)),
                    ..order
                })
            })
            .transpose()?;
        let mut last_days = LastDays::default();
        for declaration in declarations {
            not_after(day(&declaration.date)?, day_of_decision)?;
            last_days.add(declaration)?;
        }
        let risk = |since: Option<NaiveDate>| {
            since.map(|since| DeclaredRisk {
                since: since.to_string(),
                streak: runs.current_since(since),
                best_streak: runs.longest_since(since),
            })
        };
        Ok(Self {
            today: today.to_owned(),
            // Of several on the newest day, the one received last.
            declaration: declarations
                .iter()
                .max_by(|left, right| left.date.cmp(&right.date))
                .cloned(),
            check_ins: CheckInFacts {
                streak: runs.current_since(NaiveDate::MIN),
                last: runs.days.last().map(NaiveDate::to_string),
            },
            order,
            declared: Some(DeclaredRisks {
                fever: risk(last_days.fever),
                symptoms: risk(last_days.symptoms),
                contact: risk(last_days.contact),
                high_risk_stay: risk(last_days.high_risk_stay),
            }),
        })
    }

    /// The facts as they stand in a receipt.
    #[must_use]
    pub fn to_value(&self) -> Value {
        // Plain structs with text keys: this cannot fail.
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    /// Reads the facts of a receipt.
    ///
    /// # Errors
    /// [`RuleError::FactsInconsistent`].
    pub fn from_value(facts: &Value) -> Result<Self, RuleError> {
        Self::deserialize(facts).map_err(|_| RuleError::FactsInconsistent)
    }
}

impl DeclarationFacts {
    fn temperature_tenths(&self) -> Option<i64> {
        let degrees = self
            .temperature
            .filter(|degrees| (0.0..=100.0).contains(degrees))?;
        #[expect(clippy::cast_possible_truncation, reason = "0 to 1,000")]
        Some((degrees * 10.0).round() as i64)
    }

    fn has_fever(&self) -> bool {
        self.symptoms.iter().any(|symptom| symptom == "fever")
            || self
                .temperature_tenths()
                .is_some_and(|tenths| tenths >= FEVER_TENTHS_CELSIUS)
    }

    fn has_other_symptoms(&self) -> bool {
        self.symptoms
            .iter()
            .any(|symptom| !matches!(symptom.as_str(), "fever" | "none"))
    }

    /// Last day of the stay or contact.
    fn exposure_day(&self) -> Result<NaiveDate, RuleError> {
        day(&self.date)?
            .checked_sub_days(Days::new(self.days_since.unwrap_or(0).into()))
            .ok_or(RuleError::FactsInconsistent)
    }
}

/// The last day of each risk over several declarations.
#[derive(Default)]
struct LastDays {
    fever: Option<NaiveDate>,
    symptoms: Option<NaiveDate>,
    contact: Option<NaiveDate>,
    high_risk_stay: Option<NaiveDate>,
}

impl LastDays {
    fn add(&mut self, declaration: &DeclarationFacts) -> Result<(), RuleError> {
        let date = day(&declaration.date)?;
        let exposure_day = declaration.exposure_day()?;
        for (last, applies, on) in [
            (&mut self.fever, declaration.has_fever(), date),
            (&mut self.symptoms, declaration.has_other_symptoms(), date),
            (&mut self.contact, declaration.contact, exposure_day),
            (
                &mut self.high_risk_stay,
                declaration.high_risk_stay,
                exposure_day,
            ),
        ] {
            if applies {
                *last = (*last).max(Some(on));
            }
        }
        Ok(())
    }
}

/// Days with a check-in.
struct Runs {
    /// Ascending, each once.
    days: Vec<NaiveDate>,
    today: NaiveDate,
}

impl Runs {
    fn new(mut days: Vec<NaiveDate>, today: NaiveDate) -> Self {
        days.sort_unstable();
        days.dedup();
        Self { days, today }
    }

    fn current_since(&self, since: NaiveDate) -> u32 {
        let alive = self
            .days
            .last()
            .is_some_and(|last| is_alive(*last, self.today));
        if alive {
            self.runs_since(since).last().unwrap_or(0)
        } else {
            0
        }
    }

    fn longest_since(&self, since: NaiveDate) -> u32 {
        self.runs_since(since).max().unwrap_or(0)
    }

    /// Lengths of the runs, oldest first.
    fn runs_since(&self, since: NaiveDate) -> impl Iterator<Item = u32> {
        let from = self.days.partition_point(|day| *day < since);
        self.days[from..]
            .chunk_by(|day, next| day.succ_opt() == Some(*next))
            .map(|run| u32::try_from(run.len()).unwrap_or(u32::MAX))
    }
}

/// Whether a run that ends on `last` can still be continued today.
fn is_alive(last: NaiveDate, today: NaiveDate) -> bool {
    last == today || last.succ_opt() == Some(today)
}

fn day(text: &str) -> Result<NaiveDate, RuleError> {
    parse_day(text).ok_or(RuleError::FactsInconsistent)
}

fn not_after(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, RuleError> {
    if day > today {
        Err(RuleError::FactsInconsistent)
    } else {
        Ok(day)
    }
}

#[cfg(test)]
mod tests;
