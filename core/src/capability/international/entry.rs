//! How far an entry from abroad is, from what the authority signed and what waits here.
//!
//! Invariant: whether somebody is a visitor is the authority's to say, in the receipt; before the first one a registered passport
//! alone makes the phone offer the form.

use super::views::{EntryStage, EntryView};
use super::zone::said;
use crate::colour::Colour;
use crate::rules::Evidence;
use crate::trust::Scheme;
use crate::wire::Receipt;
use crate::words::Language;

/// What waits here of entry declarations.
#[derive(Clone, Copy, Default)]
pub(super) struct Queue {
    pub(super) is_waiting: bool,
    pub(super) is_refused: bool,
}

pub(super) fn view(
    receipt: Option<&Receipt>,
    has_passport: bool,
    queue: Queue,
    language: Language,
) -> EntryView {
    let is_visitor = receipt.map_or(has_passport, |receipt| {
        receipt.scheme == Scheme::International
    });
    let entered_on = receipt.and_then(entry_day);
    let stage = match receipt {
        _ if !is_visitor => EntryStage::NotAVisitor,
        _ if queue.is_waiting => EntryStage::Waiting,
        _ if queue.is_refused => EntryStage::Refused,
        Some(receipt) if receipt.colour == Colour::Green => EntryStage::Done,
        _ if entered_on.is_some() => EntryStage::Running,
        _ => EntryStage::ToDeclare,
    };
    let id = stage.text_id();
    let of_visitor = receipt.filter(|_| is_visitor);
    EntryView {
        stage,
        title: said(id, language),
        spoken: said(&format!("{id}.spoken"), language),
        next_step: stage.step(),
        next_step_text: said(&format!("{id}.step"), language),
        shown: of_visitor.map(|receipt| receipt.scheme.words(receipt.colour, language)),
        entered_on: entered_on.filter(|_| is_visitor),
        declarations_done: of_visitor.and_then(|receipt| receipt.check_ins_done),
        declarations_required: of_visitor.and_then(|receipt| receipt.check_ins_required),
        earliest_green: of_visitor.and_then(|receipt| receipt.earliest_green.clone()),
    }
}

/// The day of the entry that the evidence counts; none where this version cannot read it.
fn entry_day(receipt: &Receipt) -> Option<String> {
    let evidence = Evidence::from_value(&receipt.evidence).ok()?;
    let entry = evidence.declared?.get("entry").ok()??;
    Some(entry.since)
}
