//! The colour of a checked code as a door shows it.
//!
//! Invariant: said of what both signatures were right for alone; a verdict that read no colour has none.

use super::views::{CheckedColour, DoorColourView};
use super::zone::said;
use crate::code::{Verdict, VerdictAct, VerdictLevel, verdict_text};
use crate::trust::Scheme;
use crate::words::{self, FluentArgs, LanguageTag};

impl CheckedColour {
    /// The colour in a verdict; none where the check did not come so far.
    #[must_use]
    pub fn of(verdict: &Verdict) -> Option<Self> {
        Some(Self {
            colour: verdict.colour?,
            scheme: verdict.scheme?,
            local_colour: verdict.local_colour,
            rule_id: verdict.mapping_rule.clone(),
            rule_text: verdict.mapping_text.clone(),
            refusal: verdict.refusal,
            status_checked: verdict.status_checked,
        })
    }
}

/// What a door shows of a colour.
#[must_use]
pub fn colour_at_door(checked: &CheckedColour, language: &LanguageTag) -> DoorColourView {
    let (scheme, colour) = (checked.scheme, checked.colour);
    let local = checked.local_colour.unwrap_or(colour);
    let words = language.words();
    let own = scheme.words(colour, words);
    let is_mapped = checked.rule_id.is_some();
    let here = if is_mapped {
        Scheme::Domestic.words(local, words)
    } else {
        own.clone()
    };
    let act = VerdictAct::of(checked.refusal, checked.status_checked);
    let next_step = match act {
        Some(act) => act.text(words).to_owned(),
        None if checked.refusal.is_none() => said("elsewhere-step-admitted", words),
        None => verdict_text(checked.refusal, words).to_owned(),
    };
    let mut arguments = FluentArgs::new();
    arguments.set("own", own.word.as_str());
    arguments.set("here", here.word.as_str());
    arguments.set("rule", checked.rule_id.as_deref().unwrap_or_default());
    arguments.set("step", next_step.as_str());
    let id = if is_mapped {
        "door-mapped"
    } else {
        "door-same"
    };
    let format = |id: &str| words::format(id, &arguments, words).unwrap_or_default();
    let (title, spoken) = (format(id), format("door-spoken"));
    let rule_text = checked.rule_text.as_ref();
    DoorColourView {
        own,
        here,
        is_mapped,
        rule_id: checked.rule_id.clone(),
        rule_text: rule_text.map(|text| text.for_tag(language).to_owned()),
        title,
        spoken,
        level: VerdictLevel::of(checked.refusal, Some(local)),
        act,
        next_step,
    }
}
