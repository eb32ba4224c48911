//! What a screen shows: whole states, immutable, in the language that the app set.

use serde::Serialize;

use super::{HomeNotice, HomeStatus, NextStep, Recomputation, WayToGreenView};
use crate::capability::results::ReportedEvidence;
use crate::colour::{Colour, Reason};
use crate::form::{AnswerView, FieldError};
use crate::sync::RefusedUpload;
use crate::trust::{ColourWords, Scheme};
use crate::wire::AppUpdate;

crate::app_types! {
    describe as describe_citizen_views;

    /// How far the citizen has come.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum Stage {
        /// Not registered, and no registration queued: show the registration form. There may still be a colour, of a
        /// registration that the authority has lost.
        NotRegistered,
        /// Registered on this phone, waiting for the authority: sync when there is a network.
        RegistrationQueued,
        /// The authority refused the registration: say why ([`HomeView::uploads_refused`]) and show the registration form,
        /// filled in with what was sent. Registering again takes its place. There may still be a colour, as above.
        RegistrationRefused,
        /// Registered, but the authority has not decided a colour yet: show the declaration form.
        AwaitingColour,
        /// There is a colour.
        Decided,
    }

    /// The home screen.
    #[derive(Clone, PartialEq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct HomeView {
        /// How far the citizen has come.
        pub stage: Stage,
        /// Which state to draw: a colour only while there is a code that counts.
        pub status: HomeStatus,
        /// What the one primary button does.
        pub next_step: NextStep,
        /// What to say above everything else, most urgent first.
        pub notices: Vec<HomeNotice>,
        /// The colour and why; none before [`Stage::Decided`].
        pub colour: Option<ColourView>,
        /// Whether there is a code whose credential has not ended.
        pub code_available: bool,
        /// When the credential ends, Unix seconds.
        pub credential_expires_at: Option<i64>,
        /// When the authority last answered, Unix milliseconds of its clock.
        pub synced_at_ms: Option<i64>,
        /// By which clock moments are told, minutes east of UTC: the region's, wherever the phone is.
        pub utc_offset_minutes: i32,
        /// How old what is shown is, seconds.
        pub data_age_secs: Option<i64>,
        /// Uploads that still wait for the network.
        pub uploads_waiting: u32,
        /// Uploads that a newer version of the app queued: kept, and sent once it is installed again.
        pub uploads_of_newer_app: u32,
        /// Uploads that the authority refused and that need the citizen, each with the field that was refused where the
        /// authority named one.
        pub uploads_refused: Vec<RefusedUpload>,
        /// Whether the time shown comes from an authenticated answer of this boot.
        pub time_is_anchored: bool,
        /// Whether the citizen should get a newer app, by the last answer that said.
        pub app_update: AppUpdate,
    }

    /// The colour and why.
    #[derive(Clone, PartialEq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ColourView {
        /// The citizen's id at the authority: what an office asks for. No part of any document.
        pub citizen_id: String,
        /// Colour.
        pub colour: Colour,
        /// Reason; none where this version does not know it. The texts are there all the same.
        pub reason: Option<Reason>,
        /// Stable id of the reason, also of one that is not known.
        pub reason_id: String,
        /// The reason in a sentence.
        pub why: String,
        /// What to do.
        pub instruction: String,
        /// The colour and what it means, in a few words: "Green: no restriction".
        pub title: String,
        /// Which set the colour is of.
        pub scheme: Scheme,
        /// What is painted, and its words: red of the international scheme is orange.
        pub shown: ColourWords,
        /// The rule that decided, in plain words made from the rule itself; the name of its rule set where it is not on this
        /// phone or cannot be told.
        pub rule_text: String,
        /// Since when, Unix seconds.
        pub since: i64,
        /// First day on which the code can be green, `YYYY-MM-DD`; none for green.
        pub earliest_green: Option<String>,
        /// Day of the evidence, `YYYY-MM-DD`.
        pub evidence_date: Option<String>,
        /// The rule that decided: rule set, version, rule.
        pub rule_set_id: String,
        /// Version of the rule set.
        pub rule_set_version: u32,
        /// Rule within it.
        pub rule_id: String,
        /// Daily check-ins, where the rule that decided counts them.
        pub check_ins: Option<CheckInsView>,
        /// What the citizen can do to turn green, as of today.
        pub way_to_green: WayToGreenView,
        /// Laboratories' reports among what it was decided from.
        pub reports: Vec<ReportedEvidence>,
        /// What this phone came to from the published rule set and the receipt's evidence.
        pub recomputation: Recomputation,
        /// SHA-256 of the signed receipt, lower-case hex: what a correction refers to.
        pub receipt_sha256: String,
    }

    /// Daily check-ins in a row: "3 of 7".
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct CheckInsView {
        /// Days done by the authority's count, as of the receipt.
        pub done: u32,
        /// Days required.
        pub required: u32,
        /// Day of the last check-in that counts, `YYYY-MM-DD`.
        pub last: Option<String>,
        /// Day on which the next one is due, `YYYY-MM-DD`; none once all are done.
        pub next_due: Option<String>,
        /// How far they are, in a sentence.
        pub text: String,
        /// What makes the count begin again, in a sentence.
        pub reset_text: String,
        /// The days of the run by the receipt, those since, and those that are still asked for: oldest first, 60 at most.
        pub days: Vec<CheckInDay>,
    }

    /// A day of the calendar of check-ins.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct CheckInDay {
        /// `YYYY-MM-DD`.
        pub date: String,
        /// The day in words, without its year.
        pub label: String,
        /// What is known of it.
        pub state: CheckInDayState,
    }

    /// What is known of a day's check-in.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum CheckInDayState {
        /// The authority counted it.
        Done,
        /// The authority answered later and had not counted it.
        Missed,
        /// It has passed since the authority's last answer: a check-in of it may wait, or be counted already.
        Unknown,
        /// Today, and not counted yet.
        Today,
        /// It is to come.
        Coming,
    }

    /// How far an erasing has come at the authority; on the phone it is done.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ErasureState {
        /// The request waits for the network.
        Waiting,
        /// The authority erased the subject and signed a receipt.
        Confirmed,
        /// The authority holds nothing of this device or subject.
        NothingHeld,
        /// The authority refused; the problem says why. Only the authority itself can help now.
        Refused,
        /// A newer version of the app knows.
        Other,
    }

    /// Something that the authority keeps of somebody who was erased.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct KeptView {
        /// Stable id; an authority may have others than those of the protocol.
        pub what: String,
        /// Until when, Unix seconds.
        pub until: i64,
        /// What it is and why it is kept, in the authority's words.
        pub text: String,
    }

    /// A subject that was erased from this phone.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ErasureView {
        /// Id of the erasing.
        pub id: String,
        /// Who: `owner`, or a dependant's id.
        pub subject: String,
        /// When, Unix seconds.
        pub erased_at: i64,
        /// What became of it at the authority.
        pub state: ErasureState,
        /// That in a sentence.
        pub text: String,
        /// A shape that tells the state without colour.
        pub shape: String,
        /// All of it, as it is spoken.
        pub spoken: String,
        /// What to do next, in a sentence; none: nothing.
        pub next_step_text: Option<String>,
        /// Stable code of why it was refused.
        pub problem: Option<String>,
        /// When the authority erased it, Unix seconds.
        pub confirmed_at: Option<i64>,
        /// What the authority keeps all the same.
        pub kept: Vec<KeptView>,
        /// The signed receipt, base64url: for the citizen to keep, and to show whoever doubts it.
        pub receipt: Option<String>,
    }

    /// The code to show now.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct CodeView {
        /// Text of the QR code, `JKM1:...`.
        pub text: String,
        /// Colour, to be shown with its word and shape.
        pub colour: Colour,
        /// Which set the colour is of: red of the international scheme is shown as orange.
        pub scheme: Scheme,
        /// Masked name.
        pub masked_name: String,
        /// Milliseconds until the next one is due.
        pub remaining_ms: u32,
        /// Length of a rotation, seconds.
        pub rotation_secs: u32,
        /// When the credential ends, Unix seconds.
        pub credential_expires_at: i64,
        /// Whether it has ended: checkpoints refuse the code unless an outage-grace order counts. Say so on the screen.
        pub is_expired: bool,
        /// Until when checkpoints accept it although it has ended, Unix seconds: by an order for the time when servers
        /// are out of service, which they have as well.
        pub accepted_until: Option<i64>,
        /// That in a sentence.
        pub accepted_until_text: Option<String>,
        /// Where an earlier showing had the same credential, by which doors that pool what they scan can tell that both were this
        /// phone: that in a sentence.
        pub shown_before_text: Option<String>,
    }

    /// The forms that a citizen fills in.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum FormKind {
        /// Who the citizen is; once.
        Registration,
        /// How the citizen is; again and again.
        HealthDeclaration,
        /// Who comes from abroad: how, from where, to which address; once for each entry.
        EntryDeclaration,
    }

    /// A half-filled form, judged.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct FormReview {
        /// Ids of the fields to show, in order.
        pub visible_fields: Vec<String>,
        /// What stands in the way of submitting, in the form's order.
        pub errors: Vec<FieldError>,
        /// The visible fields' answers in words, in order.
        pub answers: Vec<AnswerView>,
        /// Required, visible fields with an acceptable answer.
        pub answered: u32,
        /// Required, visible fields.
        pub required: u32,
    }
}

/// Version of the consent text of this release (`consent-text` in [`crate::words`]); sent with the registration.
pub const CONSENT_VERSION: u32 = 1;

crate::hidden_debug!(
    HomeView,
    ColourView,
    CheckInsView,
    KeptView,
    ErasureView,
    CodeView,
    FormReview
);
