//! Colours, verdicts and what they are made of.

use health_code_core::code::{Assurance, Refusal, SubjectKind, Verdict};
use health_code_core::colour::{Colour, ColourChange, Reason, ReasonTexts};
use health_code_core::trust::Scheme;

use super::StaticText;

/// The colour of a health code, ordered from least to most restrictive.
#[uniffi::remote(Enum)]
pub enum Colour {
    /// Move freely.
    Green,
    /// Stay at home for the time given; daily check-ins.
    Yellow,
    /// Isolation; daily check-ins.
    Red,
}

/// Why a code has its colour: a closed list.
#[uniffi::remote(Enum)]
pub enum Reason {
    /// Nothing speaks against a green code.
    Clear,
    /// No valid health declaration.
    NotDeclared,
    /// A declared symptom.
    SymptomsDeclared,
    /// Fever, declared or found by a clinic.
    Fever,
    /// Close contact of a confirmed case.
    CloseContact,
    /// Confirmed case.
    Confirmed,
    /// Suspected case.
    Suspected,
    /// Infection without symptoms.
    Asymptomatic,
    /// Stay in a high-risk place.
    HighRiskPlace,
    /// Stay in a medium-risk place.
    MediumRiskPlace,
    /// Arrival from abroad.
    ArrivedFromAbroad,
    /// Check-in streak still running.
    CheckInsRunning,
    /// A required test is overdue.
    TestOverdue,
    /// Published exposure list names a place and time of yours.
    ExposureMatched,
    /// An earlier measure was lifted.
    MeasureLifted,
    /// An error of the authority was put right.
    ErrorCorrected,
}

/// A change of colour as the citizen is told it.
#[uniffi::remote(Record)]
pub struct ColourChange {
    /// Colour before; none if there was no code.
    pub from: Option<Colour>,
    /// Colour now.
    pub to: Colour,
    /// Why; none where this version does not know the reason.
    pub reason: Option<Reason>,
    /// Why, in words, and what to do.
    pub texts: ReasonTexts,
    /// When it took effect, Unix seconds.
    pub since: i64,
}

/// A reason in words.
#[uniffi::remote(Record)]
pub struct ReasonTexts {
    /// Stable id.
    pub id: String,
    /// The reason in a sentence, English.
    pub text_en: String,
    /// The reason in a sentence, Simplified Chinese.
    pub text_zh: String,
    /// What to do, English.
    pub instruction_en: String,
    /// What to do, Simplified Chinese.
    pub instruction_zh: String,
}

/// What holds the device's private key.
#[uniffi::remote(Enum)]
pub enum Assurance {
    /// Hardware that does not let it out.
    Hardware,
    /// The core's sealed store.
    Software,
    /// Nobody: a printed code.
    Paper,
}

/// Whose code it is, seen from the phone.
#[uniffi::remote(Enum)]
pub enum SubjectKind {
    /// The phone's owner.
    Myself,
    /// A child or an elder whom the owner cares for.
    Dependant,
    /// A guest of the region.
    Visitor,
    /// Somebody of a kind that a later version added; never issued.
    Other,
}

/// Which of the two schemes the colour belongs to.
#[uniffi::remote(Enum)]
pub enum Scheme {
    /// Green, yellow, red.
    Domestic,
    /// For arrivals from abroad: green, yellow, and orange in red's place.
    International,
}

/// Why a checkpoint refuses a code, in the order of checking.
#[uniffi::remote(Enum)]
pub enum Refusal {
    /// More than 512 characters.
    TooLong,
    /// Does not start with `JKM1:`.
    NotAHealthCode,
    /// Not base45 (RFC 9285).
    Base45,
    /// Not the deterministic CBOR of the protocol, or bytes follow.
    NotCanonical,
    /// A value is outside of its range.
    ClaimsInvalid,
    /// A signature algorithm that is not the one for its key.
    AlgorithmNotAllowed,
    /// The checkpoint's own trust bundle is too old to be believed.
    TrustBundleExpired,
    /// No region of the trust bundle has this issuer key.
    IssuerUnknown,
    /// The key is known, but not valid for this credential.
    IssuerKeyNotValid,
    /// The region's codes were ended by a sunset order.
    RegionEnded,
    /// The issuer's signature is wrong.
    CredentialSignature,
    /// The device's signature is wrong.
    PresentationSignature,
    /// Issued in the future.
    CredentialNotYetValid,
    /// Past its end, outage grace included.
    CredentialExpired,
    /// Shown longer ago than the policy accepts: a screenshot, or a stopped screen.
    PresentationTooOld,
    /// Signed for a moment that has not come.
    PresentationFromFuture,
    /// Signed outside of the credential's own time.
    PresentationOutsideCredential,
    /// Made for another place.
    WrongAudience,
    /// On the issuer's status list.
    Revoked,
    /// Seen at this checkpoint before.
    Replayed,
    /// Genuine, but its colour does not admit here.
    ColourNotAdmitted,
}

/// The result of a check.
#[uniffi::remote(Record)]
pub struct Verdict {
    /// Whether to let the person in.
    pub accepted: bool,
    /// `accepted`, or the refusal's code.
    pub reason: StaticText,
    /// Why not.
    pub refusal: Option<Refusal>,
    /// The verdict in a sentence, English.
    pub text_en: StaticText,
    /// The verdict in a sentence, Simplified Chinese.
    pub text_zh: StaticText,
    /// The code's colour.
    pub colour: Option<Colour>,
    /// What the colour counts as here; admission goes by this.
    pub local_colour: Option<Colour>,
    /// The rule that made the local colour from the code's; none: they are the same.
    pub mapping_rule: Option<String>,
    /// That rule in a sentence, English.
    pub mapping_text_en: Option<String>,
    /// That rule in a sentence, Simplified Chinese.
    pub mapping_text_zh: Option<String>,
    /// Why the code has its colour.
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
    /// Its name, Simplified Chinese.
    pub region_name_zh: Option<String>,
    /// Its name, English.
    pub region_name_en: Option<String>,
    /// Version of the rule set that decided.
    pub rule_set_version: Option<u16>,
    /// First instant at which the credential no longer counts, Unix seconds, grace not included.
    pub credential_expires_at: Option<i64>,
    /// How long ago the presentation was made; negative if the clocks differ that way.
    pub presentation_age_secs: Option<i64>,
    /// How long ago the trust bundle was signed.
    pub trust_age_secs: i64,
    /// How long ago the issuer's status list was signed; none: there is no list, or the check ended before.
    pub status_age_secs: Option<i64>,
    /// Whether a status list that is fresh enough was looked at.
    pub status_checked: bool,
}
