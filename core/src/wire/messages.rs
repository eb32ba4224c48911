//! The JSON bodies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{IdentityProof, Parts, ProofStanding, SubjectId};
use crate::capability::dependants::CareCode;
use crate::colour::{Colour, ReasonId, ReasonText};
use crate::trust::{BundleKind, Scheme};

/// `POST /v1/subjects`: the owner of a device: who, with which device key, consenting to what.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegistrationRequest {
    /// The device's key; the request is signed with it.
    pub device: DeviceRegistration,
    /// Who the citizen is.
    pub identity: Identity,
    /// What the citizen agreed to.
    pub consent: Consent,
    /// What shows that the citizen is who the identity says. Left out by a phone that has none, and towards an authority that
    /// does not say that it takes any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<IdentityProof>,
    /// The code that a carer's phone showed, of a citizen who was a dependant until now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care_code: Option<CareCode>,
}

/// The device's key.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeviceRegistration {
    /// Base64url: 33 bytes (P-256, SEC 1 compressed) or 32 bytes (Ed25519).
    pub public_key: String,
    /// Whether hardware holds the private key.
    pub hardware: bool,
}

/// Data elements of GB/T 38962, part (a).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Identity {
    /// Full name, 1 to 64 characters.
    pub name: String,
    /// GB/T 2261.1: `0` unknown, `1` male, `2` female, `9` not stated.
    pub sex: String,
    /// GB/T 2659 (ISO 3166-1 alpha-3), such as `CHN`.
    pub nationality: String,
    /// Kind of document; the ids of [`crate::identity::DocumentKind`].
    pub document_kind: String,
    /// Number of the document.
    pub document_number: String,
    /// GB/T 2260 division of registration, six digits.
    pub division: u32,
    /// Address within the division.
    pub address: String,
    /// Phone number.
    pub phone: String,
}

/// Code of a detail of the registration that only the authority's desk can change any more, on the phone and in a problem.
pub const NEEDS_DESK: &str = "answer_needs_desk";

impl Identity {
    /// Which of the details that a colour and a code stand on are others in `other`, by their names in JSON: once a colour
    /// was decided, the citizen alone cannot change these.
    #[must_use]
    pub fn fixed_details_changed(&self, other: &Self) -> Vec<&'static str> {
        let details = [
            ("name", self.name == other.name),
            ("sex", self.sex == other.sex),
            ("nationality", self.nationality == other.nationality),
            ("documentKind", self.document_kind == other.document_kind),
            (
                "documentNumber",
                self.document_number == other.document_number,
            ),
        ];
        let changed = details.into_iter().filter(|(_, is_same)| !is_same);
        changed.map(|(name, _)| name).collect()
    }
}

impl std::fmt::Debug for Identity {
    /// Personal data never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(hidden)")
    }
}

/// What the citizen agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Consent {
    /// Version of the consent text shown.
    pub version: u32,
    /// When the citizen agreed, Unix seconds by the phone's trusted time.
    pub accepted_at: i64,
}

/// Answer to a registration: 201, or 200 when the same key had registered before, with these details or others.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationAnswer {
    /// Citizen's id at this authority: a random UUID, no part of any document.
    pub citizen_id: String,
    /// The authority's division.
    pub division: u32,
    /// How the citizen is proven; none where nothing is proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<ProofStanding>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// `PUT /v1/subjects/{s}/declarations/{uuidv7}`: a filled-in form.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Declaration {
    /// Id of the form.
    pub form_id: String,
    /// Version of the form.
    pub form_version: u32,
    /// When it was filled in, Unix seconds by the phone's trusted time.
    pub filled_at: i64,
    /// Answers by field id, as [`crate::form::Form::validate`] takes them.
    pub answers: Map<String, Value>,
}

impl std::fmt::Debug for Declaration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Declaration({} v{}, answers hidden)",
            self.form_id, self.form_version
        )
    }
}

/// `PUT /v1/subjects/{s}/itineraries/{uuidv7}`: where the citizen was or will go. 1 to 50 legs.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Itinerary {
    /// The legs, in order.
    pub legs: Vec<ItineraryLeg>,
}

impl std::fmt::Debug for Itinerary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Itinerary({} legs, hidden)", self.legs.len())
    }
}

crate::app_types! {
    describe as describe_itinerary_leg;

    /// A stay or a journey to one division.
    #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    pub struct ItineraryLeg {
        /// Division arrived at, six digits.
        pub division: u32,
        /// First day there, `YYYY-MM-DD`.
        pub from: String,
        /// Last day there, `YYYY-MM-DD`, not before `from`.
        pub until: String,
        /// `train`, `flight`, `coach`, `car`, `ship` or `other`.
        pub transport: String,
        /// Number of the train or flight; may be empty. At most 16 characters.
        pub number: String,
    }
}

/// `PUT /v1/subjects/{s}/corrections/{uuidv7}`: an objection to a colour or a record.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Correction {
    /// Hex SHA-256 of the why-receipt that is objected to.
    pub receipt_sha256: String,
    /// In the citizen's words, 1 to 2,000 characters.
    pub statement: String,
}

impl std::fmt::Debug for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Correction(hidden)")
    }
}

/// `GET /v1/subjects`: the subjects of this device, the owner first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubjectsAnswer {
    /// At least the owner.
    pub subjects: Vec<SubjectEntry>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// One subject of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubjectEntry {
    /// `{s}` of its paths.
    pub id: SubjectId,
    /// As a credential says it: `self` or `dependant`; one that a later version added is carried.
    pub kind: String,
    /// ETag of its state now.
    pub etag: String,
}

/// Answer to a declaration, an itinerary or a correction: 201 the first time, 200 for the same again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UploadAnswer {
    /// The id it was put under.
    pub id: String,
    /// When the authority took it, Unix seconds.
    pub received_at: i64,
    /// When the authority will have decided, Unix seconds; corrections only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<i64>,
    /// What shows the authority later when it took this, should it have lost it: sent back with the upload in
    /// [`ACCEPTANCE_HEADER`](super::ACCEPTANCE_HEADER); opaque, printable ASCII, at most
    /// [`MAX_ACCEPTANCE_BYTES`](super::MAX_ACCEPTANCE_BYTES). None of an earlier version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance: Option<String>,
    /// Base64url bundle in which the authority acknowledges it, of kinds that are decided by somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledgement: Option<String>,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

/// `GET /v1/subjects/{s}/state`, and the answer to a [`CredentialRequest`](super::CredentialRequest): everything the phone
/// shows of the subject. Its ETag leaves `server_time_ms` out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StateAnswer {
    /// Base64url COSE_Sign1 with a [`Receipt`] as JSON payload; none before the first decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Base64url credential; none where no code can be issued, and where the phone has to offer a key for the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// The rest of its batch, base64url, at most [`MAX_CREDENTIAL_KEYS`](super::MAX_CREDENTIAL_KEYS) less one: each says the same
    /// and is bound to another key of those that the phone offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_credentials: Vec<String>,
    /// For how many credentials the phone is to offer keys at once; 1 of an earlier version.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub credential_batch: u32,
    /// When to come again.
    pub next_sync: NextSync,
    /// What the authority lost; none where it lost nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resend: Option<Resend>,
    /// What else the authority holds of the subject; none where that is nothing.
    #[serde(default, skip_serializing_if = "Parts::is_empty")]
    pub parts: Parts,
    /// The authority's time, Unix milliseconds.
    pub server_time_ms: i64,
}

const fn one() -> u32 {
    1
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the form that serde calls"
)]
const fn is_one(count: &u32) -> bool {
    *count == 1
}

/// The authority was put back to an earlier state: uploads that it acknowledged in this time may be unknown to it. A phone
/// that still has them sends them again, under their ids. Another value is another loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resend {
    /// First time of an answer that may be lost, Unix seconds.
    pub since: i64,
    /// Last one, Unix seconds.
    pub until: i64,
}

/// When to sync next: `after_secs` plus a random part of `spread_secs`, so that phones do not come all at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NextSync {
    /// Seconds to wait at least.
    pub after_secs: u32,
    /// Width of the random part, seconds.
    pub spread_secs: u32,
}

/// Why the colour is what it is: signed by the authority, kept on the phone, never in the QR code.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Citizen's id.
    pub citizen_id: String,
    /// Whose colour it is; the citizen's own where it does not say.
    #[serde(default)]
    pub subject: SubjectId,
    /// Colour.
    pub colour: Colour,
    /// Which set the colour is of; the domestic one where it does not say.
    #[serde(
        default,
        deserialize_with = "Scheme::lenient",
        skip_serializing_if = "Scheme::is_domestic"
    )]
    pub scheme: Scheme,
    /// Reason, one of the closed list of the authority's version.
    pub reason: ReasonId,
    /// The reason in words by language (BCP 47), for phones that do not know it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reason_texts: BTreeMap<String, ReasonText>,
    /// Rule set that decided.
    pub rule_set_id: String,
    /// Its version.
    pub rule_set_version: u32,
    /// Rule that decided.
    pub rule_id: String,
    /// Since when the colour holds, Unix seconds.
    pub since: i64,
    /// Day of the evidence, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_date: Option<String>,
    /// First day on which the code can be green, `YYYY-MM-DD`; none for green.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest_green: Option<String>,
    /// Daily check-ins done in a row, where the rule counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_ins_done: Option<u32>,
    /// Daily check-ins in a row that the rule asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_ins_required: Option<u32>,
    /// The evidence ([`crate::rules::Evidence`]) that the rule set saw: with the published rule set anyone can compute
    /// the colour again.
    #[serde(rename = "facts")]
    pub evidence: Value,
    /// When it was decided, Unix seconds.
    pub decided_at: i64,
    /// The newest entry of the subject's chain of changes, which carries this colour and reason; none of an authority of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ChangeLink>,
}

/// An entry of a subject's chain of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLink {
    /// Its number, from 1.
    pub number: u32,
    /// Its hash, hex.
    pub hash: String,
}

/// `GET /v1/bundles`: what is published. ETag'd; each entry is signed by itself, so the index is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BundleIndex {
    /// The newest of each kind and name.
    pub bundles: Vec<BundleEntry>,
}

/// One published bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BundleEntry {
    /// Kind; one that a later version added is carried.
    pub kind: BundleKind,
    /// Name within the kind: a form's id, a rule set's id, a status list's issuer; empty for the trust bundle.
    pub name: String,
    /// Version; a lower one than seen before is refused. A status list's is its iat.
    pub version: u64,
    /// Lower-case hex SHA-256 of the bytes at `/v1/bundles/{sha256}`.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
}

crate::hidden_debug!(
    RegistrationRequest,
    DeviceRegistration,
    RegistrationAnswer,
    ItineraryLeg,
    StateAnswer,
    Receipt
);
