//! What can be done to turn green, and by when at the earliest.
//!
//! Invariant: it is decided from the published rules and the receipt's own evidence as they stand today, so a day that was
//! missed since moves the day; where this version cannot judge them, what the receipt says stands. It promises nothing:
//! the colour is the authority's.

use chrono::NaiveDate;
use serde::Serialize;

use super::Recomputation;
use super::snapshot::HeldColour;
use crate::colour::{Colour, Reason};
use crate::identity::parse_date;
use crate::rules::Evidence;
use crate::words::moments;
use crate::words::{self, FluentArgs, LanguageTag};

crate::app_types! {
    describe as describe_way_to_green;

    /// What turns the code green.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum WayToGreenKind {
        /// It is green.
        Green,
        /// A health declaration.
        Declare,
        /// Daily check-ins in a row.
        CheckIns,
        /// Time alone.
        Wait,
        /// By the published rules it can be green now: the authority decides anew with the next sync.
        Connect,
        /// Officers alone can lift it.
        Office,
    }

    /// What the citizen can do to turn green.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct WayToGreenView {
        /// Which way.
        pub kind: WayToGreenKind,
        /// What to do, a sentence each, in order; none for green.
        pub steps: Vec<String>,
        /// First day on which it can be green, `YYYY-MM-DD`; none for green, and where officers alone can lift it.
        pub earliest: Option<String>,
        /// That day in a sentence.
        pub earliest_text: Option<String>,
        /// All of it, as it is spoken.
        pub spoken: String,
    }
}

/// What a way is made of.
pub(super) struct WayToGreen {
    kind: WayToGreenKind,
    earliest: Option<NaiveDate>,
    check_ins_left: Option<u32>,
    /// Nothing was ever declared, which by itself stands in the way.
    is_undeclared: bool,
    is_check_in_due: bool,
    /// A laboratory's negative test would shorten it.
    would_test_help: bool,
    language: LanguageTag,
}

impl WayToGreen {
    /// As of `today`. `is_check_in_due`: today's.
    pub(super) fn of(
        colour: &HeldColour,
        today: NaiveDate,
        is_check_in_due: bool,
        language: &LanguageTag,
    ) -> Self {
        let (receipt, today_text) = (&colour.held.receipt, today.to_string());
        // "Differs" is told loudly elsewhere: by rules that were not followed nothing is promised.
        let rules = colour.rule_set.as_deref();
        let rules = rules.filter(|_| colour.recomputation == Recomputation::Same);
        let evidence = colour.held.evidence.as_ref();
        let decided = rules.zip(evidence).and_then(|(rules, evidence)| {
            let decision = rules.decide(&evidence.as_of(&today_text)).ok()?;
            Some((
                decision.colour,
                Some(decision.reason),
                decision.earliest_green,
                decision.check_ins_required.zip(decision.check_ins_done),
            ))
        });
        let (now, reason, earliest, counted) = decided.unwrap_or_else(|| {
            (
                receipt.colour,
                receipt.reason.known(),
                receipt.earliest_green.clone(),
                receipt.check_ins_required.zip(receipt.check_ins_done),
            )
        });
        let earliest = earliest.as_deref().and_then(parse_date);
        let kind = match (receipt.colour, now, earliest) {
            (Colour::Green, Colour::Green, _) => WayToGreenKind::Green,
            (_, Colour::Green, _) => WayToGreenKind::Connect,
            _ if reason == Some(Reason::NotDeclared) => WayToGreenKind::Declare,
            (_, _, None) => WayToGreenKind::Office,
            (_, _, Some(day)) if counted.is_none() && day <= today => WayToGreenKind::Connect,
            _ if counted.is_some() => WayToGreenKind::CheckIns,
            _ => WayToGreenKind::Wait,
        };
        Self {
            kind,
            earliest: earliest.map(|day| day.max(today)),
            is_undeclared: evidence.is_some_and(|evidence| evidence.declaration.is_none()),
            check_ins_left: counted.map(|(required, done)| required.saturating_sub(done)),
            is_check_in_due,
            would_test_help: evidence.is_some_and(awaits_negative_test),
            language: language.clone(),
        }
    }

    pub(super) fn view(&self) -> WayToGreenView {
        let earliest = self
            .earliest
            .filter(|_| !matches!(self.kind, WayToGreenKind::Green | WayToGreenKind::Office));
        let earliest_text = earliest.and_then(|day| {
            let mut arguments = FluentArgs::new();
            arguments.set("date", moments::day(day, &self.language));
            words::format("way-earliest", &arguments, self.language.words())
        });
        let steps = self.steps();
        let sentences = steps.iter().chain(&earliest_text);
        WayToGreenView {
            kind: self.kind,
            spoken: sentences.map(String::as_str).collect::<Vec<_>>().join(" "),
            earliest: earliest.map(|day| day.to_string()),
            earliest_text,
            steps,
        }
    }

    fn steps(&self) -> Vec<String> {
        let say = |id: &str| self.said(id, &FluentArgs::new());
        match self.kind {
            WayToGreenKind::Green => Vec::new(),
            WayToGreenKind::Declare => vec![say("way-declare")],
            WayToGreenKind::Connect => vec![say("way-connect")],
            WayToGreenKind::Wait if self.is_undeclared => vec![say("way-declare")],
            WayToGreenKind::Wait => vec![say("way-wait")],
            WayToGreenKind::Office => vec![say("way-office"), say("way-object")],
            WayToGreenKind::CheckIns => {
                let mut arguments = FluentArgs::new();
                arguments.set("left", self.check_ins_left.unwrap_or_default());
                let next = if self.is_check_in_due {
                    "way-check-in-today"
                } else {
                    "way-check-in-tomorrow"
                };
                let mut steps = vec![
                    self.said("way-check-ins", &arguments),
                    say(next),
                    say("check-ins-reset"),
                ];
                if self.would_test_help {
                    steps.push(say("way-test"));
                }
                steps
            }
        }
    }

    fn said(&self, id: &str, arguments: &FluentArgs<'_>) -> String {
        let language = self.language.words();
        let text = words::text(id, language).map(str::to_owned);
        text.or_else(|| words::format(id, arguments, language))
            .unwrap_or_default()
    }
}

/// Whether a positive test is known, and none after it that a laboratory reported as negative.
fn awaits_negative_test(evidence: &Evidence) -> bool {
    let risk = |id| evidence.declared.as_ref()?.get(id).ok()?;
    let Some(positive) = risk("positiveTest") else {
        return false;
    };
    let negative = risk("negativeTest").filter(|it| it.told.contains_key("report"));
    negative.is_none_or(|negative| negative.since <= positive.since)
}

crate::hidden_debug!(WayToGreenView);

#[cfg(test)]
#[path = "way_to_green_tests.rs"]
mod tests;
