//! What the home screen draws large, and what its one primary button does.
//!
//! Invariant: a colour is told only where a code is there that still counts. Once it has ended the last colour is not
//! told any more, whatever it was: the state is unknown.

use serde::Serialize;

use super::Stage;
use super::snapshot::Snapshot;
use crate::colour::{Colour, Reason};
use crate::sync::{DECLARATION, UploadKind};
use crate::wire::AppUpdate;
use crate::words::{self, Language};

crate::app_types! {
    describe as describe_status;

    /// Which state to draw.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum StatusKind {
        /// A code is there, and is green.
        Green,
        /// A code is there, and is yellow.
        Yellow,
        /// A code is there, and is red; of the international scheme shown as orange, see
        /// [`ColourView::shown`](super::ColourView::shown).
        Red,
        /// No code that counts: a state of its own, never the last colour.
        Unknown,
    }

    /// The state, and how it is written and spoken.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct HomeStatus {
        /// Which.
        pub kind: StatusKind,
        /// As it is written: "Green: no restriction".
        pub title: String,
        /// As it is spoken, in a sentence.
        pub spoken: String,
    }

    /// What the one primary button does.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum NextStepKind {
        /// Opens the registration form.
        Register,
        /// Opens the registration form with what was refused.
        MendRegistration,
        /// Syncs.
        Connect,
        /// Opens the declaration form.
        Declare,
        /// Opens the declaration form, which is today's check-in.
        CheckInToday,
        /// Opens the ways to prove who one is: without a proof there is no code.
        ProveIdentity,
        /// Opens the declaration of an entry from abroad.
        DeclareEntry,
        /// Opens the code.
        ShowCode,
        /// Opens the export: what is held here will be erased.
        SaveData,
        /// Opens the place where a newer app is.
        Update,
        /// There is nothing that the citizen can do: no button.
        None,
    }

    /// The next step with its label.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct NextStep {
        /// Which.
        pub kind: NextStepKind,
        /// The button's label; empty for none.
        pub text: String,
    }
}

impl StatusKind {
    const fn of(colour: Colour) -> Self {
        match colour {
            Colour::Green => Self::Green,
            Colour::Yellow => Self::Yellow,
            Colour::Red => Self::Red,
        }
    }
}

impl NextStepKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Register,
        Self::MendRegistration,
        Self::Connect,
        Self::Declare,
        Self::CheckInToday,
        Self::ProveIdentity,
        Self::DeclareEntry,
        Self::ShowCode,
        Self::SaveData,
        Self::Update,
        Self::None,
    ];

    /// Id of its label; none where there is no button.
    #[must_use]
    pub const fn text_id(self) -> Option<&'static str> {
        match self {
            Self::Register => Some("step-register"),
            Self::MendRegistration => Some("step-mend_registration"),
            Self::Connect => Some("step-connect"),
            Self::Declare => Some("step-declare"),
            Self::CheckInToday => Some("step-check_in_today"),
            Self::ProveIdentity => Some("proof-step-prove"),
            Self::DeclareEntry => Some("step-declare_entry"),
            Self::ShowCode => Some("step-show_code"),
            Self::SaveData => Some("step-save_data"),
            Self::Update => Some("step-update"),
            Self::None => None,
        }
    }
}

/// The state to draw.
pub(super) fn status(snapshot: &Snapshot, language: Language) -> HomeStatus {
    let counts = snapshot.receipt().filter(|_| snapshot.has_code());
    if let Some(receipt) = counts {
        let shown = receipt.scheme.words(receipt.colour, language);
        return HomeStatus {
            kind: StatusKind::of(receipt.colour),
            title: shown.title,
            spoken: shown.spoken,
        };
    }
    let id = if snapshot.has_state {
        "status-unknown"
    } else {
        "status-no_colour"
    };
    HomeStatus {
        kind: StatusKind::Unknown,
        title: text(id, language),
        spoken: text(&format!("{id}.spoken"), language),
    }
}

/// What is asked of the citizen now.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked {
    /// Today's check-in.
    pub(super) check_in: bool,
    /// A proof of who this is, without which there is no code.
    pub(super) proof: bool,
    /// To declare an entry from abroad.
    pub(super) entry: bool,
}

/// What to do next.
pub(super) fn next_step(
    snapshot: &Snapshot,
    stage: Stage,
    asked: Asked,
    at: i64,
    language: Language,
) -> NextStep {
    let kind = next_step_kind(snapshot, stage, asked, at);
    let label = kind.text_id().map(|id| text(id, language));
    NextStep {
        kind,
        text: label.unwrap_or_default(),
    }
}

fn next_step_kind(snapshot: &Snapshot, stage: Stage, asked: Asked, at: i64) -> NextStepKind {
    let mut waiting = snapshot.uploads.iter().filter(|upload| upload.is_waiting());
    let declares = waiting.any(|upload| upload.kind == UploadKind::Known(&DECLARATION));
    let must_declare = snapshot
        .receipt()
        .is_some_and(|receipt| receipt.reason.known() == Some(Reason::NotDeclared));
    if snapshot.app_update == AppUpdate::Needed {
        return NextStepKind::Update;
    }
    if snapshot.sunset(at).is_some_and(|sunset| sunset.has_come) {
        return match stage {
            Stage::NotRegistered => NextStepKind::None,
            _ => NextStepKind::SaveData,
        };
    }
    match stage {
        Stage::NotRegistered => NextStepKind::Register,
        _ if asked.proof => NextStepKind::ProveIdentity,
        Stage::RegistrationRefused => NextStepKind::MendRegistration,
        Stage::RegistrationQueued => NextStepKind::Connect,
        Stage::AwaitingColour | Stage::Decided if asked.entry && !declares => {
            NextStepKind::DeclareEntry
        }
        Stage::AwaitingColour if declares || snapshot.has_state => NextStepKind::Connect,
        Stage::AwaitingColour => NextStepKind::Declare,
        Stage::Decided if !snapshot.has_code() => NextStepKind::Connect,
        Stage::Decided if declares => NextStepKind::ShowCode,
        Stage::Decided if must_declare => NextStepKind::Declare,
        Stage::Decided if asked.check_in => NextStepKind::CheckInToday,
        Stage::Decided => NextStepKind::ShowCode,
    }
}

fn text(id: &str, language: Language) -> String {
    words::text(id, language).unwrap_or_default().to_owned()
}
