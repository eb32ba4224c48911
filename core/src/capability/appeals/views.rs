//! What a screen shows of appeals: whole states in words, so that a screen only draws.

use serde::Serialize;

use super::evidence::EvidenceKind;
use super::wire::AppealOutcome;

crate::app_types! {
    describe as describe_appeal_types;

    /// How far an appeal has come.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum AppealStatus {
        /// It waits on this phone.
        Queued,
        /// The authority has part of its evidence.
        Sending,
        /// The authority refused it, or it can never be sent.
        Refused,
        /// The authority has it and signed a deadline.
        Received,
        /// Officers ask for more, and the deadline stands still.
        Asked,
        /// What was added waits on this phone, or the authority has part of it.
        Answering,
        /// The deadline has passed without a decision.
        Overdue,
        /// A withdrawal waits to be sent.
        Withdrawing,
        /// It was withdrawn.
        Withdrawn,
        /// It was decided.
        Decided,
    }

    /// How a state is to be drawn, together with its words and never by colour alone.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum AppealLevel {
        /// Something goes on by itself: a clock.
        Waiting,
        /// The citizen has something to do: an exclamation mark.
        Attention,
        /// It is over: a check mark.
        Done,
    }

    /// What the citizen can do next.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum AppealStep {
        /// Connect once.
        Connect,
        /// Nothing to do but to wait for the authority.
        Wait,
        /// Add what officers ask for.
        Answer,
        /// Call the authority and name the receipt.
        Call,
        /// Mend what was refused and appeal again.
        AppealAgain,
        /// Look at the colour.
        SeeColour,
    }

    /// A piece of evidence.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct EvidenceView {
        /// SHA-256, lower-case hex: its id.
        pub sha256: String,
        /// What it is.
        pub kind: EvidenceKind,
        /// How large the file is, bytes.
        pub size_bytes: u32,
        /// What it is and how large, in words: "Photograph, 1.2 MB".
        pub text: String,
    }

    /// An appeal that is being written.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct AppealDraftView {
        /// What was written so far.
        pub statement: String,
        /// What was added so far.
        pub evidence: Vec<EvidenceView>,
        /// Most pieces of evidence.
        pub max_evidence: u32,
        /// Largest one, bytes: scale pictures down to less before adding them.
        pub max_evidence_bytes: u32,
        /// Most characters of the statement.
        pub max_statement_chars: u32,
        /// The receipt that it would be about; none while there is no colour.
        pub receipt_sha256: Option<String>,
        /// Whether it can be sent as it is.
        pub can_submit: bool,
        /// Why not, in a sentence.
        pub problem: Option<String>,
        /// Whether it can be sent as an answer to what officers ask for.
        pub can_answer: bool,
        /// Why not, in a sentence.
        pub answer_problem: Option<String>,
        /// What may be added, in a sentence.
        pub limits_text: String,
    }

    /// Something that happened to an appeal.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct AppealEventView {
        /// What, in a few words.
        pub title: String,
        /// When, Unix seconds.
        pub at: i64,
        /// That in words.
        pub at_text: String,
        /// What was asked for, in words.
        pub text: Option<String>,
        /// What the citizen wrote; empty where another phone sent it.
        pub statement: String,
        /// What was sent along.
        pub evidence: Vec<EvidenceView>,
    }

    /// An appeal from its queuing to its decision, for a screen.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct AppealView {
        /// Of the upload: UUIDv7, by which it is withdrawn, marked and dismissed.
        pub id: String,
        /// How far it is.
        pub status: AppealStatus,
        /// How to draw that.
        pub level: AppealLevel,
        /// That in a few words.
        pub title: String,
        /// That in a sentence or two.
        pub text: String,
        /// Title, text and next step as they are spoken.
        pub spoken: String,
        /// What the citizen can do.
        pub next_step: AppealStep,
        /// That in words.
        pub next_step_text: String,
        /// What was sent as to what is wrong; empty where another phone sent it.
        pub statement: String,
        /// What was sent along.
        pub evidence: Vec<EvidenceView>,
        /// The receipt that it is about, SHA-256, lower-case hex.
        pub receipt_sha256: String,
        /// Pieces that the authority has of those that it asked for.
        pub pieces_sent: u32,
        /// Pieces in all.
        pub pieces: u32,
        /// When the authority had all of it, Unix seconds.
        pub received_at: Option<i64>,
        /// By when it decides, Unix seconds.
        pub decide_by: Option<i64>,
        /// Until when, and how long that is: "Thu 14:20 (3 h)".
        pub deadline_text: Option<String>,
        /// What officers ask for now, in words: of the closed list, then their own.
        pub asked_text: Option<String>,
        /// Until when the deadline stands still for the answer, Unix seconds.
        pub answer_by: Option<i64>,
        /// That in words: "Thu 14:20 (3 h)".
        pub answer_by_text: Option<String>,
        /// Whether an answer can be written now, late ones too.
        pub can_answer: bool,
        /// Why the last answer was not accepted, in words.
        pub answer_problem: Option<String>,
        /// What happened to it since it was received, oldest first.
        pub events: Vec<AppealEventView>,
        /// What became of it.
        pub outcome: Option<AppealOutcome>,
        /// Why, in words of the closed list.
        pub reason_text: Option<String>,
        /// The officers' own words.
        pub decision_text: Option<String>,
        /// When it was decided, Unix seconds.
        pub decided_at: Option<i64>,
        /// Whether the decision was not looked at yet.
        pub is_new: bool,
        /// Whether it can be withdrawn.
        pub can_withdraw: bool,
        /// Whether it can be taken from the list.
        pub can_dismiss: bool,
        /// The signed acknowledgement, base64url: for the citizen to keep, and to show whoever doubts it.
        pub acknowledgement: Option<String>,
        /// The signed decision, base64url.
        pub decision: Option<String>,
    }

    /// The appeals of a subject.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct AppealsView {
        /// The newest first.
        pub appeals: Vec<AppealView>,
        /// Decisions that were not looked at yet.
        pub new_decisions: u32,
        /// Appeals whose deadline has passed.
        pub overdue: u32,
        /// That in a sentence; what there is to say where there are none.
        pub text: String,
    }
}

crate::hidden_debug!(
    EvidenceView,
    AppealDraftView,
    AppealEventView,
    AppealView,
    AppealsView
);
