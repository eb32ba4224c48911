//! A person's days under a rule set, and the promise that "earliest green" makes.

use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::colour::{Colour, Reason};
use crate::rules::{Decision, DeclaredFacts, Evidence, OrderInForce, RuleSet};

/// Day 0 of every simulation: with it day 9 is the 29th of February.
const DAY_0: NaiveDate = NaiveDate::from_ymd_opt(2020, 2, 20).expect("a day");

pub(super) fn date(day: u32) -> String {
    (DAY_0 + Days::new(day.into())).to_string()
}

/// What a person did and what officers ordered, by day.
#[derive(Clone, Default)]
pub(super) struct Life {
    pub declarations: Vec<(u32, DeclaredFacts)>,
    pub check_ins: Vec<u32>,
    pub orders: Vec<(u32, Colour, Reason)>,
}

impl Life {
    /// A healthy declaration, which is a check-in as well.
    pub(super) fn well(self, day: u32) -> Self {
        self.declares(day, &[])
    }

    pub(super) fn well_on(self, days: impl IntoIterator<Item = u32>) -> Self {
        days.into_iter().fold(self, Self::well)
    }

    /// A declaration of 36.5 degrees and nothing else, but for these members.
    pub(super) fn declares(mut self, day: u32, members: &[(&str, Value)]) -> Self {
        let well = DeclaredFacts::nothing_told(&date(day)).with("temperature", 36.5);
        let declaration = members
            .iter()
            .fold(well, |all, (member, value)| all.with(member, value.clone()));
        self.declarations.push((day, declaration));
        self.check_ins.push(day);
        self
    }

    pub(super) fn ordered(mut self, day: u32, colour: Colour, reason: Reason) -> Self {
        self.orders.push((day, colour, reason));
        self
    }

    /// What the authority knows at the end of `day`.
    pub(super) fn evidence(&self, day: u32) -> Evidence {
        let declarations: Vec<_> = self
            .declarations
            .iter()
            .filter(|(on, _)| *on <= day)
            .map(|(_, declaration)| declaration.clone())
            .collect();
        let check_ins: Vec<_> = self
            .check_ins
            .iter()
            .filter(|on| **on <= day)
            .map(|on| date(*on))
            .collect();
        let order = self
            .orders
            .iter()
            .rfind(|(on, ..)| *on <= day)
            .map(|(on, colour, reason)| OrderInForce::new(*colour, *reason, &date(*on)));
        Evidence::gather(&date(day), &declarations, &check_ins, order).unwrap()
    }

    pub(super) fn decide(&self, rules: &RuleSet, day: u32) -> Decision {
        let evidence = self.evidence(day);
        let decision = rules.decide(&evidence).unwrap();
        // The phone reads the same from its receipt.
        let received = Evidence::from_value(&evidence.to_value()).unwrap();
        assert_eq!(rules.decide(&received).as_ref(), Ok(&decision));
        decision
    }

    /// Nothing that is not known at the end of `day`.
    fn until(&self, day: u32) -> Self {
        let mut life = self.clone();
        life.declarations.retain(|(on, _)| *on <= day);
        life.check_ins.retain(|on| *on <= day);
        life.orders.retain(|(on, ..)| *on <= day);
        life
    }

    /// Plays on from `day` with a healthy check-in each day: the code must turn green on the day promised at the
    /// end of `day`, not before and not after, and stay green without further check-ins.
    pub(super) fn assert_promise_holds(&self, rules: &RuleSet, day: u32) {
        let decision = self.decide(rules, day);
        let Some(promised) = decision.earliest_green else {
            let later = self.until(day).well_on(day + 1..day + 60);
            let colour = later.decide(rules, day + 59).colour;
            assert_eq!(
                colour, decision.colour,
                "day {day}: no promise, so check-ins alone change nothing"
            );
            return;
        };
        assert_ne!(decision.colour, Colour::Green);
        let from = if self.check_ins.contains(&day) {
            day + 1
        } else {
            day
        };
        let mut life = self.until(day);
        for next in from..from + 40 {
            life = life.well(next);
            let colour = life.decide(rules, next).colour;
            assert_eq!(
                colour == Colour::Green,
                date(next) >= promised,
                "promised on day {day}: {promised}; {colour:?} on {}",
                date(next)
            );
            if date(next) == promised {
                for idle in [1, 2, 30] {
                    assert_eq!(
                        life.decide(rules, next + idle).colour,
                        Colour::Green,
                        "idle for {idle} days"
                    );
                }
            }
        }
    }
}

/// `(day, colour, reason, check-ins done of those required, earliest green)`.
pub(super) type Row = (u32, Colour, Reason, Option<(u32, u32)>, Option<u32>);

pub(super) fn assert_days(rules: &RuleSet, life: &Life, rows: &[Row]) {
    for (day, colour, reason, check_ins, earliest_green) in rows {
        let decision = life.decide(rules, *day);
        assert_eq!(
            (decision.colour, decision.reason),
            (*colour, *reason),
            "day {day}"
        );
        assert_eq!(
            decision.check_ins_done.zip(decision.check_ins_required),
            *check_ins,
            "day {day}"
        );
        assert_eq!(
            decision.earliest_green,
            earliest_green.map(date),
            "day {day}"
        );
        life.assert_promise_holds(rules, *day);
    }
}
