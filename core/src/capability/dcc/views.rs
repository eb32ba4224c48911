//! What a screen shows of certificates.

use serde::Serialize;

use super::certificate::DccKind;
use super::names::{DccComparison, DccPart};

crate::app_types! {
    describe as describe_dcc_types;

    /// How much can be said for a certificate.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum DccLevel {
        /// It was verified and counts here.
        Good,
        /// Something is open: see title and next step.
        Attention,
        /// It does not hold.
        Stop,
    }

    /// How a certificate stands on this phone.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum DccStatus {
        /// Verified, and it counts here by the rules.
        Counts,
        /// Verified, and it does not count here.
        NotAccepted,
        /// Verified; there are no rules yet by which it could count.
        NoRules,
        /// There is no list of keys yet to verify it with.
        Unchecked,
        /// No key of the list is the one that is said to have signed it.
        KeyUnknown,
        /// The key that signed it was taken off the list.
        KeyWithdrawn,
        /// Past its time.
        Expired,
        /// Read, and it does not hold.
        Refused,
        /// Not read.
        Unreadable,
    }

    /// How far it is with handing a certificate in.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum DccSending {
        /// Not handed in.
        NotSent,
        /// Waits on this phone.
        Waiting,
        /// The authority refused it.
        Refused,
        /// The authority has it.
        Received,
        /// The authority has it; the names are looked at by officers.
        AtDesk,
        /// Officers found that it is the citizen's.
        Agreed,
        /// Officers found that it is not the citizen's.
        NotOurs,
    }

    /// What to do about it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum DccStep {
        /// Keep it on this phone.
        Keep,
        /// Hand it in.
        Submit,
        /// Compare both names, then hand it in.
        Compare,
        /// Connect once.
        Connect,
        /// Wait for the officers.
        Wait,
        /// Go to the desk with document and certificate.
        Desk,
        /// Ask whoever issued it for a new one.
        AskIssuer,
        /// Register first.
        Register,
        /// Nothing.
        None,
    }

    /// Certificates of a subject.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct DccsView {
        /// The newest first.
        pub certificates: Vec<DccView>,
        /// Most that are kept.
        pub max_certificates: u32,
        /// Whether one more can be kept.
        pub can_keep: bool,
        /// Keys of the list that is held; 0: there is none yet.
        pub keys: u32,
        /// What there is, in a sentence.
        pub text: String,
    }

    /// A certificate.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct DccView {
        /// Its id; empty where it was not read.
        pub id: String,
        /// How much can be said for it.
        pub level: DccLevel,
        /// How it stands here.
        pub status: DccStatus,
        /// As it is written.
        pub title: String,
        /// As it is spoken, in sentences.
        pub spoken: String,
        /// What to do next.
        pub next_step: DccStep,
        /// That in a sentence.
        pub next_step_text: String,
        /// Stable code of what is wrong with it.
        pub fault: Option<String>,
        /// That in a sentence; empty where nothing is.
        pub fault_text: String,
        /// What it is about; none where it was not read.
        pub kind: Option<DccKind>,
        /// That in words.
        pub kind_text: String,
        /// The person of the certificate beside who is registered, part by part.
        pub names: Vec<DccNameView>,
        /// What the parts come to; none where nobody is registered.
        pub names_comparison: Option<DccComparison>,
        /// That in a sentence; empty where nobody is registered.
        pub names_text: String,
        /// What else it says, in the order in which it is shown.
        pub lines: Vec<DccLine>,
        /// What of the rules does not hold, a sentence each.
        pub rules: Vec<String>,
        /// When it ends, Unix seconds.
        pub expires_at: Option<i64>,
        /// Whether it is kept on this phone.
        pub is_kept: bool,
        /// How far it is with handing it in.
        pub sending: DccSending,
        /// That in a sentence; empty where it was not handed in.
        pub sending_text: String,
        /// Whether it can be handed in now.
        pub can_submit: bool,
        /// Whether the citizen has to confirm the names for that.
        pub needs_confirmation: bool,
    }

    /// A part of what names a person, on both sides.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct DccNameView {
        /// Which part.
        pub part: DccPart,
        /// That in words.
        pub label: String,
        /// As the certificate has it; empty where it does not say.
        pub in_certificate: String,
        /// As it is registered, of a name all of it; empty where that does not say.
        pub in_document: String,
        /// What can be said of the two.
        pub comparison: DccComparison,
        /// That in words.
        pub comparison_text: String,
    }

    /// Something that a certificate says.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct DccLine {
        /// What.
        pub label: String,
        /// The value in words.
        pub value: String,
    }
}

crate::hidden_debug!(DccsView, DccView, DccNameView, DccLine);

impl DccStatus {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Counts,
        Self::NotAccepted,
        Self::NoRules,
        Self::Unchecked,
        Self::KeyUnknown,
        Self::KeyWithdrawn,
        Self::Expired,
        Self::Refused,
        Self::Unreadable,
    ];

    /// Id of its title.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::Counts => "dcc-status-counts",
            Self::NotAccepted => "dcc-status-not_accepted",
            Self::NoRules => "dcc-status-no_rules",
            Self::Unchecked => "dcc-status-unchecked",
            Self::KeyUnknown => "dcc-status-key_unknown",
            Self::KeyWithdrawn => "dcc-status-key_withdrawn",
            Self::Expired => "dcc-status-expired",
            Self::Refused => "dcc-status-refused",
            Self::Unreadable => "dcc-status-unreadable",
        }
    }

    /// How much that says for it.
    #[must_use]
    pub const fn level(self) -> DccLevel {
        match self {
            Self::Counts => DccLevel::Good,
            Self::NotAccepted | Self::NoRules | Self::Unchecked | Self::KeyUnknown => {
                DccLevel::Attention
            }
            Self::KeyWithdrawn | Self::Expired | Self::Refused | Self::Unreadable => DccLevel::Stop,
        }
    }
}

impl DccSending {
    /// All of them that have a text.
    pub const WITH_TEXT: [Self; 6] = [
        Self::Waiting,
        Self::Refused,
        Self::Received,
        Self::AtDesk,
        Self::Agreed,
        Self::NotOurs,
    ];

    /// Id of its text; none for what was not handed in.
    #[must_use]
    pub const fn text_id(self) -> Option<&'static str> {
        match self {
            Self::NotSent => None,
            Self::Waiting => Some("dcc-sent-waiting"),
            Self::Refused => Some("dcc-sent-refused"),
            Self::Received => Some("dcc-sent-received"),
            Self::AtDesk => Some("dcc-sent-at_desk"),
            Self::Agreed => Some("dcc-sent-agreed"),
            Self::NotOurs => Some("dcc-sent-not_ours"),
        }
    }
}

impl DccStep {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Keep,
        Self::Submit,
        Self::Compare,
        Self::Connect,
        Self::Wait,
        Self::Desk,
        Self::AskIssuer,
        Self::Register,
        Self::None,
    ];

    /// Id of its text.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::Keep => "dcc-step-keep",
            Self::Submit => "dcc-step-submit",
            Self::Compare => "dcc-step-compare",
            Self::Connect => "dcc-step-connect",
            Self::Wait => "dcc-step-wait",
            Self::Desk => "dcc-step-desk",
            Self::AskIssuer => "dcc-step-ask_issuer",
            Self::Register => "dcc-step-register",
            Self::None => "dcc-step-none",
        }
    }
}

impl DccPart {
    /// Id of its name.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::Surname => "dcc-part-surname",
            Self::GivenNames => "dcc-part-given_names",
            Self::BirthDate => "dcc-part-birth_date",
        }
    }
}

impl DccComparison {
    /// Id of what it says of a part; its attribute `all` is about all parts together.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::Same => "dcc-names-same",
            Self::Differs => "dcc-names-differ",
            Self::CannotCompare => "dcc-names-open",
        }
    }
}
