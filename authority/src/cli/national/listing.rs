//! What a trust bundle says, one fact a line, and what changes from one to another.
//!
//! Invariant: two bundles with the same lines say the same, but for version and times of the bundles themselves, which
//! always differ.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use health_code_core::trust::{SunsetOrder, TrustBundle, key_id};

use health_code_core::words::LocalizedText;

use super::content::instant_text;

/// Lines `- name = value`, `+ name = value`, `~ name: before -> after`, in the order of the names.
pub(super) fn changes(before: &TrustBundle, after: &TrustBundle) -> Vec<String> {
    let (before, after) = (facts(before), facts(after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let change = |name: &String| match (before.get(name), after.get(name)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => Some(format!("~ {name}: {old} -> {new}")),
        (Some(old), None) => Some(format!("- {name} = {old}")),
        (None, Some(new)) => Some(format!("+ {name} = {new}")),
        (None, None) => None,
    };
    names.into_iter().filter_map(change).collect()
}

fn facts(bundle: &TrustBundle) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let mut say = |name: String, value: String| _ = facts.insert(name, value);
    say("version".to_owned(), bundle.version.to_string());
    say("expires_at".to_owned(), instant_text(bundle.expires_at));
    let policy = &bundle.policy;
    for (name, secs) in [
        ("accept_secs", policy.accept_secs),
        ("skew_secs", policy.skew_secs),
        ("rotation_secs", policy.rotation_secs),
        ("status_max_age_secs", policy.status_max_age_secs),
    ] {
        say(format!("policy.{name}"), secs.to_string());
    }
    let admitted: Vec<&str> = policy.admit.iter().map(|colour| colour.id()).collect();
    say("policy.admit".to_owned(), admitted.join(" "));
    let reason_in_code = policy.reason_in_code.to_string();
    say("policy.reason_in_code".to_owned(), reason_in_code);
    for region in &bundle.regions {
        let at = format!("region.{}", region.division);
        say(format!("{at}.name"), texts(&region.name));
        for key in &region.keys {
            let at = format!("{at}.key.{}", HEXLOWER.encode(&key_id(&key.public_key)));
            say(format!("{at}.not_before"), instant_text(key.not_before));
            say(format!("{at}.not_after"), instant_text(key.not_after));
            if let Some(revoked_at) = key.revoked_at {
                say(format!("{at}.revoked_at"), instant_text(revoked_at));
            }
        }
    }
    // The first mapping that applies counts, so its place is a part of it.
    for (place, it) in bundle.mappings.iter().enumerate() {
        let or_all = |division: Option<u32>| division.map_or("all".to_owned(), |it| it.to_string());
        let value = format!(
            "{} {} {} in {} counts as {}: {}",
            or_all(it.from_division),
            it.scheme.map_or("any", |scheme| scheme.id()),
            it.colour.id(),
            or_all(it.to_division),
            it.to_colour.id(),
            texts(&it.text)
        );
        say(format!("mapping.{:04}.{}", place + 1, it.rule_id), value);
    }
    for (place, order) in bundle.grace_orders.iter().enumerate() {
        let name = format!("grace.{}.{:04}", order.division, place + 1);
        say(
            name,
            format!("{} s until {}", order.extra_secs, instant_text(order.until)),
        );
    }
    for (place, order) in bundle.sunset_orders.iter().enumerate() {
        let at = instant_text(order.effective_at);
        let name = format!("sunset.{}.{:04}", order.division, place + 1);
        let days = order
            .erase_after_secs
            .unwrap_or(SunsetOrder::ERASE_AFTER_SECS)
            / 86_400;
        let texts = texts(&order.text);
        say(
            name,
            format!("from {at}, phones erase {days} days later: {texts}"),
        );
    }
    facts
}

/// By language, in the order of the tags.
fn texts(text: &LocalizedText) -> String {
    let texts: Vec<String> = text
        .iter()
        .map(|(tag, text)| format!("{tag}={text}"))
        .collect();
    texts.join(", ")
}
