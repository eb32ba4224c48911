//! Kinds for the store's own tests, with bytes as values, and short ways to use them.

use super::{
    Codec, FIRST_TEST_KIND, OfSubject, Place, RecordKind, SealedStore, SealedWrite, StoreError,
    SubjectId,
};

pub(super) type Kind = RecordKind<Vec<u8>, OfSubject>;

pub(super) const PROFILE: Kind = kind(0);
pub(super) const OUTBOX: Kind = kind(1);
pub(super) const DRAFT: Kind = kind(2);
pub(super) const BUNDLE: Kind = kind(3);
pub(super) const STATE: Kind = kind(4);

const fn kind(number: u16) -> Kind {
    let number = FIRST_TEST_KIND + 200 + number;
    RecordKind::of_subject(number, "plain", Codec::BYTES, super::MAX_VALUE_BYTES)
}

pub(super) fn place(kind: &Kind, key: &str) -> Place<Vec<u8>> {
    kind.for_subject(&SubjectId::OWNER).at(key)
}

/// A write that is not checked before it comes to the store.
pub(super) fn put_write(kind: &Kind, key: &str, value: &[u8]) -> SealedWrite {
    SealedWrite {
        place: place(kind, key).raw().clone(),
        value: Some(value.to_vec().into()),
    }
}

pub(super) fn delete_write(kind: &Kind, key: &str) -> SealedWrite {
    place(kind, key).delete()
}

pub(super) trait PlainRecords {
    fn get(&self, kind: &Kind, key: &str) -> Result<Option<Vec<u8>>, StoreError>;
    fn list(&self, kind: &Kind) -> Result<Vec<(String, Vec<u8>)>, StoreError>;
    fn put(&self, kind: &Kind, key: &str, value: &[u8]) -> Result<(), StoreError>;
    fn delete(&self, kind: &Kind, key: &str) -> Result<(), StoreError>;
}

impl PlainRecords for SealedStore {
    fn get(&self, kind: &Kind, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(&place(kind, key))
    }

    fn list(&self, kind: &Kind) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.read_all(&place(kind, ""))
    }

    fn put(&self, kind: &Kind, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.apply(&[put_write(kind, key, value)])
    }

    fn delete(&self, kind: &Kind, key: &str) -> Result<(), StoreError> {
        self.remove(&place(kind, key))
    }
}
