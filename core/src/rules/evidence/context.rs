//! What the rules see: the evidence, with the dates that CertLogic cannot compute by itself.
//!
//! ```json
//! { "today": "2020-03-05",
//!   "parameters": { "redCheckIns": 14 },
//!   "declaration": { "date": "2020-03-05", "temperatureTenths": 365, "symptoms": [], "fever": false,
//!                    "highRiskStay": false, "contact": false, "exposureDay": "2020-03-05" },
//!   "checkIns": { "streak": 3, "firstDay": "2020-03-03", "last": "2020-03-05" },
//!   "order": { "colour": "red", "reason": "suspected", "since": "2020-03-04",
//!              "streak": 2, "bestStreak": 2, "firstDay": "2020-03-04" },
//!   "declared": { "fever": null, "symptoms": null, "highRiskStay": null,
//!                 "contact": { "since": "2020-02-28", "streak": 3, "bestStreak": 3, "firstDay": "2020-03-03" } } }
//! ```
//!
//! With a risk stands what goes with it: `stays` with `declared.entry`, each a `country` and its `days`.
//!
//! `streak` is 0 and `firstDay` is null where the run is broken. An order of green lifts the declared risks up
//! to its day: they are null. What is absent is null. The members of `declaration` and `declared` are those that the
//! facts describe.
//!
//! Invariant: a context that contradicts itself is never made ([`RuleError::FactsInconsistent`]), nor one from evidence
//! that this version does not know all of ([`RuleError::FactUnknown`]).

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value, json};

use super::runs::is_alive;
use super::{DeclaredRisk, Evidence, not_after};
use crate::colour::Colour;
use crate::rules::RuleError;
use crate::rules::facts::{FACTS, day, describe_told, last_days, risk_ids, told_with};

/// Longest run that is believed, in days.
const MAX_STREAK: u32 = 10_000;

/// The current run of check-ins.
#[derive(Clone, Copy)]
struct Run {
    streak: u32,
    first_day: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Evidence {
    /// The data that the rules are evaluated on.
    ///
    /// # Errors
    /// [`RuleError::FactUnknown`], [`RuleError::FactsInconsistent`].
    pub(in crate::rules) fn context(&self, parameters: &Value) -> Result<Value, RuleError> {
        self.check()?;
        let today = day(&self.today)?;
        let run = self.run(today)?;
        Ok(json!({
            "today": self.today,
            "parameters": parameters,
            "declaration": self.declaration_context(today)?,
            "checkIns": {
                "streak": run.streak,
                "firstDay": text(run.first_day),
                "last": text(run.last),
            },
            "order": self.order_context(run, today)?,
            "declared": self.declared_context(run, today)?,
        }))
    }

    fn run(&self, today: NaiveDate) -> Result<Run, RuleError> {
        let streak = self.check_ins.streak;
        let last = self.check_ins.last.as_deref().map(day).transpose()?;
        if last.is_none() && streak > 0 || streak > MAX_STREAK {
            return Err(RuleError::FactsInconsistent);
        }
        let last = last.map(|last| not_after(last, today)).transpose()?;
        let streak = if last.is_some_and(|last| is_alive(last, today)) {
            streak
        } else {
            0
        };
        let mut run = Run {
            streak: 0,
            first_day: None,
            last,
        };
        run.streak = streak;
        run.first_day = run.first_day_of(streak)?;
        Ok(run)
    }

    fn declaration_context(&self, today: NaiveDate) -> Result<Value, RuleError> {
        let Some(declaration) = &self.declaration else {
            return Ok(Value::Null);
        };
        not_after(day(&declaration.date)?, today)?;
        let mut seen = Map::new();
        seen.insert("date".to_owned(), declaration.date.clone().into());
        for fact in FACTS {
            fact.describe(declaration, &mut seen)?;
        }
        Ok(Value::Object(seen))
    }

    fn order_context(&self, run: Run, today: NaiveDate) -> Result<Value, RuleError> {
        let Some(order) = &self.order else {
            return Ok(Value::Null);
        };
        not_after(day(&order.since)?, today)?;
        if order.streak > self.check_ins.streak {
            return Err(RuleError::FactsInconsistent);
        }
        let streak = order.streak.min(run.streak);
        Ok(json!({
            "colour": order.colour.id(),
            "reason": order.reason.as_str(),
            "since": order.since,
            "streak": streak,
            "bestStreak": order.best_streak.unwrap_or(0).max(order.streak),
            "firstDay": text(run.first_day_of(streak)?),
        }))
    }

    fn declared_context(&self, run: Run, today: NaiveDate) -> Result<Value, RuleError> {
        let lifted_on = match &self.order {
            Some(order) if order.colour == Colour::Green => Some(day(&order.since)?),
            _ => None,
        };
        let of_newest = match &self.declaration {
            Some(declaration) => last_days(declaration)?,
            None => BTreeMap::new(),
        };
        let mut seen = Map::new();
        for id in risk_ids() {
            let kept = self.declared.as_ref().map(|declared| declared.get(id));
            let risk = match kept.transpose()?.flatten() {
                Some(kept) => Some(kept),
                None => of_newest.get(id).map(|since| DeclaredRisk {
                    told: (self.declaration.as_ref())
                        .map(|declaration| told_with(id, declaration))
                        .unwrap_or_default(),
                    ..run.risk_since(*since)
                }),
            };
            let risk = match risk {
                Some(risk) => self.risk_context(id, &risk, run, today, lifted_on)?,
                None => Value::Null,
            };
            seen.insert(id.to_owned(), risk);
        }
        Ok(Value::Object(seen))
    }

    fn risk_context(
        &self,
        id: &str,
        risk: &DeclaredRisk,
        run: Run,
        today: NaiveDate,
        lifted_on: Option<NaiveDate>,
    ) -> Result<Value, RuleError> {
        let since = not_after(day(&risk.since)?, today)?;
        if lifted_on.is_some_and(|lifted_on| since <= lifted_on) {
            return Ok(Value::Null);
        }
        if risk.streak > self.check_ins.streak {
            return Err(RuleError::FactsInconsistent);
        }
        let streak = risk.streak.min(run.streak);
        let mut seen = Map::new();
        seen.insert("since".to_owned(), risk.since.clone().into());
        seen.insert("streak".to_owned(), streak.into());
        let best = risk.best_streak.max(risk.streak);
        seen.insert("bestStreak".to_owned(), best.into());
        let first_day = text(run.first_day_of(streak)?);
        seen.insert("firstDay".to_owned(), first_day.into());
        describe_told(id, &risk.since, &risk.told, &mut seen)?;
        Ok(Value::Object(seen))
    }
}

impl Run {
    /// First of the last `streak` days of the run.
    fn first_day_of(self, streak: u32) -> Result<Option<NaiveDate>, RuleError> {
        let (Some(last), Some(before)) = (self.last, streak.checked_sub(1)) else {
            return Ok(None);
        };
        let first = last.checked_sub_days(Days::new(before.into()));
        first.map(Some).ok_or(RuleError::FactsInconsistent)
    }

    /// A risk of which only the day is known: the run's days since then count.
    fn risk_since(self, since: NaiveDate) -> DeclaredRisk {
        let days = self.first_day.zip(self.last).map_or(0, |(first, last)| {
            last.signed_duration_since(first.max(since)).num_days() + 1
        });
        let streak = u32::try_from(days).unwrap_or(0);
        DeclaredRisk::new(&since.to_string(), streak, streak)
    }
}

fn text(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}
