//! What screens show of proofs: which the authority takes, how the own one stands, and a code while it is typed.

use serde::Serialize;

use super::activation_code::{ActivationCode, ActivationCodeError, typed_so_far};
use super::wire::{IdentityProofError, IdentityProofs, ProofKind, ProofWay, UnprovenAssurance};
use crate::words::{self, Language, LanguageTag};

crate::app_types! {
    describe as describe_identity_proof_types;

    /// How the citizen's own proof stands.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum OwnProofState {
        /// Nobody is registered with this phone.
        NotRegistered,
        /// Registered; nothing was shown.
        Unproven,
        /// A proof waits for the network.
        Waiting,
        /// The authority refused the last proof, or asks for one.
        Refused,
        /// The authority's desk has to see person and document.
        NeedsDesk,
        /// A proof that the policy takes is with the authority.
        Proven,
    }

    /// How loudly to say it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ProofLevel {
        /// All is well: a tick.
        Good,
        /// To be known: a dot.
        Note,
        /// Something is to be done: a triangle.
        Warning,
    }

    /// What the one button does.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ProofStep {
        /// Opens the registration form.
        Register,
        /// Opens the ways to prove who one is.
        Prove,
        /// Syncs.
        Connect,
        /// There is nothing to do here: no button.
        None,
    }

    /// The citizen's own proof.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct OwnProofView {
        /// How it stands.
        pub state: OwnProofState,
        /// How loudly to say it.
        pub level: ProofLevel,
        /// In a few words.
        pub title: String,
        /// What it means and what to do, or why the last proof was refused.
        pub text: String,
        /// As it is spoken, in a sentence.
        pub spoken: String,
        /// What the one button does.
        pub next_step: ProofStep,
        /// Its label; empty for none.
        pub next_step_text: String,
        /// Since when it is proven, Unix seconds.
        pub proven_at: Option<i64>,
    }

    /// A way to show who one is.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ProofWayView {
        /// Which.
        pub kind: ProofKind,
        /// What it is called.
        pub title: String,
        /// What to do.
        pub text: String,
        /// Whom to call; none where the authority does not say.
        pub phone: Option<String>,
        /// Who issues the token; none but for tokens.
        pub issuer: Option<String>,
        /// As which client the app logs in; none but for a login.
        pub client_id: Option<String>,
        /// What the login asks for; none but for a login.
        pub scope: Option<String>,
    }

    /// All that a screen asks about proofs.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct IdentityProofView {
        /// Whether this phone knows which proofs the authority takes.
        pub is_known: bool,
        /// Whether nobody is registered without one.
        pub is_required: bool,
        /// What all of it is about, in a sentence or two.
        pub introduction: String,
        /// The ways that show something, in the authority's order.
        pub ways: Vec<ProofWayView>,
        /// The citizen's own.
        pub own: OwnProofView,
        /// What a token has to name: `nonce` of a login, `cnf.jkt` of an assertion. Made from this phone's key alone.
        pub nonce: String,
    }

    /// A code while it is typed.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ActivationCodeReview {
        /// What was typed, in groups of four; as it was typed where that cannot be a code.
        pub text: String,
        /// Whether it can be sent.
        pub is_complete: bool,
        /// What is wrong; none while it is merely not finished.
        pub error: Option<ActivationCodeError>,
        /// That in words, or how many characters are missing; empty where it can be sent.
        pub message: String,
    }
}

impl OwnProofState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::NotRegistered,
        Self::Unproven,
        Self::Waiting,
        Self::Refused,
        Self::NeedsDesk,
        Self::Proven,
    ];

    const fn text_id(self) -> &'static str {
        match self {
            Self::NotRegistered => "proof-not_registered",
            Self::Unproven => "proof-unproven",
            Self::Waiting => "proof-waiting",
            Self::Refused => "proof-refused",
            Self::NeedsDesk => "proof-needs_desk",
            Self::Proven => "proof-proven",
        }
    }

    const fn level(self, is_required: bool) -> ProofLevel {
        match self {
            Self::Proven => ProofLevel::Good,
            Self::Refused | Self::NeedsDesk => ProofLevel::Warning,
            Self::Unproven if is_required => ProofLevel::Warning,
            Self::NotRegistered | Self::Unproven | Self::Waiting => ProofLevel::Note,
        }
    }

    const fn next_step(self, has_ways: bool) -> ProofStep {
        match self {
            Self::NotRegistered => ProofStep::Register,
            Self::Unproven | Self::Refused if has_ways => ProofStep::Prove,
            Self::Waiting => ProofStep::Connect,
            Self::Unproven | Self::Refused | Self::NeedsDesk | Self::Proven => ProofStep::None,
        }
    }
}

impl ProofStep {
    const fn text_id(self) -> Option<&'static str> {
        match self {
            Self::Register => Some("step-register"),
            Self::Prove => Some("proof-step-prove"),
            Self::Connect => Some("step-connect"),
            Self::None => None,
        }
    }
}

/// Ids of the texts that only these views use.
#[cfg(test)]
pub(crate) fn text_ids() -> Vec<String> {
    let mut ids = vec!["proof-step-prove".to_owned(), MISSING.to_owned()];
    ids.extend(INTRODUCTIONS.map(str::to_owned));
    for state in OwnProofState::ALL {
        let id = state.text_id();
        ids.extend([id.to_owned(), format!("{id}.text"), format!("{id}.spoken")]);
    }
    for (_, id) in ENDED {
        ids.extend([id.to_owned(), format!("{id}.text"), format!("{id}.spoken")]);
    }
    for kind in ProofKind::ALL.into_iter().skip(1) {
        ids.extend([way_id(kind), format!("{}.text", way_id(kind))]);
    }
    ids
}

const INTRODUCTIONS: [&str; 5] = [
    "proof-introduction-not_known",
    "proof-introduction-required",
    "proof-introduction-no_code",
    "proof-introduction-compare",
    "proof-introduction-optional",
];
/// How many characters of a code are missing.
const MISSING: &str = "proof-code-missing";

fn way_id(kind: ProofKind) -> String {
    format!("proof-way-{}", kind.id())
}

fn text(id: &str, language: Language) -> String {
    words::text(id, language).unwrap_or_default().to_owned()
}

/// Ends of a registration by a proof elsewhere, and the words that say so: here nothing was refused.
pub(super) const ENDED: [(IdentityProofError, &str); 2] = [
    (IdentityProofError::Moved, "proof-moved"),
    (IdentityProofError::TakenOver, "proof-taken_over"),
];

/// Why a proof, or a registration, does not count any more.
pub(super) struct WhyRefused {
    /// Words that say it; those of the state where there are none of its own.
    pub(super) said_id: Option<&'static str>,
    /// The reason in a sentence or two.
    pub(super) text: Option<String>,
}

impl OwnProofView {
    /// The words for a state; `why` in their place where the authority gave a reason.
    pub(super) fn new(
        state: OwnProofState,
        why: Option<&WhyRefused>,
        proven_at: Option<i64>,
        policy: Option<&IdentityProofs>,
        language: Language,
    ) -> Self {
        let id = why
            .and_then(|why| why.said_id)
            .unwrap_or_else(|| state.text_id());
        let why = why.and_then(|why| why.text.clone());
        let shows =
            |policy: &IdentityProofs| policy.ways.iter().any(|way| way.kind != ProofKind::None);
        let next_step = state.next_step(policy.is_some_and(shows));
        Self {
            state,
            level: state.level(policy.is_some_and(|policy| !policy.takes(ProofKind::None))),
            title: text(id, language),
            text: why.unwrap_or_else(|| text(&format!("{id}.text"), language)),
            spoken: text(&format!("{id}.spoken"), language),
            next_step,
            next_step_text: next_step
                .text_id()
                .map(|id| text(id, language))
                .unwrap_or_default(),
            proven_at,
        }
    }
}

impl IdentityProofView {
    /// The view of `policy` for a reader of this language.
    pub(super) fn new(
        policy: Option<&IdentityProofs>,
        own: OwnProofView,
        nonce: String,
        tag: &LanguageTag,
    ) -> Self {
        let language = tag.words();
        let is_required = policy.is_some_and(|policy| !policy.takes(ProofKind::None));
        let introduction = match policy {
            None => INTRODUCTIONS[0],
            Some(_) if is_required => INTRODUCTIONS[1],
            Some(policy) if !policy.unproven.code => INTRODUCTIONS[2],
            Some(policy) if policy.unproven.assurance == UnprovenAssurance::Paper => {
                INTRODUCTIONS[3]
            }
            Some(_) => INTRODUCTIONS[4],
        };
        let ways = policy.map(|policy| policy.ways.as_slice());
        let ways = ways.unwrap_or_default().iter();
        Self {
            is_known: policy.is_some(),
            is_required,
            introduction: text(introduction, language),
            ways: ways
                .filter(|way| way.kind != ProofKind::None)
                .map(|way| ProofWayView::new(way, tag))
                .collect(),
            own,
            nonce,
        }
    }
}

impl ProofWayView {
    fn new(way: &ProofWay, tag: &LanguageTag) -> Self {
        let id = way_id(way.kind);
        let said = |said: &Option<words::LocalizedText>, id: &str| {
            let own = said.as_ref().map(|said| said.for_tag(tag).to_owned());
            own.unwrap_or_else(|| text(id, tag.words()))
        };
        Self {
            kind: way.kind,
            title: said(&way.name, &id),
            text: said(&way.text, &format!("{id}.text")),
            phone: way.phone.clone(),
            issuer: way.issuer.clone(),
            client_id: way.client_id.clone(),
            scope: way.scope.clone(),
        }
    }
}

impl ActivationCodeReview {
    /// What is to be said of a code as it is typed.
    #[must_use]
    pub fn new(typed: &str, language: &LanguageTag) -> Self {
        let words = language.words();
        let so_far = typed_so_far(typed);
        let (error, message) = match ActivationCode::parse(typed) {
            Ok(_) => (None, String::new()),
            Err(ActivationCodeError::TooShort) => {
                let typed = so_far.as_deref().unwrap_or_default();
                let missing = 16 - typed.chars().filter(|one| *one != '-').count();
                let mut arguments = words::FluentArgs::new();
                arguments.set("count", missing);
                let message = words::format(MISSING, &arguments, words);
                (None, message.unwrap_or_default())
            }
            Err(error) => (Some(error), error.text(words).to_owned()),
        };
        Self {
            is_complete: error.is_none() && message.is_empty(),
            text: so_far.unwrap_or_else(|| typed.trim().to_owned()),
            error,
            message,
        }
    }
}

crate::hidden_debug!(
    OwnProofView,
    ProofWayView,
    IdentityProofView,
    ActivationCodeReview
);
