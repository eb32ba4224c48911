//! What a screen shows of passports, entries and other regions.

use serde::Serialize;

use crate::code::{Refusal, VerdictAct, VerdictLevel};
use crate::colour::Colour;
use crate::identity::DocumentKind;
use crate::identity::mrz::{Mrz, NameComparison};
use crate::trust::{ColourWords, Scheme};
use crate::words::LocalizedText;

crate::app_types! {
    describe as describe_international_types;

    /// What came of reading a machine-readable zone.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum MrzLevel {
        /// Everything fits: the form can be filled in.
        Sound,
        /// Everything fits, and the document is past its last day.
        Expired,
        /// Something does not fit: compare the places with the document, or read again.
        Check,
        /// No zone was read.
        Unread,
    }

    /// A zone as a screen shows it.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct MrzView {
        /// What came of it.
        pub level: MrzLevel,
        /// As it is written.
        pub title: String,
        /// As it is spoken, in a sentence.
        pub spoken: String,
        /// What to do next.
        pub next_step: String,
        /// What the zone says; none where none was read.
        pub zone: Option<Mrz>,
        /// What does not fit, in the order of the lines.
        pub faults: Vec<MrzFaultView>,
        /// Look-alikes that were read as the only character possible, each in a sentence.
        pub corrections: Vec<String>,
    }

    /// Something that does not fit.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct MrzFaultView {
        /// Stable code.
        pub code: String,
        /// In a sentence.
        pub text: String,
        /// Where, in words: "line 2, character 14"; empty where it is the whole text.
        pub place: String,
        /// Line, from 1; 0 for the whole text.
        pub line: u32,
        /// First character in the line, from 1.
        pub column: u32,
        /// How many characters.
        pub length: u32,
    }

    /// Two names side by side.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct NamesComparedView {
        /// What a machine can say of them.
        pub comparison: NameComparison,
        /// As it was typed.
        pub typed: String,
        /// As the document has it.
        pub in_document: String,
        /// In a sentence, what it means and what to do.
        pub text: String,
    }

    /// A kind of document explained, and a number of it judged.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct DocumentExplanation {
        /// Kind.
        pub kind: DocumentKind,
        /// Its name; a resident's number of 81, 82 or 83 is a residence permit's.
        pub title: String,
        /// What its number looks like and where it stands.
        pub form: String,
        /// The number in its normal form; none where it is refused.
        pub number: Option<String>,
        /// Stable code of the refusal.
        pub fault: Option<String>,
        /// The refusal in a sentence; empty where there is none.
        pub fault_text: String,
        /// Birth date that the number tells, `YYYY-MM-DD`.
        pub born_on: Option<String>,
    }

    /// How far an entry from abroad is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum EntryStage {
        /// The code is not of the international scheme, and no passport is registered.
        NotAVisitor,
        /// Not declared yet.
        ToDeclare,
        /// Declared here, and not sent yet.
        Waiting,
        /// The authority refused the declaration.
        Refused,
        /// Declared; daily declarations are running.
        Running,
        /// Everything is done: green.
        Done,
    }

    /// What to do about it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum EntryStep {
        /// Open the entry declaration.
        DeclareEntry,
        /// Connect once.
        Connect,
        /// Declare today's health.
        CheckIn,
        /// Nothing.
        None,
    }

    /// An entry from abroad as a screen shows it.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct EntryView {
        /// How far it is.
        pub stage: EntryStage,
        /// As it is written.
        pub title: String,
        /// As it is spoken, in a sentence.
        pub spoken: String,
        /// What to do next.
        pub next_step: EntryStep,
        /// The same in words.
        pub next_step_text: String,
        /// The colour with its words; none where there is none.
        pub shown: Option<ColourWords>,
        /// Day of the entry that counts, `YYYY-MM-DD`.
        pub entered_on: Option<String>,
        /// Daily declarations done in a row.
        pub declarations_done: Option<u32>,
        /// How many are asked for.
        pub declarations_required: Option<u32>,
        /// First day on which the code can be green, `YYYY-MM-DD`.
        pub earliest_green: Option<String>,
    }

    /// What the code counts as in another region, and why.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ElsewhereView {
        /// The other region, GB/T 2260.
        pub division: u32,
        /// Its name; the division's digits where the trust bundle does not name it.
        pub region_name: String,
        /// Colour of the code.
        pub colour: Colour,
        /// Scheme of the code.
        pub scheme: Scheme,
        /// What the code looks like.
        pub own: ColourWords,
        /// What it counts as there.
        pub local_colour: Colour,
        /// What that looks like.
        pub there: ColourWords,
        /// Whether that colour is let in there.
        pub is_admitted: bool,
        /// Id of the rule; none: the colour means the same there.
        pub rule_id: Option<String>,
        /// The rule in a sentence.
        pub rule_text: Option<String>,
        /// As it is written.
        pub title: String,
        /// As it is spoken, in a sentence.
        pub spoken: String,
        /// What to do next.
        pub next_step: String,
    }

    /// What a check found of a colour: members of a [`Verdict`](crate::code::Verdict).
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct CheckedColour {
        /// Colour of the code.
        pub colour: Colour,
        /// Scheme of the code.
        pub scheme: Scheme,
        /// What it counts as here; none: the same.
        pub local_colour: Option<Colour>,
        /// Id of the rule that made the local colour.
        pub rule_id: Option<String>,
        /// That rule in a sentence.
        pub rule_text: Option<LocalizedText>,
        /// Why the code is refused; none where it is accepted.
        pub refusal: Option<Refusal>,
        /// Whether a status list that is fresh enough was looked at.
        pub status_checked: bool,
    }

    /// The colour of a code that was checked, as a door shows it.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct DoorColourView {
        /// What the code looks like on the citizen's screen: orange for red of the international scheme.
        pub own: ColourWords,
        /// What it counts as here.
        pub here: ColourWords,
        /// Whether a rule made another colour of it.
        pub is_mapped: bool,
        /// Id of the rule.
        pub rule_id: Option<String>,
        /// The rule in a sentence.
        pub rule_text: Option<String>,
        /// As it is written.
        pub title: String,
        /// As it is spoken, in a sentence.
        pub spoken: String,
        /// What to do with the person.
        pub level: VerdictLevel,
        /// What helps on; none where nothing does.
        pub act: Option<VerdictAct>,
        /// What to do next, in a sentence.
        pub next_step: String,
    }
}

crate::hidden_debug!(
    MrzView,
    NamesComparedView,
    DocumentExplanation,
    EntryView,
    ElsewhereView,
    CheckedColour,
    DoorColourView
);

impl MrzLevel {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sound, Self::Expired, Self::Check, Self::Unread];

    /// Id of its texts: the words, their attributes `spoken` and `step`.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::Sound => "mrz-sound",
            Self::Expired => "mrz-expired",
            Self::Check => "mrz-check",
            Self::Unread => "mrz-unread",
        }
    }
}

impl EntryStage {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::NotAVisitor,
        Self::ToDeclare,
        Self::Waiting,
        Self::Refused,
        Self::Running,
        Self::Done,
    ];

    /// Id of its texts: the words, their attributes `spoken` and `step`.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::NotAVisitor => "entry-not_a_visitor",
            Self::ToDeclare => "entry-to_declare",
            Self::Waiting => "entry-waiting",
            Self::Refused => "entry-refused",
            Self::Running => "entry-running",
            Self::Done => "entry-done",
        }
    }

    /// What to do.
    #[must_use]
    pub const fn step(self) -> EntryStep {
        match self {
            Self::ToDeclare | Self::Refused => EntryStep::DeclareEntry,
            Self::Waiting => EntryStep::Connect,
            Self::Running => EntryStep::CheckIn,
            Self::NotAVisitor | Self::Done => EntryStep::None,
        }
    }
}
