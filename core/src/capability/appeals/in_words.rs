//! An appeal in words.
//!
//! Invariant: a state says what is so, and the next step what the citizen can do; "received" is never said before the
//! authority signed it.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentValue};

use super::evidence::{EvidenceEntry, EvidenceKind};
use super::records::HeldAppeal;
use super::views::{AppealLevel, AppealStatus, AppealStep, AppealView, EvidenceView};
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
}

impl Reading<'_> {
    /// One that waits.
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
        let status = held.status(is_withdrawing, self.now);
        let decided = held.decided.as_ref();
        let outcome = decided.map(|decided| decided.outcome);
        let moment = |at, style| self.moment(at, style);
        let deadline_text = moment(held.decide_by, MomentStyle::Deadline);
        let pieces: usize = held.evidence.iter().map(|entry| entry.pieces.len()).sum();
        let pieces = u32::try_from(pieces).unwrap_or(u32::MAX);
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
        ];
        let reason_text = decided.map(|decided| self.reason(&decided.reason));
        AppealView {
            evidence: self.evidence(&held.evidence),
            pieces_sent: pieces,
            pieces,
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
    const fn status(&self, is_withdrawing: bool, now: i64) -> AppealStatus {
        if self.decision.is_some() {
            AppealStatus::Decided
        } else if self.withdrawn_at.is_some() {
            AppealStatus::Withdrawn
        } else if is_withdrawing {
            AppealStatus::Withdrawing
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
        AppealStatus::Queued | AppealStatus::Sending | AppealStatus::Withdrawing => {
            (AppealLevel::Waiting, AppealStep::Connect)
        }
        AppealStatus::Received => (AppealLevel::Waiting, AppealStep::Wait),
        AppealStatus::Refused => (AppealLevel::Attention, AppealStep::AppealAgain),
        AppealStatus::Overdue => (AppealLevel::Attention, AppealStep::Call),
        AppealStatus::Withdrawn => (AppealLevel::Done, AppealStep::AppealAgain),
        AppealStatus::Decided => (AppealLevel::Done, AppealStep::SeeColour),
    }
}

crate::hidden_debug!(WaitingAppeal, ByCitizen);
