//! Kinds of uploads: the row of a table that says all there is to know of a kind.
//!
//! Invariant: whoever handles uploads handles rows; no other file tells kinds apart. Pure: what an answer leaves
//! behind is told as writes, which the sync engine does at once with taking the upload out of the outbox.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::ahead::AheadRow;
use super::records::{COLOURS_SEEN, CORRECTION_ANSWER, REGISTRATION as REGISTRATION_RECORD};
use super::state;
use crate::store::{SealedStore, SealedWrite, StoreError, SubjectId};
use crate::trust::TrustBundle;
use crate::wire::{
    MAX_REQUEST_BYTES, ProblemKind, ProofStanding, RegistrationAnswer, UploadAnswer,
};

/// Longest citizen's id, characters.
const MAX_CITIZEN_ID_CHARS: usize = 64;

/// Where an upload is sent: under its id, so that sending it again is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadRoute {
    /// `POST /v1/subjects` with the id as `Idempotency-Key`: it makes the subject.
    Subjects,
    /// `PUT /v1/subjects/{s}/{this}/{id}`: it is about the subject.
    Below(&'static str),
}

/// All that is to be known of one kind.
#[derive(Debug)]
pub struct UploadRow {
    /// Stable id, kebab-case.
    pub id: &'static str,
    /// Number in the outbox, 1 to 255; never used for anything else.
    pub number: u8,
    /// Where it is sent.
    pub route: UploadRoute,
    /// Whether it goes before all others, also from a device that is not registered.
    pub goes_first: bool,
    /// Whether a new one takes the place of earlier ones, those that wait and those that were refused.
    pub replaces_earlier: bool,
    /// Largest body, bytes; at most [`MAX_REQUEST_BYTES`].
    pub max_bytes: usize,
    /// Problems that are final by their status (400, 409, 413, 415, 422), but not for this kind: it goes on waiting.
    pub not_final: &'static [ProblemKind],
    /// How it comes in pieces, where it is large. Such an upload is sent after everything else, so that what a code needs
    /// never waits for it.
    pub ahead: Option<&'static AheadRow>,
    /// What to write for the answer; none if it cannot be read or is about another upload.
    pub writes: fn(&Answered<'_>) -> Result<Option<Vec<SealedWrite>>, StoreError>,
}

impl PartialEq for UploadRow {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for UploadRow {}

/// An upload that the authority took.
#[derive(Clone, Copy)]
pub struct Answered<'a> {
    /// UUIDv7, made on the phone before it is sent.
    pub upload_id: &'a str,
    /// Whose it is.
    pub subject: &'a SubjectId,
    /// The device that sent it, see [`crate::wire::device_id`].
    pub device_id: &'a str,
    /// The registration that is held; none before the first.
    pub registration: Option<&'a Registration>,
    /// The answers to objections that are held.
    pub corrections: &'a [UploadAnswer],
    /// What is held beside it.
    pub store: &'a SealedStore,
    /// The trust bundle that counts, to verify what is signed.
    pub trust: Option<&'a TrustBundle>,
    /// Trusted time, Unix seconds.
    pub at: i64,
    /// The body that was sent.
    pub sent: &'a [u8],
    /// Body of the answer, JSON.
    pub body: &'a [u8],
}

/// Kind of an upload in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadKind {
    /// One that this version sends.
    Known(&'static UploadRow),
    /// One that a newer version of the app queued: kept as it is, not sent by this version.
    Newer {
        /// Its number; 0 where not even that could be read.
        number: u8,
    },
}

impl UploadKind {
    /// The row's id; `other` for a newer version's.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Known(row) => row.id,
            Self::Newer { .. } => crate::code::OTHER,
        }
    }

    /// The path that a field of the upload's body has in the form that the citizen filled in.
    pub(super) fn form_path(self, field: &str) -> String {
        match self {
            Self::Known(row) if row.goes_first => crate::form::path_of_identity(field),
            _ => field.to_owned(),
        }
    }
}

/// This device's registration.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// Citizen's id at this authority.
    pub citizen_id: String,
    /// The authority's division.
    pub division: u32,
    /// The device that was registered, see [`crate::wire::device_id`].
    pub device_id: String,
    /// Whether the authority said since that it does not know the device: then this is no registration that counts, but
    /// tells whose what is held was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_forgotten: bool,
    /// How the citizen is proven, as the answer said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<ProofStanding>,
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Registration(division {}, hidden)", self.division)
    }
}

impl Registration {
    /// What the answer to a registration says; none if it cannot be read.
    fn answered(answered: &Answered<'_>) -> Option<Self> {
        let answer = json::<RegistrationAnswer>(answered.body)?;
        let has_length = (1..=MAX_CITIZEN_ID_CHARS).contains(&answer.citizen_id.len());
        has_length.then(|| Self {
            citizen_id: answer.citizen_id,
            division: answer.division,
            device_id: answered.device_id.to_owned(),
            is_forgotten: false,
            proof: answer.proof,
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.citizen_id == other.citizen_id
            && self.division == other.division
            && self.device_id == other.device_id
    }
}

/// Whether the answer is to a registration with an authority that had lost an earlier one: what was taken before is to be
/// sent again.
pub(super) fn begins_anew(row: &UploadRow, answered: &Answered<'_>) -> bool {
    let (Some(before), true) = (answered.registration, row.goes_first) else {
        return false;
    };
    let now = Registration::answered(answered);
    before.is_forgotten || now.is_some_and(|now| now.citizen_id != before.citizen_id)
}

/// [`crate::wire::RegistrationRequest`]; sent before everything else.
pub static REGISTRATION: UploadRow = UploadRow {
    id: "registration",
    number: 1,
    route: UploadRoute::Subjects,
    goes_first: true,
    replaces_earlier: true,
    max_bytes: MAX_REQUEST_BYTES,
    not_final: &[],
    ahead: None,
    // A state of another citizen or device is not ours, and another citizen's objections and colours are not shown
    // to this one.
    writes: |answered| {
        let Some(registration) = Registration::answered(answered) else {
            return Ok(None);
        };
        let mut writes = Vec::new();
        let before = answered.registration;
        if !before.is_some_and(|before| before.is_same(&registration)) {
            writes = state::forget(answered.subject);
        }
        if before.is_some_and(|before| before.citizen_id != registration.citizen_id) {
            let of_subject = CORRECTION_ANSWER.for_subject(answered.subject);
            let held = answered.corrections.iter();
            writes.extend(held.map(|answer| of_subject.clone().at(&answer.id).delete()));
            writes.push(COLOURS_SEEN.for_subject(answered.subject).delete());
        }
        writes.push(
            REGISTRATION_RECORD
                .for_subject(answered.subject)
                .put(&registration)?,
        );
        Ok(Some(writes))
    },
};

/// [`crate::wire::Declaration`].
pub static DECLARATION: UploadRow = UploadRow::put("declaration", 2, "declarations");

/// [`crate::wire::Itinerary`].
pub static ITINERARY: UploadRow = UploadRow::put("itinerary", 3, "itineraries");

/// [`crate::wire::Correction`].
pub static CORRECTION: UploadRow = UploadRow {
    // Its deadline must not get lost.
    writes: |answered| {
        let Some(answer) = own_answer(answered) else {
            return Ok(None);
        };
        let place = CORRECTION_ANSWER
            .for_subject(answered.subject)
            .at(&answer.id);
        Ok(Some(vec![place.put(&answer)?]))
    },
    ..UploadRow::put("correction", 4, "corrections")
};

/// The kinds that a code needs; capabilities add theirs in `core/src/capability`.
pub(crate) static UPLOADS: [&UploadRow; 4] = [&REGISTRATION, &DECLARATION, &ITINERARY, &CORRECTION];

impl UploadRow {
    /// A kind that is put as `{name}/{id}` below its subject and answered with an [`UploadAnswer`], of which nothing is
    /// kept.
    #[must_use]
    pub const fn put(id: &'static str, number: u8, name: &'static str) -> Self {
        Self {
            id,
            number,
            route: UploadRoute::Below(name),
            goes_first: false,
            replaces_earlier: false,
            max_bytes: MAX_REQUEST_BYTES,
            not_final: &[],
            ahead: None,
            writes: |answered| Ok(own_answer(answered).map(|_| Vec::new())),
        }
    }
}

/// The answer, where it is to this very upload.
pub(crate) fn own_answer(answered: &Answered<'_>) -> Option<UploadAnswer> {
    json(answered.body).filter(|answer: &UploadAnswer| answer.id == answered.upload_id)
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    crate::encoding::json::from_slice(body).ok()
}
