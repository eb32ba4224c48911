//! Addresses of rows, and the rows that one act reads and writes.
//!
//! Invariant: a row is written at most once in an act, whatever the parts of the act put into it on the way; a row
//! that was not named beforehand is not read. Debug shows no id and no value.

use std::collections::BTreeMap;

use health_code_core::trust::StatusPlace;
use health_code_core::wire::SubjectId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::{Revocation, StoreError};

/// A citizen's id: random, the name of the partition.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CitizenId([u8; 16]);

impl CitizenId {
    /// From random bytes, as a UUIDv4.
    pub(crate) fn from_random(bytes: [u8; 16]) -> Self {
        Self(
            uuid::Builder::from_random_bytes(bytes)
                .into_uuid()
                .into_bytes(),
        )
    }

    pub(crate) const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Reads what [`CitizenId`]'s `Display` writes.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let id = uuid::Uuid::try_parse(text).ok()?;
        let is_written_so = id.hyphenated().to_string() == text && id.get_version_num() == 4;
        is_written_so.then(|| Self(id.into_bytes()))
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl std::fmt::Display for CitizenId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
    }
}

impl std::fmt::Debug for CitizenId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CitizenId")
    }
}

/// Whose record it is, as it is stored: empty for the citizen's own, otherwise the dependant's id.
pub(crate) fn subject_bytes(subject: &SubjectId) -> &[u8] {
    if subject.is_owner() {
        &[]
    } else {
        subject.as_str().as_bytes()
    }
}

/// Reads what [`subject_bytes`] wrote.
pub(crate) fn subject_of_bytes(bytes: &[u8]) -> Option<SubjectId> {
    if bytes.is_empty() {
        return Some(SubjectId::OWNER);
    }
    std::str::from_utf8(bytes).ok().and_then(SubjectId::parse)
}

/// What a row is. Numbers are never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind(pub(crate) u16);

impl Kind {
    /// The partition's version; permanent, the one row that is not sealed.
    pub(crate) const HEAD: Self = Self(0);
    /// An act that was done, with its answer.
    pub(crate) const UNIT: Self = Self(1);
}

/// Where a row is within its citizen's partition.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RowKey {
    pub(crate) subject: SubjectId,
    pub(crate) kind: Kind,
    pub(crate) key: Vec<u8>,
}

impl RowKey {
    /// A row of the subject's.
    pub(crate) fn new(subject: &SubjectId, kind: Kind, key: &[u8]) -> Self {
        Self {
            subject: subject.clone(),
            kind,
            key: key.to_vec(),
        }
    }

    /// The one row of this record of the subject's.
    pub(crate) fn for_record<R: Record>(subject: &SubjectId) -> Self {
        Self::new(subject, R::KIND, &[])
    }
}

impl std::fmt::Debug for RowKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RowKey({:?})", self.kind)
    }
}

/// Id of an act: a namespace and an id in it. The same id is the same act.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UnitId([u8; 17]);

impl UnitId {
    pub(crate) fn new(namespace: u8, id: [u8; 16]) -> Self {
        let mut bytes = [namespace; 17];
        bytes[1..].copy_from_slice(&id);
        Self(bytes)
    }

    pub(crate) fn from_bytes(bytes: [u8; 17]) -> Self {
        Self(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 17] {
        &self.0
    }

    /// The row that the act leaves, where it is one on this subject.
    pub(crate) fn row(&self, subject: &SubjectId) -> RowKey {
        RowKey::new(subject, Kind::UNIT, &self.0)
    }
}

impl std::fmt::Debug for UnitId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "UnitId({})", self.0[0])
    }
}

/// A value that is kept as JSON in rows of one kind.
pub(crate) trait Record: Serialize + DeserializeOwned {
    const KIND: Kind;
}

/// What a row holds from now on.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Put {
    pub(crate) value: Vec<u8>,
    /// Unix seconds after which nobody needs it.
    pub(crate) expires_at: Option<i64>,
}

/// The rows that an act on one subject named, as they are read, with its own writes laid over them.
#[derive(Default)]
pub(crate) struct Rows {
    subject: SubjectId,
    read: BTreeMap<RowKey, Option<Zeroizing<Vec<u8>>>>,
    pub(super) puts: BTreeMap<RowKey, Put>,
    pub(super) erased: Vec<SubjectId>,
    pub(super) revoked: Vec<Revocation>,
}

impl Rows {
    /// `read` holds every row that was named, with none where it is not there.
    pub(super) fn new(
        subject: &SubjectId,
        read: BTreeMap<RowKey, Option<Zeroizing<Vec<u8>>>>,
    ) -> Self {
        Self {
            subject: subject.clone(),
            read,
            puts: BTreeMap::new(),
            erased: Vec::new(),
            revoked: Vec::new(),
        }
    }

    /// On whom the act is.
    pub(crate) const fn subject(&self) -> &SubjectId {
        &self.subject
    }

    /// The one record of this kind of the subject's.
    pub(crate) fn get<R: Record>(&self) -> Result<Option<R>, StoreError> {
        self.get_at(&RowKey::for_record::<R>(&self.subject))
    }

    /// What was read, in the order of kinds and keys.
    pub(crate) fn all_read(&self) -> impl Iterator<Item = (&RowKey, &[u8])> {
        let read = self.read.iter();
        read.filter_map(|(place, value)| Some((place, value.as_ref()?.as_slice())))
    }

    /// None where nothing is there; [`StoreError::RowNotNamed`] for a place that the act did not say it reads.
    pub(crate) fn get_at<R: Record>(&self, place: &RowKey) -> Result<Option<R>, StoreError> {
        let value = if let Some(put) = self.puts.get(place) {
            Some(put.value.as_slice())
        } else {
            let read = self.read.get(place).ok_or(StoreError::RowNotNamed)?;
            read.as_ref().map(|value| value.as_slice())
        };
        value
            .map(|json| serde_json::from_slice(json).map_err(|_| StoreError::RecordUnreadable))
            .transpose()
    }

    /// The bytes at this place, which are no record.
    pub(crate) fn bytes_at(&self, place: &RowKey) -> Result<Option<&[u8]>, StoreError> {
        if let Some(put) = self.puts.get(place) {
            return Ok(Some(&put.value));
        }
        let read = self.read.get(place).ok_or(StoreError::RowNotNamed)?;
        Ok(read.as_ref().map(|value| value.as_slice()))
    }

    /// Puts the one record of this kind of the subject's.
    pub(crate) fn put<R: Record>(&mut self, record: &R) -> Result<(), StoreError> {
        self.put_at(RowKey::for_record::<R>(&self.subject), record)
    }

    /// Replaces what is there; written with the act's other rows, or not at all.
    pub(crate) fn put_at<R: Record>(
        &mut self,
        place: RowKey,
        record: &R,
    ) -> Result<(), StoreError> {
        let json = serde_json::to_vec(record).map_err(|_| StoreError::RecordUnreadable)?;
        self.put_bytes(place, json);
        Ok(())
    }

    /// Puts a record that nobody needs after `until` (Unix seconds).
    pub(crate) fn put_until<R: Record>(
        &mut self,
        place: RowKey,
        record: &R,
        until: i64,
    ) -> Result<(), StoreError> {
        let put = Put {
            value: serde_json::to_vec(record).map_err(|_| StoreError::RecordUnreadable)?,
            expires_at: Some(until),
        };
        self.puts.insert(place, put);
        Ok(())
    }

    /// Puts bytes as they are.
    pub(crate) fn put_bytes(&mut self, place: RowKey, value: Vec<u8>) {
        let put = Put {
            value,
            expires_at: None,
        };
        self.puts.insert(place, put);
    }

    /// Puts bytes that nobody needs after `until` (Unix seconds).
    pub(crate) fn put_bytes_until(&mut self, place: RowKey, value: Vec<u8>, until: i64) {
        let put = Put {
            value,
            expires_at: Some(until),
        };
        self.puts.insert(place, put);
    }

    /// Has a credential on the status lists until `free_at` (Unix seconds).
    pub(crate) fn revoke(&mut self, place: StatusPlace, free_at: i64) {
        self.revoked.push(Revocation { place, free_at });
    }

    /// Takes away every row of this subject, the rows of its acts included; what this act puts stays.
    pub(crate) fn erase(&mut self, subject: SubjectId) {
        self.puts.retain(|place, _| place.subject != subject);
        for (place, value) in &mut self.read {
            if place.subject == subject {
                *value = None;
            }
        }
        self.erased.push(subject);
    }

    /// The rows that were read, as the act's writes leave them.
    pub(super) fn left_behind(&self) -> BTreeMap<RowKey, Option<Zeroizing<Vec<u8>>>> {
        let mut rows = self.read.clone();
        for (place, value) in &mut rows {
            if let Some(put) = self.puts.get(place) {
                *value = Some(Zeroizing::new(put.value.clone()));
            }
        }
        rows
    }

    /// Whether the act changes nothing.
    pub(super) fn is_unchanged(&self) -> bool {
        self.puts.is_empty() && self.erased.is_empty() && self.revoked.is_empty()
    }
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Rows({} read, {} changed)",
            self.read.len(),
            self.puts.len()
        )
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        use zeroize::Zeroize as _;
        for put in self.puts.values_mut() {
            put.value.zeroize();
        }
    }
}
