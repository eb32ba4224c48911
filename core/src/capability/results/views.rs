//! What a screen shows of results: never a fill of a code, always a word.

use serde::Serialize;

use crate::words::marks;

crate::app_types! {
    describe as describe_result_types;

    /// The results of a subject.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ResultsView {
        /// Those that count, and those that are still awaited; newest sample first.
        pub current: Vec<ResultView>,
        /// Those past their time, replaced by nothing, or withdrawn; newest sample first.
        pub history: Vec<ResultView>,
        /// How many were not looked at yet.
        pub new: u32,
        /// In a sentence, what there is.
        pub text: String,
        /// What the authority told and no issuer signed for this citizen, in a sentence; none: there is no such thing.
        pub unverified_text: Option<String>,
        /// Why countdowns may be wrong, or are not shown, in a sentence; none: the time is the authority's.
        pub clock_text: Option<String>,
        /// First instant at which something of this reads otherwise, Unix seconds; none: never by itself.
        pub next_change_at: Option<i64>,
    }

    /// A result by its highest version, for a screen.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ResultView {
        /// Its id on this phone.
        pub id: String,
        /// What was done.
        pub kind: ResultKind,
        /// What came of it.
        pub outcome: ResultOutcome,
        /// What was done, by the authority's own name.
        pub title: String,
        /// What came of it, in a word or two.
        pub outcome_text: String,
        /// How it is shown; not a colour of a code.
        pub level: ResultLevel,
        /// A shape that tells the level without colour.
        pub shape: String,
        /// Who reported it, and where the sample was taken.
        pub place: String,
        /// Name of the vaccine or of the test; empty where nobody said.
        pub product: String,
        /// When the sample was taken, Unix seconds.
        pub sampled_at: i64,
        /// The same in a sentence.
        pub sampled_text: String,
        /// When the authority took the report, Unix seconds.
        pub reported_at: i64,
        /// The same in a sentence.
        pub reported_text: String,
        /// First instant at which it counts no more, Unix seconds; none: without end, or it never did.
        pub valid_until: Option<i64>,
        /// "until Thu 14:20 (23 h)"; none where it has no end, is past it, or the phone's clock cannot be right.
        pub countdown: Option<String>,
        /// Whether it counts now, as far as is known here.
        pub counts: bool,
        /// First instant at which this reads otherwise, Unix seconds.
        pub next_change_at: Option<i64>,
        /// All of it, as it is spoken.
        pub spoken: String,
        /// What to do next.
        pub next_step: ResultStep,
        /// The same in a sentence; empty for nothing.
        pub next_step_text: String,
        /// What the colour's rules see of it, in a sentence; none: nothing.
        pub fact_text: Option<String>,
        /// Which version it is, from 1.
        pub version: u32,
        /// What the laboratory said before, newest first.
        pub earlier: Vec<EarlierResultView>,
        /// Whether the laboratory withdrew it.
        pub is_withdrawn: bool,
        /// Whether it was not looked at yet.
        pub is_new: bool,
    }

    /// What a laboratory said of a result before it corrected it.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct EarlierResultView {
        /// Which version, from 1.
        pub version: u32,
        /// What it said, and when, in a sentence.
        pub text: String,
    }

    /// A laboratory's report, or what the decision on an appeal added, among what a colour was decided from.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ReportedEvidence {
        /// Id of the result, as its view has it; `appeal/` and the appeal's id where a decision added it.
        pub result_id: String,
        /// The day that it tells, `YYYY-MM-DD`.
        pub since: String,
        /// That in a sentence, with the result's id.
        pub text: String,
    }

    /// What was done.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ResultKind {
        /// A nucleic acid test.
        NucleicAcid,
        /// An antigen test.
        Antigen,
        /// A test for antibodies.
        Antibody,
        /// A dose of a vaccine; it has no outcome but that it was given.
        Vaccination,
        /// Of a kind that this version does not know.
        Other,
    }

    /// What came of it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ResultOutcome {
        /// Nothing was found.
        Negative,
        /// It was found.
        Positive,
        /// The sample is with the laboratory: nobody knows yet.
        Pending,
        /// The sample told nothing.
        Inconclusive,
        /// A dose was given.
        Vaccinated,
        /// An outcome that this version does not know.
        Other,
    }

    /// How a result is shown.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ResultLevel {
        /// It counts, and nothing is to be done.
        Good,
        /// It is awaited.
        Waiting,
        /// Somebody has to do something.
        Attention,
        /// It says nothing, or this version cannot say what.
        Unclear,
        /// Past its time, or withdrawn.
        Past,
    }

    /// What to do next.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ResultStep {
        /// Nothing.
        None,
        /// Connect: the result comes by itself.
        Connect,
        /// Take another test.
        TestAgain,
        /// See the colour and why.
        SeeColour,
        /// Call the authority.
        Call,
        /// Update the app.
        Update,
    }
}

impl ResultKind {
    /// The kind with this id.
    #[must_use]
    pub fn of(id: &str) -> Self {
        match id {
            "nucleic_acid" => Self::NucleicAcid,
            "antigen" => Self::Antigen,
            "antibody" => Self::Antibody,
            "vaccination" => Self::Vaccination,
            _ => Self::Other,
        }
    }

    /// Id of its name.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::NucleicAcid => "result-kind-nucleic_acid",
            Self::Antigen => "result-kind-antigen",
            Self::Antibody => "result-kind-antibody",
            Self::Vaccination => "result-kind-vaccination",
            Self::Other => "result-kind-other",
        }
    }
}

impl ResultOutcome {
    /// The outcome with this id.
    #[must_use]
    pub fn of(id: &str) -> Self {
        match id {
            "negative" => Self::Negative,
            "positive" => Self::Positive,
            "pending" => Self::Pending,
            "inconclusive" => Self::Inconclusive,
            "vaccinated" => Self::Vaccinated,
            _ => Self::Other,
        }
    }

    /// Id of its word.
    #[must_use]
    pub const fn text_id(self) -> &'static str {
        match self {
            Self::Negative => "result-negative",
            Self::Positive => "result-positive",
            Self::Pending => "result-pending",
            Self::Inconclusive => "result-inconclusive",
            Self::Vaccinated => "result-vaccinated",
            Self::Other => "result-other",
        }
    }
}

impl ResultLevel {
    /// A shape that no colour of a code has.
    #[must_use]
    pub const fn shape(self) -> char {
        match self {
            Self::Good => marks::DONE,
            Self::Waiting => marks::WAITING,
            Self::Attention => marks::ATTENTION,
            Self::Unclear => marks::UNCLEAR,
            Self::Past => marks::PAST,
        }
    }
}

impl ResultStep {
    /// Id of its sentence; none for nothing.
    #[must_use]
    pub const fn text_id(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Connect => Some("result-step-connect"),
            Self::TestAgain => Some("result-step-test_again"),
            Self::SeeColour => Some("result-step-see_colour"),
            Self::Call => Some("result-step-call"),
            Self::Update => Some("result-step-update"),
        }
    }
}

crate::hidden_debug!(ResultsView, ResultView, EarlierResultView, ReportedEvidence);
