//! What a screen shows of dependants.

use serde::Serialize;

use super::wire::CarePurpose;
use crate::citizen::{CodeView, HomeStatus, NextStep};
use crate::sync::RefusedUpload;

crate::app_types! {
    describe as describe_dependant_types;

    /// How far the care for a dependant is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum DependantState {
        /// Asked for on this phone; the authority has not answered.
        Waiting,
        /// The authority did not agree: a code of the other side, or the desk, is missing, or a detail is wrong.
        Refused,
        /// In care: with a code once there is a colour.
        InCare,
        /// In care no more: the dependant's side ended it, or the time did.
        Ended,
    }

    /// Somebody who cares for a subject.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct CarerView {
        /// By which the authority names the carer to those who share the care; says nothing of the person.
        pub id: String,
        /// Since which day, `YYYY-MM-DD`.
        pub since: String,
        /// Since which day with another phone than before, `YYYY-MM-DD`; none where it is the first.
        pub moved_on: Option<String>,
        /// Whether it is this phone's owner.
        pub is_this_phone: bool,
        /// All of it in words.
        pub text: String,
    }

    /// A dependant on this phone.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct DependantView {
        /// Id on this phone, for everything that is done for the dependant.
        pub id: String,
        /// Name, as the carer typed it.
        pub name: String,
        /// How far it is.
        pub state: DependantState,
        /// That in words.
        pub state_text: String,
        /// Who, how far and which colour, as it is spoken.
        pub spoken: String,
        /// Which colour to draw: one only while there is a code that counts.
        pub status: HomeStatus,
        /// What the primary button on the dependant's own page does.
        pub next_step: NextStep,
        /// What is to be done next, in words, for the list.
        pub next_text: String,
        /// What the authority refused first, in words.
        pub refusal: Option<RefusedUpload>,
        /// Who cares, this phone's owner among them, as the last sync told.
        pub carers: Vec<CarerView>,
        /// That the care ends for the dependant is of age, and when; empty until it is time to tell.
        pub end_text: String,
        /// Whether there is a code to show.
        pub code_available: bool,
        /// Uploads for the dependant that wait for the network.
        pub uploads_waiting: u32,
        /// Whether the phone's hardware holds the key of the codes, as it holds the owner's.
        pub key_in_hardware: bool,
        /// Where the key is, in words.
        pub key_text: String,
    }

    /// Everybody who is looked after on this phone.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct DependantsView {
        /// In the order in which they came.
        pub dependants: Vec<DependantView>,
        /// What to say above them.
        pub text: String,
        /// How many more the authority allows; none before it has said.
        pub can_add: Option<u32>,
    }

    /// How far a code that is shown is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum CareCodeState {
        /// The authority was not told yet: it counts after the next sync.
        Waiting,
        /// It counts, once, until the time that is told.
        Counts,
        /// Its time is over, or the authority refused it: show another one.
        Over,
    }

    /// A code for the other side of a care.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct CareCodeView {
        /// For whom.
        pub purpose: CarePurpose,
        /// To be read out or typed: `7K3M-99TX-V0QD`.
        pub code: String,
        /// Text of the QR code to show.
        pub picture_text: String,
        /// How far it is.
        pub state: CareCodeState,
        /// That, and what to do with it, in words.
        pub text: String,
        /// Until when it counts, Unix seconds, where the authority has said.
        pub until: Option<i64>,
        /// For so long it counts still, seconds.
        pub remaining_secs: u32,
    }

    /// One of several codes that are shown one after the other.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct GroupCode {
        /// Whose: `owner` or a dependant's id.
        pub id: String,
        /// Name, as it was typed on this phone.
        pub name: String,
        /// Place among them, from 1.
        pub position: u32,
        /// How many there are.
        pub count: u32,
        /// "Xiaoming, 2 of 4", as it stands above the code.
        pub title: String,
        /// The same and the colour, as it is spoken.
        pub spoken: String,
        /// The code to show now; none where there is none.
        pub code: Option<CodeView>,
        /// Why there is none, in words; empty where there is one.
        pub missing_text: String,
    }
}

impl DependantState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Refused, Self::InCare, Self::Ended];

    /// Id of its words.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::Waiting => "care-state-waiting",
            Self::Refused => "care-state-refused",
            Self::InCare => "care-state-in_care",
            Self::Ended => "care-state-ended",
        }
    }
}

crate::hidden_debug!(
    CarerView,
    DependantView,
    DependantsView,
    CareCodeView,
    GroupCode
);
