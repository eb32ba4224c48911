//! What a colour is decided from. The same JSON on the authority, in the receipt (its member `facts`) and on the phone.
//!
//! Invariant: nothing in here says who the person is. Members that this version does not know are kept, and no colour
//! is decided with them: [`RuleError::FactUnknown`].
//!
//! "Since a day" includes that day. Which facts a declaration can tell is [`super::facts`]'s.

mod context;
mod runs;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::RuleError;
use super::facts::{DeclaredFacts, check_told, day, last_days, risk_ids, told_with};
use crate::colour::{Colour, ReasonId};
use runs::Runs;

/// All of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// Local day of the decision, `YYYY-MM-DD`.
    pub today: String,
    /// The newest declaration.
    #[serde(default)]
    pub declaration: Option<DeclaredFacts>,
    /// The current run of daily check-ins.
    #[serde(default)]
    pub check_ins: CheckInRun,
    /// What two officers last signed.
    #[serde(default)]
    pub order: Option<OrderInForce>,
    /// Risks of all declarations kept, also of older ones. Without it those of `declaration` count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<DeclaredRisks>,
    #[serde(flatten)]
    pub(super) unknown: Map<String, Value>,
}

/// The current run of daily check-ins.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckInRun {
    /// Days in the run up to `last`.
    #[serde(default)]
    pub streak: u32,
    /// Day of the last check-in, `YYYY-MM-DD`.
    #[serde(default)]
    pub last: Option<String>,
    #[serde(flatten)]
    pub(super) unknown: Map<String, Value>,
}

/// A colour ordered by two officers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderInForce {
    /// Colour ordered; green lifts.
    pub colour: Colour,
    /// Reason given.
    pub reason: ReasonId,
    /// Local day of the order, `YYYY-MM-DD`.
    pub since: String,
    /// Days of the current run of check-ins since that day.
    #[serde(default)]
    pub streak: u32,
    /// Longest run since that day: what was once completed stays so. Without it `streak` counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_streak: Option<u32>,
    #[serde(flatten)]
    pub(super) unknown: Map<String, Value>,
}

/// Declared risks by id ([`super::Risk`]), each by the last day on which it was the case.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeclaredRisks(Map<String, Value>);

/// What somebody declared that the rules may go by, and since when.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeclaredRisk {
    /// Last day on which it was the case, `YYYY-MM-DD`: of a stay or contact its end.
    pub since: String,
    /// Days of the current run of check-ins since that day.
    #[serde(default)]
    pub streak: u32,
    /// Longest run since that day.
    #[serde(default)]
    pub best_streak: u32,
    /// Members of the declaration that told of it and that go with it ([`super::Risk::carries`]).
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub told: Map<String, Value>,
    #[serde(flatten)]
    pub(super) unknown: Map<String, Value>,
}

impl Evidence {
    /// About someone of whom nothing is known.
    #[must_use]
    pub fn empty(today: &str) -> Self {
        Self {
            today: today.to_owned(),
            declaration: None,
            check_ins: CheckInRun::default(),
            order: None,
            declared: None,
            unknown: Map::new(),
        }
    }

    /// From all that the authority keeps.
    ///
    /// `declarations` in the order of receipt, as far back as they are kept (a rule that asks for 14 check-ins
    /// needs the time since the risk); `check_in_days` are the local days on which the authority received a
    /// check-in, in any order, repeated or not; of `order` the streaks are computed here. What laboratories reported is
    /// [`Evidence::gather_with_reports`]'s.
    ///
    /// # Errors
    /// [`RuleError::FactsInconsistent`] for a malformed day or one after `today`.
    pub fn gather(
        today: &str,
        declarations: &[DeclaredFacts],
        check_in_days: &[String],
        order: Option<OrderInForce>,
    ) -> Result<Self, RuleError> {
        Self::gather_with_reports(today, (declarations, &[]), check_in_days, order)
    }

    /// The same with `reports`, what laboratories reported of the person, each as facts of the day of its sample: they tell
    /// of what counts for some time as declarations do, and are no declaration themselves.
    ///
    /// # Errors
    /// [`RuleError::FactsInconsistent`] for a malformed day or one after `today`.
    pub fn gather_with_reports(
        today: &str,
        (declarations, reports): (&[DeclaredFacts], &[DeclaredFacts]),
        check_in_days: &[String],
        order: Option<OrderInForce>,
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
                Ok(OrderInForce {
                    streak: runs.current_since(since),
                    best_streak: Some(runs.longest_since(since)),
                    ..order
                })
            })
            .transpose()?;
        let mut last_of_risk: BTreeMap<&str, (NaiveDate, &DeclaredFacts)> = BTreeMap::new();
        // Reports last: of the same day, what a laboratory signed counts.
        for declaration in declarations.iter().chain(reports) {
            not_after(day(&declaration.date)?, day_of_decision)?;
            for (risk, on) in last_days(declaration)? {
                let last = last_of_risk.entry(risk).or_insert((on, declaration));
                // Of two that tell the same day, the one received last.
                if on >= last.0 {
                    *last = (on, declaration);
                }
            }
        }
        let mut declared = DeclaredRisks::default();
        for (risk, (since, declaration)) in last_of_risk {
            let (streak, best) = (runs.current_since(since), runs.longest_since(since));
            let one = DeclaredRisk {
                told: told_with(risk, declaration),
                ..DeclaredRisk::new(&since.to_string(), streak, best)
            };
            declared = declared.with(risk, &one);
        }
        Ok(Self {
            today: today.to_owned(),
            // Of several on the newest day, the one received last.
            declaration: declarations
                .iter()
                .max_by(|left, right| left.date.cmp(&right.date))
                .cloned(),
            check_ins: CheckInRun::new(
                runs.current_since(NaiveDate::MIN),
                runs.last().map(|last| last.to_string()),
            ),
            order,
            declared: Some(declared),
            unknown: Map::new(),
        })
    }

    /// The same, looked at on a later day on which nothing new is known; an earlier one changes nothing.
    #[must_use]
    pub fn as_of(&self, today: &str) -> Self {
        let mut later = self.clone();
        if today > later.today.as_str() {
            today.clone_into(&mut later.today);
        }
        later
    }

    /// As it stands in a receipt.
    #[must_use]
    pub fn to_value(&self) -> Value {
        // Plain structs with text keys: this cannot fail.
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    /// Reads the evidence of a receipt, members that are not known included.
    ///
    /// # Errors
    /// [`RuleError::UnknownColour`], [`RuleError::FactsInconsistent`].
    pub fn from_value(evidence: &Value) -> Result<Self, RuleError> {
        let colour = evidence.pointer("/order/colour").and_then(Value::as_str);
        if colour.is_some_and(|id| Colour::from_id(id).is_none()) {
            return Err(RuleError::UnknownColour);
        }
        Self::deserialize(evidence).map_err(|_| RuleError::FactsInconsistent)
    }

    /// Refuses what this version cannot judge, and what contradicts itself within a declaration or a risk.
    fn check(&self) -> Result<(), RuleError> {
        refuse_told(&self.unknown)?;
        refuse_told(&self.check_ins.unknown)?;
        if let Some(order) = &self.order {
            refuse_told(&order.unknown)?;
        }
        if let Some(declared) = &self.declared {
            declared.check()?;
        }
        match &self.declaration {
            Some(declaration) => declaration.check(),
            None => Ok(()),
        }
    }
}

impl CheckInRun {
    /// A run of `streak` days up to `last`, `YYYY-MM-DD`.
    #[must_use]
    pub fn new(streak: u32, last: Option<String>) -> Self {
        Self {
            streak,
            last,
            unknown: Map::new(),
        }
    }
}

impl OrderInForce {
    /// An order of that local day, `YYYY-MM-DD`, without check-ins since.
    #[must_use]
    pub fn new(colour: Colour, reason: impl Into<ReasonId>, since: &str) -> Self {
        Self {
            colour,
            reason: reason.into(),
            since: since.to_owned(),
            streak: 0,
            best_streak: None,
            unknown: Map::new(),
        }
    }
}

impl DeclaredRisks {
    /// The same with one risk set.
    #[must_use]
    pub fn with(mut self, risk: &str, declared: &DeclaredRisk) -> Self {
        let declared = serde_json::to_value(declared).unwrap_or(Value::Null);
        self.0.insert(risk.to_owned(), declared);
        self
    }

    /// # Errors
    /// [`RuleError::FactsInconsistent`] if it is none.
    pub fn get(&self, risk: &str) -> Result<Option<DeclaredRisk>, RuleError> {
        let declared = self.0.get(risk).filter(|declared| !declared.is_null());
        let declared = declared.map(DeclaredRisk::deserialize).transpose();
        declared.map_err(|_| RuleError::FactsInconsistent)
    }

    fn check(&self) -> Result<(), RuleError> {
        let known = risk_ids();
        for (risk, declared) in &self.0 {
            if known.contains(&risk.as_str()) {
                if let Some(declared) = self.get(risk)? {
                    refuse_told(&declared.unknown)?;
                    check_told(risk, &declared.told)?;
                }
            } else if !declared.is_null() {
                return Err(RuleError::FactUnknown);
            }
        }
        Ok(())
    }
}

impl DeclaredRisk {
    /// `since`, `YYYY-MM-DD`; days of the current run of check-ins since then, and of the longest.
    #[must_use]
    pub fn new(since: &str, streak: u32, best_streak: u32) -> Self {
        Self {
            since: since.to_owned(),
            streak,
            best_streak,
            told: Map::new(),
            unknown: Map::new(),
        }
    }
}

/// A member that is not known may change the colour, unless it says nothing.
fn refuse_told(unknown: &Map<String, Value>) -> Result<(), RuleError> {
    if unknown.values().all(Value::is_null) {
        Ok(())
    } else {
        Err(RuleError::FactUnknown)
    }
}

fn not_after(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, RuleError> {
    if day > today {
        Err(RuleError::FactsInconsistent)
    } else {
        Ok(day)
    }
}

crate::hidden_debug!(
    Evidence,
    CheckInRun,
    OrderInForce,
    DeclaredRisks,
    DeclaredRisk
);

#[cfg(test)]
mod tests;
