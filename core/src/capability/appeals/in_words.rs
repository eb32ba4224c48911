//! An appeal in words.
//!
//! Invariant: a state says what is so, and the next step what the citizen can do; "received" is never said before the
//! authority signed it.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentValue};

use super::answering::WaitingAnswer;
use super::asking::AppealRequest;
use super::evidence::{EvidenceEntry, EvidenceKind};
use super::records::{HeldAppeal, HeldRequest};
use super::views::{
    AppealEventView, AppealLevel, AppealStatus, AppealStep, AppealView, EvidenceView,
};
use super::wire::{Appeal, AppealOutcome};
use crate::words;
use crate::words::moments::{MomentStyle, Reading};

/// An appeal that waits in the outbox.
pub(super) struct WaitingAppeal {
    pub(super) id: String,
    pub(super) appeal: Appeal,
    /// Pieces that the authority still wants; none before it said.
    pub(super) missing: Option<usize>,
    /// In words, where it was refused.
    pub(super) refusal: Option<String>,
}

/// What the citizen did about appeals that the authority has.
#[derive(Default)]
pub(super) struct ByCitizen {
    /// Those whose withdrawal waits.
    pub(super) withdrawing: BTreeSet<String>,
    /// Those whose decision was looked at.
    pub(super) read: BTreeSet<String>,
    /// Answers on their way, by the request.
    pub(super) answers: BTreeMap<String, WaitingAnswer>,
}

impl Reading<'_> {
    /// An appeal that the authority has not taken yet, or refused.
    pub(super) fn waiting(self, waiting: WaitingAppeal) -> AppealView {
        let pieces = waiting.appeal.pieces().len();
        let sent = waiting
            .missing
            .map_or(0, |missing| pieces.saturating_sub(missing));
        let status = match (&waiting.refusal, waiting.missing) {
            (Some(_), _) => AppealStatus::Refused,
            (None, Some(_)) => AppealStatus::Sending,
            (None, None) => AppealStatus::Queued,
        };
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let arguments = [
            ("sent", count(sent).into()),
            ("all", count(pieces).into()),
            ("reason", waiting.refusal.unwrap_or_default().into()),
        ];
        AppealView {
            statement: waiting.appeal.statement,
            evidence: self.evidence(&waiting.appeal.evidence),
            receipt_sha256: waiting.appeal.receipt_sha256,
            pieces_sent: count(sent),
            pieces: count(pieces),
            can_withdraw: status != AppealStatus::Refused,
            can_dismiss: status == AppealStatus::Refused,
            ..self.view(waiting.id, status, None, arguments)
        }
    }

    /// One that the authority has.
    pub(super) fn held(self, id: String, held: HeldAppeal, by: &ByCitizen) -> AppealView {
        let is_withdrawing = by.withdrawing.contains(&id);
        let asked = held.asked().map(|request| request.told.clone());
        let answer = asked.as_ref().and_then(|asked| by.answers.get(&asked.id));
        let is_answering = answer.is_some_and(|answer| answer.refusal.is_none());
        let status = held.status(is_withdrawing, is_answering, self.now);
        let decided = held.decided.as_ref();
        let outcome = decided.map(|decided| decided.outcome);
        let moment = |at, style| self.moment(at, style);
        let deadline_text = moment(held.decide_by, MomentStyle::Deadline);
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let of = |evidence: &[EvidenceEntry]| evidence.iter().map(|one| one.pieces.len()).sum();
        // While more is being sent, of that.
        let (pieces, missing) = match answer {
            Some(answer) if is_answering => {
                let pieces = of(&answer.evidence);
                (pieces, answer.missing.unwrap_or(pieces))
            }
            _ => (of(&held.evidence), 0),
        };
        let arguments = [
            (
                "time",
                moment(held.received_at, MomentStyle::DayAndTime).into(),
            ),
            (
                "deadline",
                moment(held.decide_by, MomentStyle::DayAndTime).into(),
            ),
            ("left", deadline_text.clone().into()),
            (
                "answer",
                moment(
                    asked.as_ref().map_or(0, |asked| asked.answer_by),
                    MomentStyle::DayAndTime,
                )
                .into(),
            ),
        ];
        let reason_text = decided.map(|decided| self.reason(&decided.reason));
        AppealView {
            evidence: self.evidence(&held.evidence),
            pieces_sent: count(pieces.saturating_sub(missing)),
            pieces: count(pieces),
            asked_text: asked.as_ref().map(|asked| self.asked(asked)),
            answer_by: asked.as_ref().map(|asked| asked.answer_by),
            answer_by_text: (asked.as_ref())
                .map(|asked| moment(asked.answer_by, MomentStyle::Deadline)),
            can_answer: asked.is_some() && !is_answering && !is_withdrawing,
            answer_problem: answer.and_then(|answer| answer.refusal.clone()),
            events: self.events(&held),
            received_at: Some(held.received_at),
            decide_by: Some(held.decide_by),
            deadline_text: held.is_open().then_some(deadline_text),
            outcome,
            reason_text,
            decision_text: decided.and_then(|decided| {
                let text = decided.text.for_tag(self.language);
                (!text.is_empty()).then(|| text.to_owned())
            }),
            decided_at: decided.map(|decided| decided.decided_at),
            is_new: held.decision.is_some() && !by.read.contains(&id),
            can_withdraw: held.is_open() && !is_withdrawing,
            can_dismiss: !held.is_open(),
            ..self.view(id, status, outcome, arguments)
        }
        .with_signed(held)
    }

    /// What officers ask for: in words of the closed list, then in their own.
    fn asked(self, asked: &AppealRequest) -> String {
        let listed = self.text(&format!("appeal-ask-{}", asked.reason));
        let own = asked.text.for_tag(self.language);
        match (listed.is_empty(), own.is_empty()) {
            (false, true) => listed,
            (false, false) => [listed.as_str(), own].join(" "),
            (true, false) => own.to_owned(),
            (true, true) => self.text("appeal-ask-other"),
        }
    }

    /// What happened to it, oldest first.
    fn events(self, held: &HeldAppeal) -> Vec<AppealEventView> {
        let event = |id: &str, at| AppealEventView {
            title: self.text(id),
            at,
            at_text: self.moment(at, MomentStyle::DayAndTime),
            text: None,
            statement: String::new(),
            evidence: Vec::new(),
        };
        let mut events = vec![event("appeal-event-received", held.received_at)];
        for request in &held.requests {
            events.push(AppealEventView {
                text: Some(self.asked(&request.told)),
                ..event("appeal-event-asked", request.told.asked_at)
            });
            let added = request.addition.iter();
            events.extend(added.map(|added| AppealEventView {
                statement: added.statement.clone(),
                evidence: self.evidence(&added.evidence),
                ..event("appeal-event-answered", added.received_at)
            }));
        }
        let withdrawn = held.withdrawn_at;
        events.extend(withdrawn.map(|at| event("appeal-event-withdrawn", at)));
        let decided = held.decided.as_ref();
        events.extend(decided.map(|decided| event("appeal-event-decided", decided.decided_at)));
        events
    }

    /// A piece of evidence.
    pub(super) fn evidence(self, entries: &[EvidenceEntry]) -> Vec<EvidenceView> {
        let views = entries.iter().map(|entry| {
            let id = match entry.kind {
                EvidenceKind::Jpeg | EvidenceKind::Png => "evidence-picture",
                EvidenceKind::Pdf => "evidence-pdf",
            };
            let kilobytes = entry.size.div_ceil(1024);
            EvidenceView {
                sha256: entry.sha256.clone(),
                kind: entry.kind,
                size_bytes: entry.size,
                text: self.format(id, [("size", kilobytes.into())]),
            }
        });
        views.collect()
    }

    /// A text without arguments.
    pub(super) fn text(self, id: &str) -> String {
        let text = words::text(id, self.language.words());
        text.unwrap_or_default().to_owned()
    }

    /// A text with arguments.
    pub(super) fn format<const N: usize>(
        self,
        id: &str,
        arguments: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        let language = self.language.words();
        if let Some(text) = words::text(id, language) {
            return text.to_owned();
        }
        let arguments: FluentArgs<'_> = arguments.into_iter().collect();
        words::format(id, &arguments, language).unwrap_or_default()
    }

    fn reason(self, id: &str) -> String {
        let text = self.text(&format!("appeal-reason-{id}"));
        if text.is_empty() {
            self.text("appeal-reason-other")
        } else {
            text
        }
    }

    fn view<const N: usize>(
        self,
        id: String,
        status: AppealStatus,
        outcome: Option<AppealOutcome>,
        arguments: [(&'static str, FluentValue<'_>); N],
    ) -> AppealView {
        let text_id = text_id(status, outcome);
        let (level, next_step) = level_and_step(status);
        let title = self.text(&format!("{text_id}.title"));
        let text = self.format(text_id, arguments);
        let next_step_text = self.text(match next_step {
            AppealStep::Connect => "appeal-step-connect",
            AppealStep::Wait => "appeal-step-wait",
            AppealStep::Answer => "appeal-step-answer",
            AppealStep::Call => "appeal-step-call",
            AppealStep::AppealAgain => "appeal-step-again",
            AppealStep::SeeColour => "appeal-step-see_colour",
        });
        AppealView {
            id,
            status,
            level,
            spoken: [title.as_str(), text.as_str(), next_step_text.as_str()].join(" "),
            title,
            text,
            next_step,
            next_step_text,
            statement: String::new(),
            evidence: Vec::new(),
            receipt_sha256: String::new(),
            pieces_sent: 0,
            pieces: 0,
            received_at: None,
            decide_by: None,
            deadline_text: None,
            asked_text: None,
            answer_by: None,
            answer_by_text: None,
            can_answer: false,
            answer_problem: None,
            events: Vec::new(),
            outcome: None,
            reason_text: None,
            decision_text: None,
            decided_at: None,
            is_new: false,
            can_withdraw: false,
            can_dismiss: false,
            acknowledgement: None,
            decision: None,
        }
    }
}

impl AppealView {
    fn with_signed(self, held: HeldAppeal) -> Self {
        Self {
            statement: held.statement,
            receipt_sha256: held.receipt_sha256,
            acknowledgement: Some(held.acknowledgement),
            decision: held.decision,
            ..self
        }
    }
}

impl HeldAppeal {
    /// How far it is at `now`, Unix seconds.
    fn status(&self, is_withdrawing: bool, is_answering: bool, now: i64) -> AppealStatus {
        let is_asked = |request: &HeldRequest| now <= request.told.answer_by;
        if self.decision.is_some() {
            AppealStatus::Decided
        } else if self.withdrawn_at.is_some() {
            AppealStatus::Withdrawn
        } else if is_withdrawing {
            AppealStatus::Withdrawing
        } else if is_answering {
            AppealStatus::Answering
        } else if self.asked().is_some_and(is_asked) {
            AppealStatus::Asked
        } else if self.decide_by < now {
            AppealStatus::Overdue
        } else {
            AppealStatus::Received
        }
    }
}

const fn text_id(status: AppealStatus, outcome: Option<AppealOutcome>) -> &'static str {
    match (status, outcome) {
        (AppealStatus::Queued, _) => "appeal-queued",
        (AppealStatus::Sending, _) => "appeal-sending",
        (AppealStatus::Refused, _) => "appeal-refused",
        (AppealStatus::Received, _) => "appeal-received",
        (AppealStatus::Asked, _) => "appeal-asked",
        (AppealStatus::Answering, _) => "appeal-answering",
        (AppealStatus::Overdue, _) => "appeal-overdue",
        (AppealStatus::Withdrawing, _) => "appeal-withdrawing",
        (AppealStatus::Withdrawn, _) => "appeal-withdrawn",
        (AppealStatus::Decided, Some(AppealOutcome::Upheld)) => "appeal-upheld",
        (AppealStatus::Decided, Some(AppealOutcome::Partly)) => "appeal-partly",
        (AppealStatus::Decided, Some(AppealOutcome::Rejected)) => "appeal-rejected",
        (AppealStatus::Decided, Some(AppealOutcome::Other) | None) => "appeal-decided",
    }
}

const fn level_and_step(status: AppealStatus) -> (AppealLevel, AppealStep) {
    match status {
        AppealStatus::Queued
        | AppealStatus::Sending
        | AppealStatus::Answering
        | AppealStatus::Withdrawing => (AppealLevel::Waiting, AppealStep::Connect),
        AppealStatus::Asked => (AppealLevel::Attention, AppealStep::Answer),
        AppealStatus::Received => (AppealLevel::Waiting, AppealStep::Wait),
        AppealStatus::Refused => (AppealLevel::Attention, AppealStep::AppealAgain),
        AppealStatus::Overdue => (AppealLevel::Attention, AppealStep::Call),
        AppealStatus::Withdrawn => (AppealLevel::Done, AppealStep::AppealAgain),
        AppealStatus::Decided => (AppealLevel::Done, AppealStep::SeeColour),
    }
}

crate::hidden_debug!(WaitingAppeal, ByCitizen);
