//! All results in words, at an instant, and those among what a colour was decided from.
//!
//! Invariant: each result stands once, by its highest version; what a view says holds until its `next_change_at`.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentArgs;

use super::one_in_words::{Versions, result_view, said, unreadable_view};
use super::records::HeldResult;
use super::views::{ReportedEvidence, ResultLevel, ResultView, ResultsView};
use super::wire::ResultRecord;
use crate::capability::appeals::APPEAL_REPORTER;
use crate::rules::Evidence;
use crate::sync::{TimeSource, TrustedTime};
use crate::words::moments::Reading;
use crate::words::{self, LanguageTag};

/// Everything that is held.
pub(super) struct Held {
    /// By their keys.
    pub(super) results: Vec<(String, HeldResult)>,
    /// Keys of those that were not looked at yet.
    pub(super) new: BTreeSet<String>,
    /// How many did not verify.
    pub(super) unverified: usize,
}

/// The view; `now` is the reading's instant, and how it is known.
pub(super) fn view(held: &Held, now: TrustedTime, reading: Reading<'_>) -> ResultsView {
    let mut by_name: BTreeMap<String, Vec<(String, ResultRecord)>> = BTreeMap::new();
    let mut unreadable = Vec::new();
    for (key, one) in &held.results {
        match one.record() {
            Some(record) => {
                let versions = by_name.entry(record.name()).or_default();
                versions.push((key.clone(), record));
            }
            None => unreadable.push(unreadable_view(key, held.new.contains(key), reading)),
        }
    }
    let mut current = Vec::new();
    let mut history = Vec::new();
    for (name, mut versions) in by_name {
        versions.sort_by_key(|(_, record)| std::cmp::Reverse((record.version, record.reported_at)));
        let (keys, records) = versions.into_iter().unzip();
        let versions = Versions { keys, records };
        let Some(view) = result_view(&name, &versions, &held.new, now, reading) else {
            continue;
        };
        let is_current = view.level != ResultLevel::Past;
        if is_current {
            &mut current
        } else {
            &mut history
        }
        .push(view);
    }
    current.extend(unreadable);
    for list in [&mut current, &mut history] {
        list.sort_by(|left, right| {
            let of = |view: &ResultView| (std::cmp::Reverse(view.sampled_at), view.id.clone());
            of(left).cmp(&of(right))
        });
    }
    let all = || current.iter().chain(&history);
    let new = all().filter(|view| view.is_new).count();
    let next_change_at = all().filter_map(|view| view.next_change_at).min();
    let text = match (current.len(), history.len()) {
        (0, 0) => said("results-none", [], reading),
        (0, _) => said("results-none_count", [], reading),
        (count, _) => said("results-some", [("count", count.into())], reading),
    };
    let unverified = (held.unverified > 0).then(|| {
        let count = held.unverified;
        said("results-unverified", [("count", count.into())], reading)
    });
    ResultsView {
        new: u32::try_from(new).unwrap_or(u32::MAX),
        text,
        unverified_text: unverified,
        clock_text: clock_text(now, reading),
        next_change_at,
        current,
        history,
    }
}

fn clock_text(now: TrustedTime, reading: Reading<'_>) -> Option<String> {
    match now.source {
        _ if !now.is_plausible() => Some(said("results-clock-never_set", [], reading)),
        TimeSource::WallClock => Some(said("results-clock-own", [], reading)),
        TimeSource::Anchored | TimeSource::Estimated => None,
    }
}

/// The laboratories' reports among what a colour was decided from, and what decisions on appeals added.
pub(crate) fn reported_evidence(
    evidence: &Evidence,
    language: &LanguageTag,
) -> Vec<ReportedEvidence> {
    let all = [
        ("negativeTest", "why-report-negative"),
        ("positiveTest", "why-report-positive"),
        ("vaccinated", "why-report-vaccinated"),
        ("recovered", "why-report-recovered"),
        ("contact", "why-report-exposure"),
        ("highRiskStay", "why-report-exposure"),
    ];
    let of_appeal = format!("{APPEAL_REPORTER}/");
    let told = all.into_iter().filter_map(|(risk, id)| {
        let risk = evidence.declared.as_ref()?.get(risk).ok()??;
        let report = risk.told.get("report")?.as_str()?;
        let appeal = report.strip_prefix(&of_appeal);
        let what = words::text(id, language.words()).unwrap_or_default();
        let mut arguments = FluentArgs::new();
        arguments.set("what", what);
        arguments.set("report", appeal.unwrap_or(report));
        let text = match appeal {
            Some(_) => "why-report-appeal",
            None => "why-report",
        };
        Some(ReportedEvidence {
            text: words::format(text, &arguments, language.words()).unwrap_or_default(),
            result_id: report.to_owned(),
            since: risk.since,
        })
    });
    told.collect()
}

/// Ids of the texts without arguments.
#[cfg(test)]
pub(crate) fn text_ids() -> impl Iterator<Item = String> {
    [
        "results-none",
        "results-none_count",
        "results-clock-never_set",
        "results-clock-own",
        "result-over",
        "result-withdrawn",
        "result-fact-negative",
        "result-fact-positive",
        "result-fact-vaccinated",
        "result-step-connect",
        "result-step-test_again",
        "result-step-see_colour",
        "result-step-call",
        "result-step-update",
        "result-kind-nucleic_acid",
        "result-kind-antigen",
        "result-kind-antibody",
        "result-kind-vaccination",
        "result-kind-other",
        "result-negative",
        "result-positive",
        "result-pending",
        "result-inconclusive",
        "result-vaccinated",
        "result-other",
        "way-test",
        "why-report-negative",
        "why-report-positive",
        "why-report-vaccinated",
        "why-report-recovered",
        "why-report-exposure",
    ]
    .into_iter()
    .map(str::to_owned)
}
