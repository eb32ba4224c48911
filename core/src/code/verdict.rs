//! What a checkpoint is told about a code. It says so in codes: sentences are made of them when somebody reads.
//!
//! Invariant: nothing that the code says is here unless both its signatures were right.

use serde::Serialize;

use super::credential::CredentialView;
use super::paper::PaperView;
use super::{Assurance, Refusal, SubjectKind};
use crate::app_types::StaticText;
use crate::colour::Colour;
use crate::trust::{Region, Scheme};
use crate::words::{self, Language, LocalizedText};

/// `reason` of a code that was accepted.
pub const ACCEPTED: &str = "accepted";

crate::app_types! {
    describe as describe_verdict;

    /// The result of a check.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Verdict {
        /// Whether to let the person in.
        pub accepted: bool,
        /// `accepted`, or the refusal's code.
        pub reason: StaticText,
        /// Why not.
        #[serde(skip)]
        pub refusal: Option<Refusal>,
        /// The code's colour. A sheet of paper has none; once a status list that counts was looked at, it is the colour for which
        /// sheets are made.
        pub colour: Option<Colour>,
        /// What the colour counts as here; admission goes by this.
        pub local_colour: Option<Colour>,
        /// The rule that made the local colour from the code's; none: they are the same.
        pub mapping_rule: Option<String>,
        /// That rule in a sentence.
        pub mapping_text: Option<LocalizedText>,
        /// Why the code has its colour, if it says so: id of a [`crate::colour::Reason`], or `other` for one that a later version
        /// added.
        pub health_reason: Option<StaticText>,
        /// Masked name.
        pub masked_name: Option<String>,
        /// Last four characters of the document.
        pub document_tail: Option<String>,
        /// What holds the private key.
        pub assurance: Option<Assurance>,
        /// Whose code it is.
        pub subject_kind: Option<SubjectKind>,
        /// Domestic or international.
        pub scheme: Option<Scheme>,
        /// Division that issued the code.
        pub region: Option<u32>,
        /// Its name.
        pub region_name: Option<LocalizedText>,
        /// Version of the rule set that decided.
        pub rule_set_version: Option<u16>,
        /// First instant at which the credential no longer counts, Unix seconds, grace not included.
        pub credential_expires_at: Option<i64>,
        /// How long ago the presentation was made; negative if the clocks differ that way. None for a sheet of paper.
        pub presentation_age_secs: Option<i64>,
        /// How long ago the trust bundle was signed.
        pub trust_age_secs: i64,
        /// How long ago the issuer's status list was signed; none: there is no list, or the check ended before.
        pub status_age_secs: Option<i64>,
        /// Whether a status list that is fresh enough was looked at.
        pub status_checked: bool,
    }
}

impl std::fmt::Debug for Verdict {
    /// Personal data never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Verdict({}, person hidden)", self.reason)
    }
}

impl Verdict {
    /// Nothing known yet.
    pub(super) const fn unknown(trust_age_secs: i64) -> Self {
        Self {
            accepted: false,
            reason: "",
            refusal: None,
            colour: None,
            local_colour: None,
            mapping_rule: None,
            mapping_text: None,
            health_reason: None,
            masked_name: None,
            document_tail: None,
            assurance: None,
            subject_kind: None,
            scheme: None,
            region: None,
            region_name: None,
            rule_set_version: None,
            credential_expires_at: None,
            presentation_age_secs: None,
            trust_age_secs,
            status_age_secs: None,
            status_checked: false,
        }
    }

    /// Takes over what a credential says, both signatures being right.
    pub(super) fn fill(&mut self, credential: &CredentialView<'_>, region: &Region) {
        let scope = &credential.scope;
        self.colour = Some(scope.colour);
        self.local_colour = Some(scope.colour);
        self.health_reason = scope.reason.id();
        self.masked_name = Some(scope.masked_name.to_owned());
        self.document_tail = Some(scope.document_tail.to_owned());
        self.assurance = Some(scope.assurance);
        self.subject_kind = Some(scope.subject_kind);
        self.scheme = Some(scope.scheme);
        self.region = Some(region.division);
        self.region_name = Some(region.name.clone());
        self.rule_set_version = Some(scope.rule_set_version);
        self.credential_expires_at = Some(credential.expires_at);
    }

    /// Takes over what a paper code says, its signature being right: no colour.
    pub(super) fn fill_paper(&mut self, paper: &PaperView<'_>, region: &Region) {
        self.masked_name = Some(paper.masked_name.to_owned());
        self.document_tail = Some(paper.document_tail.to_owned());
        self.assurance = Some(Assurance::Paper);
        self.subject_kind = Some(paper.subject_kind);
        self.scheme = Some(paper.scheme);
        self.region = Some(region.division);
        self.region_name = Some(region.name.clone());
        self.credential_expires_at = Some(paper.expires_at);
    }

    /// The end.
    pub(super) fn conclude(&mut self, outcome: Result<(), Refusal>) {
        self.reason = outcome.map_or_else(|refusal| refusal.code(), |()| ACCEPTED);
        self.accepted = outcome.is_ok();
        self.refusal = outcome.err();
    }

    /// The verdict in a sentence.
    #[must_use]
    pub fn text(&self, language: Language) -> &'static str {
        verdict_text(self.refusal, language)
    }
}

/// What a checkpoint says of a code that it refuses for `refusal`, or accepts.
#[must_use]
pub fn verdict_text(refusal: Option<Refusal>, language: Language) -> &'static str {
    match refusal {
        Some(refusal) => refusal.text(language),
        None => words::text(ACCEPTED, language).unwrap_or(ACCEPTED),
    }
}
