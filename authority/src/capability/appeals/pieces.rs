//! Evidence as it comes: pieces, each under its hash, and whether the whole is there.
//!
//! Invariant: a piece that comes twice is kept once and counts once a day; a whole counts only if it is what the appeal announced,
//! by hash, length and first bytes.

use data_encoding::HEXLOWER;
use health_code_core::capability::appeals::{
    EvidenceEntry, EvidenceError, PIECE_BYTES, sha256_hex,
};
use health_code_core::wire::SubjectId;
use serde::{Deserialize, Serialize};

use super::records::{EvidenceToday, kept_piece, piece_bytes, piece_place};
use crate::cases::devices::Device;
use crate::cases::file::Filing;
use crate::cases::{Authority, Refusal, acts};
use crate::store::{CitizenId, RowKey, Rows, Unit, UnitId};

/// An act that keeps a piece has an id of its own, under which it never comes again after this time, seconds.
const KEPT_SECS: i64 = 3_600;

impl Authority {
    /// Keeps a piece of evidence that this device sent for a subject of its own.
    pub(crate) async fn keep_piece(
        &self,
        device: &Device,
        subject: &SubjectId,
        (hash, bytes): (&str, &[u8]),
    ) -> Result<(), Refusal> {
        if bytes.is_empty() || bytes.len() > PIECE_BYTES || sha256_hex(bytes) != hash {
            let code = EvidenceError::Inconsistent.code();
            return Err(Refusal::invalid("evidence", code));
        }
        let now = self.now();
        let definitions = self.definitions();
        let keep = KeepPiece {
            id: UnitId::new(acts::OWN, self.random()?),
            device,
            subject,
            hash: raw_hash(hash)?,
            bytes,
            today: definitions.day(now)?,
            now,
            authority: self,
        };
        let done = self.units.run(&keep).await;
        done.map(|_| ()).map_err(|refusal| match refusal {
            Refusal::QuotaUsedUp(_) => {
                tracing::info!("a citizen's evidence of the day is used up");
                Refusal::QuotaUsedUp(definitions.secs_to_next_day(now))
            }
            other => other,
        })
    }

    /// Which pieces of what is sent along are missing; refuses what came and is not what was announced.
    pub(super) async fn missing_pieces(
        &self,
        filing: Filing<'_>,
        evidence: &[EvidenceEntry],
    ) -> Result<Vec<String>, Refusal> {
        let mut missing = Vec::new();
        for (number, entry) in evidence.iter().enumerate() {
            let lacks = self.missing_of(filing, number, entry).await?;
            missing.extend(lacks);
        }
        let mut seen = std::collections::BTreeSet::new();
        missing.retain(|piece| seen.insert(piece.clone()));
        Ok(missing)
    }

    async fn missing_of(
        &self,
        filing: Filing<'_>,
        number: usize,
        entry: &EvidenceEntry,
    ) -> Result<Vec<String>, Refusal> {
        let places = entry.pieces.iter().map(|piece| {
            let hash = raw_hash(piece)?;
            Ok(piece_place(filing.subject, &hash))
        });
        let places = places.collect::<Result<Vec<_>, Refusal>>()?;
        let (citizen, subject) = (filing.citizen, filing.subject);
        let rows = self.units.read(citizen, subject, places.clone()).await?;
        // One that is about to go is asked for again.
        let oldest = self.now() - self.policy.appeals.evidence_kept_secs / 2;
        let mut whole = Vec::new();
        let mut missing = Vec::new();
        for (piece, place) in entry.pieces.iter().zip(&places) {
            match rows.bytes_at(place)?.and_then(piece_bytes) {
                Some((at, bytes)) if at >= oldest => whole.extend_from_slice(bytes),
                _ => missing.push(piece.clone()),
            }
        }
        if missing.is_empty() {
            let checked = entry.check_whole(&whole);
            checked
                .map_err(|error| Refusal::invalid(format!("evidence.{number}"), error.code()))?;
        }
        Ok(missing)
    }
}

fn raw_hash(hex: &str) -> Result<[u8; 32], Refusal> {
    let bytes = HEXLOWER.decode(hex.as_bytes()).ok();
    let hash = bytes.and_then(|bytes| bytes.try_into().ok());
    hash.ok_or_else(|| Refusal::invalid("evidence", EvidenceError::Inconsistent.code()))
}

struct KeepPiece<'a> {
    id: UnitId,
    device: &'a Device,
    subject: &'a SubjectId,
    hash: [u8; 32],
    bytes: &'a [u8],
    today: String,
    now: i64,
    authority: &'a Authority,
}

#[derive(Serialize, Deserialize)]
struct Kept;

impl Unit for KeepPiece<'_> {
    type Answer = Kept;
    type Refusal = Refusal;

    fn citizen(&self) -> CitizenId {
        self.device.citizen
    }

    fn subject(&self) -> SubjectId {
        self.subject.clone()
    }

    fn id(&self) -> UnitId {
        self.id
    }

    fn kept_until(&self) -> Option<i64> {
        Some(self.now + KEPT_SECS)
    }

    fn reads(&self) -> Vec<RowKey> {
        let mut reads = self.device.reads(self.subject);
        reads.push(EvidenceToday::place());
        reads.push(piece_place(self.subject, &self.hash));
        reads
    }

    fn apply(&self, rows: &mut Rows) -> Result<Kept, Refusal> {
        self.device.key(rows)?;
        let policy = &self.authority.policy.appeals;
        let place = piece_place(self.subject, &self.hash);
        let held = rows.bytes_at(&place)?.and_then(piece_bytes);
        if held.is_some_and(|(at, _)| at >= self.now - policy.evidence_kept_secs / 2) {
            return Ok(Kept);
        }
        let today = EvidenceToday::place();
        let before = rows.get_at::<EvidenceToday>(&today)?.unwrap_or_default();
        let before = if before.day == self.today {
            before.bytes
        } else {
            0
        };
        let bytes = before.saturating_add(self.bytes.len() as u64);
        if bytes > policy.evidence_bytes_per_day {
            return Err(Refusal::QuotaUsedUp(0));
        }
        let counted = EvidenceToday {
            day: self.today.clone(),
            bytes,
        };
        rows.put_at(today, &counted)?;
        let until = self.now + policy.evidence_kept_secs;
        rows.put_bytes_until(place, kept_piece(self.now, self.bytes), until);
        Ok(Kept)
    }
}
