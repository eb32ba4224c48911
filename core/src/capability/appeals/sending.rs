//! How an appeal goes out: the appeal itself, then what the authority says is missing, piece by piece, then the appeal again,
//! which is now taken and acknowledged.
//!
//! Invariant: it leaves the outbox only with an acknowledgement that an issuer signed for this citizen, this receipt and
//! exactly this evidence.

use super::AppealError;
use super::evidence::EvidenceError;
use super::records::{APPEAL as HELD, HeldAppeal, MISSING, PIECE};
use super::wire::{ACKNOWLEDGEMENT_TYPE, Acknowledgement, Appeal, MissingAnswer, Withdrawal};
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

/// Pieces that are none of the appeal's are not asked for: such an answer is none.
fn asked(waiting: &Waiting<'_>, answer: &[u8]) -> Result<Option<Vec<SealedWrite>>, StoreError> {
    let (Some(answer), Some(appeal)) = (
        json::from_slice::<MissingAnswer>(answer).ok(),
        json::from_slice::<Appeal>(waiting.body).ok(),
    ) else {
        return Ok(None);
    };
    let pieces = appeal.pieces();
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

fn taken(answered: &Answered<'_>) -> Result<Option<Vec<SealedWrite>>, StoreError> {
    let (Some(answer), Some(appeal), Some(trust), Some(registration)) = (
        json::from_slice::<UploadAnswer>(answered.body).ok(),
        json::from_slice::<Appeal>(answered.sent).ok(),
        answered.trust,
        answered.registration,
    ) else {
        return Ok(None);
    };
    let signed = answer
        .acknowledgement
        .filter(|_| answer.id == answered.upload_id);
    let Some(signed) = signed else {
        return Ok(None);
    };
    let citizen = (registration.citizen_id.as_str(), answered.subject);
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
        decide_by: told.decide_by,
        ..before
    };
    let missing = MISSING.for_subject(answered.subject).at(answered.upload_id);
    Ok(Some(vec![place.put(&held)?, missing.delete()]))
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
    (citizen_id, subject): (&str, &SubjectId),
    trust: &TrustBundle,
    at: i64,
) -> Result<Acknowledgement, &'static str> {
    let not_ours = AppealError::NotOurs.code();
    let bytes = base64::decode_url(signed).ok_or(not_ours)?;
    let opened =
        open_bundle(ACKNOWLEDGEMENT_TYPE, &bytes, trust, at).map_err(|error| error.code())?;
    let told: Acknowledgement = json::from_slice(opened.payload).map_err(|_| not_ours)?;
    if told.citizen_id == citizen_id && told.subject == *subject {
        Ok(told)
    } else {
        Err(not_ours)
    }
}
