//! Parts of a subject: what else is held of it than receipt and credential, a row of a table each.
//!
//! Invariant: the state tells of a part exactly while something is held, with a tag that is another one whenever the part is.
//! Tags are keyed: they say nothing of what they stand for, and no two subjects' are comparable. A look that writes nothing.

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use health_code_core::wire::{Parts, SubjectId};
use serde_json::Value;

use super::devices::Device;
use super::{Authority, Policy, Refusal};
use crate::store::{CitizenId, RowKey, Rows, StoreError};

/// A part: one row of the table.
#[derive(Debug)]
pub(crate) struct PartRow {
    /// Its name in the state, and its place: `/v1/subjects/{s}/parts/{name}`.
    pub(crate) name: &'static str,
    /// The rows that [`PartRow::version`] reads for this subject.
    pub(crate) reads: fn(&SubjectId) -> Vec<RowKey>,
    /// What is another one whenever the part is; none where nothing is held.
    pub(crate) version: fn(&Rows) -> Result<Option<Vec<u8>>, StoreError>,
    /// The rows that [`PartRow::answer`] reads beside those.
    pub(crate) answer_reads: fn(&PartAsked<'_>, &Rows) -> Result<Vec<RowKey>, Refusal>,
    /// Whether [`PartRow::answer`] is given every row of the subject in their place.
    pub(crate) answers_with_all: bool,
    /// What is answered, JSON.
    pub(crate) answer: fn(&PartAsked<'_>, &Rows) -> Result<Value, Refusal>,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(crate) struct PartAsked<'a> {
    pub(crate) citizen: CitizenId,
    /// Of the phone that asks.
    pub(crate) device_id: &'a str,
    /// How far the phone has come; empty for nowhere.
    pub(crate) after: &'a str,
    /// Unix seconds.
    pub(crate) now: i64,
    pub(crate) policy: &'a Policy,
    /// The authority's own key.
    pub(crate) issuer_key: &'a SigningKey,
}

health_code_core::hidden_debug!(PartAsked<'_>);

impl Authority {
    /// The rows that [`Authority::parts_held`] reads for this subject.
    pub(super) fn part_reads(&self, subject: &SubjectId) -> Vec<RowKey> {
        let rows = self.part_rows.iter();
        rows.flat_map(|row| (row.reads)(subject)).collect()
    }

    /// The parts that are held of the rows' subject.
    pub(super) fn parts_held(&self, citizen: CitizenId, rows: &Rows) -> Result<Parts, StoreError> {
        let mut parts = Vec::new();
        for row in self.part_rows {
            if let Some(version) = (row.version)(rows)? {
                let subject = rows.subject().as_str().as_bytes();
                let of = [citizen.as_bytes().as_slice(), subject, &version];
                let tag = self.sealer.hash(row.name, &of);
                parts.push((row.name.to_owned(), HEXLOWER.encode(&tag[..16])));
            }
        }
        Ok(Parts::new(parts))
    }

    /// What is held of a part of a subject of this device, from where the phone has come to; none where there is no such part.
    pub(crate) async fn part(
        &self,
        device: &Device,
        subject: &SubjectId,
        name: &str,
        after: &str,
    ) -> Result<Option<Value>, Refusal> {
        let citizen = device.citizen;
        let mut reads = device.reads(subject);
        let row = self.part_rows.iter().find(|row| row.name == name);
        reads.extend(row.map(|row| (row.reads)(subject)).unwrap_or_default());
        let rows = self.units.read(citizen, subject, reads.clone()).await?;
        device.key(&rows)?;
        let Some(row) = row else {
            return Ok(None);
        };
        if (row.version)(&rows)?.is_none() {
            return Ok(None);
        }
        let asked = PartAsked {
            citizen,
            device_id: &device.device_id,
            after,
            now: self.now(),
            policy: &self.policy,
            issuer_key: &self.issuer_key,
        };
        let more = (row.answer_reads)(&asked, &rows)?;
        let rows = if row.answers_with_all {
            self.units.read_subject(citizen, subject).await?
        } else if more.is_empty() {
            rows
        } else {
            reads.extend(more);
            self.units.read(citizen, subject, reads).await?
        };
        (row.answer)(&asked, &rows).map(Some)
    }
}
