//! What a screen shows of sheets: whose, until when, what ends them. Never a colour.

use fluent_bundle::FluentArgs;
use serde::Serialize;

use super::wire::{Sheet, SheetStanding};
use crate::code::read_paper;
use crate::words::{self, Language, LanguageTag, marks, moments};

crate::app_types! {
    describe as describe_paper_types;

    /// What became of the wish for a sheet.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum PaperStatus {
        /// None counts, and none was asked for.
        None,
        /// One was asked for; the authority was not reached since.
        Asked,
        /// One counts.
        Counts,
        /// The one that counts was ended here; the authority was not reached since.
        Ending,
    }

    /// What to do next about sheets.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum PaperStep {
        /// Ask for one.
        Ask,
        /// Connect once.
        Connect,
        /// Carry it with the document.
        Carry,
    }

    /// The sheets of a subject.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct PapersView {
        /// How it stands.
        pub status: PaperStatus,
        /// That in a few words.
        pub title: String,
        /// A shape that tells the status without colour.
        pub shape: String,
        /// All of it, as it is spoken.
        pub spoken: String,
        /// What to do next.
        pub next_step: PaperStep,
        /// That in a sentence.
        pub next_step_text: String,
        /// The one that counts, as far as is known here.
        pub sheet: Option<PaperSheetView>,
        /// Those before it, newest first.
        pub earlier: Vec<PaperSheetView>,
        /// Whether one was asked for and the authority was not reached since.
        pub is_asked_for: bool,
        /// Whether the one that counts was ended here and the authority was not reached since.
        pub is_ending: bool,
        /// What comes of what waits, in a sentence; none: nothing waits.
        pub waiting_text: Option<String>,
        /// Longest life of a sheet, days, as far as is known here.
        pub max_days: u8,
        /// What whoever carries a sheet has to know, a sentence each; read out in this order.
        pub advice: Vec<String>,
    }

    /// A sheet of paper for a screen: how long it counts, and what ended it.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct PaperSheetView {
        /// Id of what asked for it.
        pub id: String,
        /// The text of its QR code; none where it does not count.
        pub code: Option<String>,
        /// What a door compares with the document: the name in part. Empty where there is no code.
        pub masked_name: String,
        /// And the document's last characters.
        pub document_tail: String,
        /// The first day on which it counts, `YYYY-MM-DD`.
        pub first_day: String,
        /// The last day, `YYYY-MM-DD`.
        pub last_day: String,
        /// Whether the desk made it.
        pub by_desk: bool,
        /// Whether it counts, as far as is known here.
        pub counts: bool,
        /// What became of it, in a sentence.
        pub standing_text: String,
    }
}

impl PaperSheetView {
    pub(super) fn new(sheet: Sheet, at: i64, language: Language) -> Self {
        let is_over = at >= sheet.expires_at;
        let standing = match sheet.standing {
            SheetStanding::Good if is_over => SheetStanding::Over,
            standing => standing,
        };
        let counts = standing == SheetStanding::Good;
        let code = sheet.code.filter(|_| counts);
        let claims = code.as_deref().and_then(|code| read_paper(code).ok());
        let (masked_name, document_tail) = claims
            .map(|claims| (claims.masked_name, claims.document_tail))
            .unwrap_or_default();
        Self {
            id: sheet.id,
            code,
            masked_name,
            document_tail,
            first_day: sheet.first_day,
            last_day: sheet.last_day,
            by_desk: sheet.by_desk,
            counts,
            standing_text: said(standing_id(standing), language),
        }
    }
}

const fn standing_id(standing: SheetStanding) -> &'static str {
    match standing {
        SheetStanding::Good => "paper-sheet-good",
        SheetStanding::Replaced => "paper-sheet-replaced",
        SheetStanding::Revoked => "paper-sheet-revoked",
        SheetStanding::Ended => "paper-sheet-ended",
        SheetStanding::Over => "paper-sheet-over",
        SheetStanding::Other => "paper-sheet-other",
    }
}

/// What whoever carries a sheet has to know.
pub(super) fn advice(language: Language) -> Vec<String> {
    [
        "paper-advice-document",
        "paper-advice-newer",
        "paper-advice-lost",
    ]
    .map(|id| said(id, language))
    .to_vec()
}

/// What comes of what waits.
pub(super) fn waiting(is_asked_for: bool, is_ending: bool, language: Language) -> Option<String> {
    match (is_asked_for, is_ending) {
        (true, _) => Some(said("paper-waiting-request", language)),
        (false, true) => Some(said("paper-waiting-end", language)),
        (false, false) => None,
    }
}

impl PaperStatus {
    pub(super) const fn new(counts: bool, is_asked_for: bool, is_ending: bool) -> Self {
        match (is_asked_for, is_ending, counts) {
            (true, _, _) => Self::Asked,
            (false, true, _) => Self::Ending,
            (false, false, true) => Self::Counts,
            (false, false, false) => Self::None,
        }
    }

    /// Says it; `last_day` is that of the sheet that counts.
    pub(super) fn title(self, last_day: &str, language: &LanguageTag) -> String {
        match self {
            Self::None => said("paper-status-none", language.words()),
            Self::Asked => said("paper-status-asked", language.words()),
            Self::Ending => said("paper-status-ending", language.words()),
            Self::Counts => {
                let mut arguments = FluentArgs::new();
                arguments.set("day", moments::date_text(last_day, language));
                words::format("paper-status-counts", &arguments, language.words())
                    .unwrap_or_default()
            }
        }
    }

    pub(super) const fn shape(self) -> char {
        match self {
            Self::None => marks::PAST,
            Self::Asked | Self::Ending => marks::WAITING,
            Self::Counts => marks::DONE,
        }
    }

    pub(super) const fn next_step(self) -> PaperStep {
        match self {
            Self::None => PaperStep::Ask,
            Self::Asked | Self::Ending => PaperStep::Connect,
            Self::Counts => PaperStep::Carry,
        }
    }
}

impl PaperStep {
    pub(super) fn text(self, language: Language) -> String {
        let id = match self {
            Self::Ask => "paper-step-ask",
            Self::Connect => "paper-step-connect",
            Self::Carry => "paper-step-carry",
        };
        said(id, language)
    }
}

fn said(id: &'static str, language: Language) -> String {
    words::text(id, language).unwrap_or(id).to_owned()
}

crate::hidden_debug!(PapersView, PaperSheetView);
