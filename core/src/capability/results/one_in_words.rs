//! One result in words, at an instant.
//!
//! Invariant: what is awaited or says nothing is never told as negative; a countdown is shown only by a clock that can be right.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentValue};

use super::views::{
    EarlierResultView, ResultKind, ResultLevel, ResultOutcome, ResultStep, ResultView,
};
use super::wire::ResultRecord;
use crate::sync::TrustedTime;
use crate::words;
use crate::words::moments::{MomentStyle, Reading};

/// One result with its versions, the highest first.
pub(super) struct Versions {
    pub(super) keys: Vec<String>,
    pub(super) records: Vec<ResultRecord>,
}

/// The result, by the highest of its versions.
pub(super) fn result_view(
    name: &str,
    versions: &Versions,
    new: &BTreeSet<String>,
    clock: TrustedTime,
    reading: Reading<'_>,
) -> Option<ResultView> {
    let record = versions.records.first()?;
    let kind = ResultKind::of(&record.kind);
    let outcome = ResultOutcome::of(&record.outcome);
    let now = reading.now;
    let is_over = record.valid_until.is_some_and(|until| until <= now);
    let level = level(record, outcome, is_over);
    let counts = matches!(level, ResultLevel::Good | ResultLevel::Attention);
    let is_counted_down = counts && clock.is_plausible();
    let until = record.valid_until.filter(|_| is_counted_down);
    let countdown = until.map(|until| {
        let moment = reading.moment(until, MomentStyle::Deadline);
        said("result-until", [("moment", moment.into())], reading)
    });
    let step = next_step(level, outcome, record);
    let at = |at| reading.moment(at, MomentStyle::DayAndTime);
    let sampled = if outcome == ResultOutcome::Vaccinated {
        "result-given"
    } else {
        "result-sampled"
    };
    let title = title(record, kind, reading);
    let outcome_text = outcome_text(record, outcome, reading);
    let sampled_text = said(sampled, [("time", at(record.sampled_at).into())], reading);
    let reported_text = said(
        "result-reported",
        [("time", at(record.reported_at).into())],
        reading,
    );
    let next_step_text = step
        .text_id()
        .map_or_else(String::new, |id| said(id, [], reading));
    let spoken_countdown = match &countdown {
        Some(countdown) => countdown.clone(),
        None if is_over => said("result-over", [], reading),
        None => String::new(),
    };
    let spoken = [
        &title,
        &outcome_text,
        &sampled_text,
        &spoken_countdown,
        &next_step_text,
    ];
    let sentences = spoken.into_iter().filter(|text| !text.is_empty());
    let spoken = sentences
        .map(|text| ended(text))
        .collect::<Vec<_>>()
        .join(" ");
    Some(ResultView {
        id: name.to_owned(),
        kind,
        outcome,
        title,
        outcome_text,
        level,
        shape: level.shape().to_string(),
        place: place(record, reading),
        product: record.product.clone().unwrap_or_default(),
        sampled_at: record.sampled_at,
        sampled_text,
        reported_at: record.reported_at,
        reported_text,
        valid_until: record.valid_until,
        countdown,
        counts,
        next_change_at: changes_at(record, reading, until),
        spoken,
        next_step: step,
        next_step_text,
        fact_text: record
            .fact
            .as_deref()
            .and_then(|fact| fact_text(fact, reading)),
        version: record.version,
        earlier: versions.records[1..]
            .iter()
            .map(|one| earlier(one, reading))
            .collect(),
        is_withdrawn: record.withdrawn,
        is_new: versions.keys.first().is_some_and(|key| new.contains(key)),
    })
}

fn level(record: &ResultRecord, outcome: ResultOutcome, is_over: bool) -> ResultLevel {
    match outcome {
        _ if record.withdrawn || is_over => ResultLevel::Past,
        ResultOutcome::Negative | ResultOutcome::Vaccinated => ResultLevel::Good,
        ResultOutcome::Positive => ResultLevel::Attention,
        ResultOutcome::Pending => ResultLevel::Waiting,
        ResultOutcome::Inconclusive | ResultOutcome::Other => ResultLevel::Unclear,
    }
}

fn next_step(level: ResultLevel, outcome: ResultOutcome, record: &ResultRecord) -> ResultStep {
    match (level, outcome) {
        (ResultLevel::Past, _) if record.withdrawn => ResultStep::SeeColour,
        (ResultLevel::Past, ResultOutcome::Negative | ResultOutcome::Inconclusive)
        | (_, ResultOutcome::Inconclusive) => ResultStep::TestAgain,
        (ResultLevel::Past, _) | (_, ResultOutcome::Vaccinated) => ResultStep::None,
        (_, ResultOutcome::Negative | ResultOutcome::Positive) => ResultStep::SeeColour,
        (_, ResultOutcome::Pending) => ResultStep::Connect,
        (_, ResultOutcome::Other) => ResultStep::Call,
    }
}

/// First instant at which a view of the record reads otherwise.
fn changes_at(
    record: &ResultRecord,
    reading: Reading<'_>,
    counted_until: Option<i64>,
) -> Option<i64> {
    let now = reading.now;
    let countdown = counted_until.map(|until| reading.deadline_changes_at(until).min(until));
    let is_to_come = record.valid_until.filter(|until| *until > now);
    countdown.or(is_to_come)
}

/// The authority's own name for the kind, where it is another one than this version's.
fn title(record: &ResultRecord, kind: ResultKind, reading: Reading<'_>) -> String {
    let named = record.kind_name.as_ref();
    let named = named.map(|name| name.for_tag(reading.language).to_owned());
    match (kind, named) {
        (ResultKind::Other, Some(name)) if !name.is_empty() => name,
        _ => said(kind.text_id(), [], reading),
    }
}

fn outcome_text(record: &ResultRecord, outcome: ResultOutcome, reading: Reading<'_>) -> String {
    if record.withdrawn {
        return said("result-withdrawn", [], reading);
    }
    match (outcome, record.dose) {
        (ResultOutcome::Vaccinated, Some(dose)) => {
            let number = ("number", u32::from(dose.number).into());
            match dose.of {
                Some(of) => said(
                    "result-dose-of",
                    [number, ("of", u32::from(of).into())],
                    reading,
                ),
                None => said("result-dose", [number], reading),
            }
        }
        _ => said(outcome.text_id(), [], reading),
    }
}

fn place(record: &ResultRecord, reading: Reading<'_>) -> String {
    let laboratory = record.laboratory_name.for_tag(reading.language);
    match &record.place {
        Some(place) => format!("{laboratory} · {place}"),
        None => laboratory.to_owned(),
    }
}

fn fact_text(fact: &str, reading: Reading<'_>) -> Option<String> {
    let id = match fact {
        "negativeTestDate" => "result-fact-negative",
        "positiveTestDate" => "result-fact-positive",
        "vaccinationDate" => "result-fact-vaccinated",
        _ => return None,
    };
    Some(said(id, [], reading))
}

fn earlier(record: &ResultRecord, reading: Reading<'_>) -> EarlierResultView {
    let outcome = ResultOutcome::of(&record.outcome);
    let time = reading.moment(record.reported_at, MomentStyle::DayAndTime);
    let outcome = outcome_text(record, outcome, reading);
    let arguments = [("outcome", outcome.into()), ("time", time.into())];
    EarlierResultView {
        version: record.version,
        text: said("result-earlier", arguments, reading),
    }
}

/// A record that a later version would read.
pub(super) fn unreadable_view(key: &str, is_new: bool, reading: Reading<'_>) -> ResultView {
    let step = ResultStep::Update;
    let next_step_text = step
        .text_id()
        .map_or_else(String::new, |id| said(id, [], reading));
    let (kind, outcome) = (ResultKind::Other, ResultOutcome::Other);
    let level = ResultLevel::Unclear;
    let title = said(kind.text_id(), [], reading);
    let outcome_text = said(outcome.text_id(), [], reading);
    ResultView {
        id: key.to_owned(),
        kind,
        outcome,
        level,
        shape: level.shape().to_string(),
        place: String::new(),
        product: String::new(),
        sampled_at: 0,
        sampled_text: String::new(),
        reported_at: 0,
        reported_text: String::new(),
        valid_until: None,
        countdown: None,
        counts: false,
        next_change_at: None,
        spoken: format!(
            "{} {} {next_step_text}",
            ended(&title),
            ended(&outcome_text)
        ),
        title,
        outcome_text,
        next_step: step,
        next_step_text,
        fact_text: None,
        version: 1,
        earlier: Vec::new(),
        is_withdrawn: false,
        is_new,
    }
}

/// As a sentence of its own.
fn ended(text: &str) -> String {
    let is_ended = text.ends_with(['.', '。', '!', '?', '؟']);
    if is_ended {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A text with its arguments, in the reader's language.
pub(super) fn said<const N: usize>(
    id: &str,
    arguments: [(&'static str, FluentValue<'_>); N],
    reading: Reading<'_>,
) -> String {
    let language = reading.language.words();
    if let Some(text) = words::text(id, language) {
        return text.to_owned();
    }
    let arguments: FluentArgs<'_> = arguments.into_iter().collect();
    words::format(id, &arguments, language).unwrap_or_default()
}
