//! What a code counts as elsewhere: pure, from the trust bundle.
//!
//! Invariant: the same rule that a checkpoint there applies, [`TrustBundle::mapping`]; a mapped colour is shown as a domestic
//! one, since it is the other region's.

use super::views::ElsewhereView;
use super::zone::said;
use crate::colour::Colour;
use crate::trust::{Scheme, TrustBundle};
use crate::words::{self, FluentArgs, LanguageTag};

/// What `colour` of `scheme`, issued in `from`, counts as in `division`.
#[must_use]
pub fn elsewhere(
    trust: &TrustBundle,
    from: u32,
    (scheme, colour): (Scheme, Colour),
    division: u32,
    language: &LanguageTag,
) -> ElsewhereView {
    let words = language.words();
    let rule = trust.mapping(from, scheme, colour, Some(division));
    let local_colour = rule.map_or(colour, |rule| rule.to_colour);
    let own = scheme.words(colour, words);
    let there = match rule {
        Some(_) => Scheme::Domestic.words(local_colour, words),
        None => own.clone(),
    };
    let is_admitted = trust.policy.admit.contains(&local_colour);
    let step = if is_admitted {
        "elsewhere-step-admitted"
    } else {
        "elsewhere-step-not_admitted"
    };
    let next_step = said(step, words);
    let named = trust
        .regions
        .iter()
        .find(|region| region.division == division);
    let region_name = named.map_or_else(
        || division.to_string(),
        |region| region.name.for_tag(language).to_owned(),
    );
    let mut arguments = FluentArgs::new();
    arguments.set("own", own.word.as_str());
    arguments.set("there", there.word.as_str());
    arguments.set("region", region_name.as_str());
    arguments.set("rule", rule.map_or("", |rule| rule.rule_id.as_str()));
    arguments.set("step", next_step.as_str());
    let id = if rule.is_some() {
        "elsewhere-mapped"
    } else {
        "elsewhere-same"
    };
    let format = |id: &str| words::format(id, &arguments, words).unwrap_or_default();
    let (title, spoken) = (format(id), format("elsewhere-spoken"));
    ElsewhereView {
        division,
        region_name,
        colour,
        scheme,
        own,
        local_colour,
        there,
        is_admitted,
        rule_id: rule.map(|rule| rule.rule_id.clone()),
        rule_text: rule.map(|rule| rule.text.for_tag(language).to_owned()),
        title,
        spoken,
        next_step,
    }
}
