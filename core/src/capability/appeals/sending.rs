//! How an appeal goes out: the appeal itself, then what the authority says is missing, piece by piece, then the appeal again,
//! which is now taken and acknowledged.
//!
//! Invariant: it leaves the outbox only with an acknowledgement that an issuer signed for this citizen, this receipt and
//! exactly this evidence.

use super::AppealError;
use super::asking::{ADDITION_TYPE, AdditionAcknowledgement, AppealAddition};
use super::evidence::{EvidenceEntry, EvidenceError, pieces_of};
use super::records::{APPEAL as HELD, HeldAddition, HeldAppeal, MISSING, PIECE};
use super::wire::{ACKNOWLEDGEMENT_TYPE, Acknowledgement, Appeal, MissingAnswer, Withdrawal};
use serde::de::DeserializeOwned;

use crate::encoding::{base64, json};
use crate::store::{SealedWrite, StoreError, SubjectId};
use crate::sync::{AheadRow, Answered, NextRequest, UploadRow, Waiting};
use crate::trust::{TrustBundle, open_bundle};
use crate::wire::UploadAnswer;

/// [`Appeal`].
pub static APPEAL: UploadRow = UploadRow {
    ahead: Some(&PIECES),
    writes: taken,
    ..UploadRow::put("appeal", 16, "appeals")
};

/// [`AppealAddition`].
pub static ADDITION: UploadRow = UploadRow {
    ahead: Some(&PIECES),
    writes: added,
    ..UploadRow::put("appeal-addition", 18, "appeal-additions")
};

/// [`Withdrawal`].
pub static WITHDRAWAL: UploadRow = UploadRow {
    writes: withdrawn,
    ..UploadRow::put("appeal-withdrawal", 17, "withdrawals")
};

static PIECES: AheadRow = AheadRow {
    next: next_request,
    taken: piece_taken,
    asked,
};

fn next_request(waiting: &Waiting<'_>) -> Result<NextRequest, StoreError> {
    let place = MISSING.for_subject(waiting.subject).at(waiting.upload_id);
    let missing = waiting.store.read(&place)?.unwrap_or_default();
    let Some(name) = missing.first() else {
        return Ok(NextRequest::Upload);
    };
    let place = PIECE.for_subject(waiting.subject).at(name);
    Ok(match waiting.store.read(&place)? {
        Some(bytes) => NextRequest::Piece {
            name: name.clone(),
            path: format!("evidence/{name}"),
            bytes,
        },
        None => NextRequest::Lost(EvidenceError::Lost.code()),
    })
}

fn piece_taken(waiting: &Waiting<'_>, piece: &str) -> Result<Vec<SealedWrite>, StoreError> {
    let place = MISSING.for_subject(waiting.subject).at(waiting.upload_id);
    let mut missing = waiting.store.read(&place)?.unwrap_or_default();
    missing.retain(|one| one != piece);
    Ok(vec![place.put(&missing)?])
}

/// Pieces that are none of what is sent are not asked for: such an answer is none.
fn asked(waiting: &Waiting<'_>, answer: &[u8]) -> Result<Option<Vec<SealedWrite>>, StoreError> {
    /// An appeal, or what is added to one.
    #[derive(serde::Deserialize)]
    struct Sent {
        #[serde(default)]
        evidence: Vec<EvidenceEntry>,
    }
    let (Some(answer), Some(sent)) = (
        json::from_slice::<MissingAnswer>(answer).ok(),
        json::from_slice::<Sent>(waiting.body).ok(),
    ) else {
        return Ok(None);
    };
    let pieces = pieces_of(&sent.evidence);
    let missing = pieces
        .into_iter()
        .filter(|piece| answer.missing.iter().any(|one| one == piece));
    let missing: Vec<String> = missing.map(str::to_owned).collect();
    if missing.is_empty() || missing.len() != answer.missing.len() || answer.id != waiting.upload_id
    {
        return Ok(None);
    }
    let place = MISSING.for_subject(waiting.subject).at(waiting.upload_id);
    Ok(Some(vec![place.put(&missing)?]))
}

/// What the authority signed to this upload, to whom it must be, and by which trust it is judged.
fn signed_to<'a>(
    answered: &'a Answered<'_>,
) -> Option<(String, (&'a str, &'a SubjectId), &'a TrustBundle)> {
    let answer = json::from_slice::<UploadAnswer>(answered.body).ok()?;
    let is_ours = answer.id == answered.upload_id;
    let signed = answer.acknowledgement.filter(|_| is_ours)?;
    let citizen = answered.registration?.citizen_id.as_str();
    Some((signed, (citizen, answered.subject), answered.trust?))
}

fn taken(answered: &Answered<'_>) -> Result<Option<Vec<SealedWrite>>, StoreError> {
    let (Some((signed, citizen, trust)), Ok(appeal)) = (
        signed_to(answered),
        json::from_slice::<Appeal>(answered.sent),
    ) else {
        return Ok(None);
    };
    let Ok(told) = open_acknowledgement(&signed, citizen, trust, answered.at) else {
        return Ok(None);
    };
    let evidence = appeal.evidence.iter().map(|entry| &entry.sha256);
    let is_of_it = told.id == answered.upload_id
        && told.receipt_sha256 == appeal.receipt_sha256
        && told.evidence.iter().eq(evidence);
    if !is_of_it {
        return Ok(None);
    }
    let place = HELD.for_subject(answered.subject).at(answered.upload_id);
    let before = answered.store.read(&place)?.unwrap_or_default();
    let held = HeldAppeal {
        receipt_sha256: appeal.receipt_sha256,
        statement: appeal.statement,
        evidence: appeal.evidence,
        acknowledgement: signed,
        citizen_id: told.citizen_id,
        received_at: told.received_at,
        decide_by: before.deadline(told.decide_by),
        ..before
    };
    let missing = MISSING.for_subject(answered.subject).at(answered.upload_id);
    Ok(Some(vec![place.put(&held)?, missing.delete()]))
}

fn added(answered: &Answered<'_>) -> Result<Option<Vec<SealedWrite>>, StoreError> {
    let (Some((signed, citizen, trust)), Ok(sent)) = (
        signed_to(answered),
        json::from_slice::<AppealAddition>(answered.sent),
    ) else {
        return Ok(None);
    };
    let Ok(told) = open_addition(&signed, citizen, trust, answered.at) else {
        return Ok(None);
    };
    let evidence = sent.evidence.iter().map(|entry| &entry.sha256);
    let is_of_it = told.id == answered.upload_id
        && (&told.appeal, &told.request) == (&sent.appeal, &sent.request)
        && told.evidence.iter().eq(evidence);
    if !is_of_it {
        return Ok(None);
    }
    let missing = MISSING.for_subject(answered.subject).at(answered.upload_id);
    let mut writes = vec![missing.delete()];
    let place = HELD.for_subject(answered.subject).at(&sent.appeal);
    // Taken from the list meanwhile: the part tells of it again.
    if let Some(mut held) = answered.store.read(&place)? {
        let mut requests = held.requests.iter_mut();
        if let Some(request) = requests.find(|one| one.told.id == sent.request) {
            let first = held.decide_by;
            request.addition = Some(HeldAddition {
                acknowledgement: signed,
                statement: sent.statement,
                evidence: sent.evidence,
                received_at: told.received_at,
                decide_by: told.decide_by,
            });
            held.decide_by = told.decide_by.min(first);
        }
        writes.push(place.put(&held)?);
    }
    Ok(Some(writes))
}

fn withdrawn(answered: &Answered<'_>) -> Result<Option<Vec<SealedWrite>>, StoreError> {
    let (Some(answer), Some(withdrawal)) = (
        json::from_slice::<UploadAnswer>(answered.body).ok(),
        json::from_slice::<Withdrawal>(answered.sent).ok(),
    ) else {
        return Ok(None);
    };
    if answer.id != answered.upload_id {
        return Ok(None);
    }
    let place = HELD.for_subject(answered.subject).at(&withdrawal.appeal);
    let writes = match answered.store.read(&place)? {
        Some(held) => vec![place.put(&HeldAppeal {
            withdrawn_at: Some(answer.received_at),
            ..held
        })?],
        None => Vec::new(),
    };
    Ok(Some(writes))
}

/// What a base64url bundle acknowledges, if an issuer signed it for this citizen and subject.
pub(super) fn open_acknowledgement(
    signed: &str,
    citizen: (&str, &SubjectId),
    trust: &TrustBundle,
    at: i64,
) -> Result<Acknowledgement, &'static str> {
    let told: Acknowledgement = open_signed(ACKNOWLEDGEMENT_TYPE, signed, trust, at)?;
    ours(citizen, (&told.citizen_id, &told.subject))?;
    Ok(told)
}

/// The same of what was added to an appeal.
pub(super) fn open_addition(
    signed: &str,
    citizen: (&str, &SubjectId),
    trust: &TrustBundle,
    at: i64,
) -> Result<AdditionAcknowledgement, &'static str> {
    let told: AdditionAcknowledgement = open_signed(ADDITION_TYPE, signed, trust, at)?;
    ours(citizen, (&told.citizen_id, &told.subject))?;
    Ok(told)
}

/// What an issuer signed in a base64url bundle of this type.
pub(super) fn open_signed<T: DeserializeOwned>(
    content_type: &str,
    signed: &str,
    trust: &TrustBundle,
    at: i64,
) -> Result<T, &'static str> {
    let not_ours = AppealError::NotOurs.code();
    let bytes = base64::decode_url(signed).ok_or(not_ours)?;
    let opened = open_bundle(content_type, &bytes, trust, at).map_err(|error| error.code())?;
    json::from_slice(opened.payload).map_err(|_| not_ours)
}

/// Refuses what was signed for somebody else.
pub(super) fn ours(
    (citizen_id, subject): (&str, &SubjectId),
    (named, of): (&str, &SubjectId),
) -> Result<(), &'static str> {
    let is_ours = named == citizen_id && of == subject;
    is_ours.then_some(()).ok_or(AppealError::NotOurs.code())
}
