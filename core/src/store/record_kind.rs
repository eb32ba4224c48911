//! Kinds of records: each declared once, in one row, beside the code that uses it.
//!
//! ```ignore
//! const RECEIPT: RecordKind<Vec<u8>, OfSubject> = RecordKind::of_subject(32, "receipt", Codec::BYTES, 64 * 1024);
//! let receipt = store.read(&RECEIPT.for_subject(&subject))?;
//! store.apply(&[RECEIPT.for_subject(&subject).put(&bytes)?, ETAG.for_subject(&subject).delete()])?;
//! ```
//!
//! Invariant: a kind's number, once released, is never given to another kind (`crate::record_table` is where a build
//! fails that gives one twice). It stores nothing itself.

use std::marker::PhantomData;

use zeroize::Zeroizing;

use super::{MAX_KEY_BYTES, MAX_VALUE_BYTES, StoreError, SubjectId};

/// First number that no released kind has: for tests.
pub const FIRST_TEST_KIND: u16 = 0xff00;

/// Of the phone: one for all subjects.
#[derive(Clone, Copy, Debug)]
pub enum OfPhone {}

/// Of a subject: each has its own, and erasing the subject erases it.
#[derive(Clone, Copy, Debug)]
pub enum OfSubject {}

/// What the table says of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindRow {
    /// Stable number, part of what is sealed.
    pub number: u16,
    /// For people.
    pub name: &'static str,
    /// Whether each subject has its own.
    pub is_of_subject: bool,
    /// How a value becomes bytes.
    pub codec: &'static str,
    /// Largest value, in bytes.
    pub max_bytes: usize,
    /// Of CBOR the names of its fields, by their numbers; empty for those that have none.
    pub fields: &'static [&'static str],
}

/// How a value becomes bytes and is read again.
#[derive(Debug)]
pub struct Codec<T> {
    name: &'static str,
    encode: fn(&T) -> Option<Vec<u8>>,
    decode: fn(&[u8]) -> Option<T>,
}

impl<T> Clone for Codec<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Codec<T> {}

impl Codec<Vec<u8>> {
    /// Bytes as they are.
    pub const BYTES: Self = Self {
        name: "bytes",
        encode: |bytes| Some(bytes.clone()),
        decode: |bytes| Some(bytes.to_vec()),
    };
}

impl Codec<Zeroizing<Vec<u8>>> {
    /// Bytes as they are, wiped when dropped.
    pub const SECRET: Self = Self {
        name: "secret",
        encode: |bytes| Some(bytes.to_vec()),
        decode: |bytes| Some(Zeroizing::new(bytes.to_vec())),
    };
}

impl Codec<String> {
    /// UTF-8.
    pub const TEXT: Self = Self {
        name: "text",
        encode: |text| Some(text.as_bytes().to_vec()),
        decode: |bytes| String::from_utf8(bytes.to_vec()).ok(),
    };
}

impl<T: serde::Serialize + serde::de::DeserializeOwned> Codec<T> {
    /// As JSON: what people or later versions may have to read.
    pub const JSON: Self = Self {
        name: "json",
        encode: |value| serde_json::to_vec(value).ok(),
        decode: |bytes| serde_json::from_slice(bytes).ok(),
    };
}

impl<T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()>> Codec<T> {
    /// CBOR (RFC 8949), fields by number.
    pub const CBOR: Self = Self {
        name: "cbor",
        encode: |value| minicbor::to_vec(value).ok(),
        decode: |bytes| minicbor::decode(bytes).ok(),
    };
}

/// A kind of records with values of type `T`; `S` is [`OfPhone`] or [`OfSubject`].
#[derive(Debug)]
pub struct RecordKind<T, S> {
    row: KindRow,
    codec: Codec<T>,
    scope: PhantomData<S>,
}

impl<T> RecordKind<T, OfPhone> {
    /// A kind that is the phone's.
    ///
    /// # Panics
    /// At compile time, where `max_bytes` is above the store's cap.
    #[must_use]
    pub const fn of_phone(
        number: u16,
        name: &'static str,
        codec: Codec<T>,
        max_bytes: usize,
    ) -> Self {
        Self::new(number, name, false, codec, max_bytes)
    }

    /// Where the phone's records of this kind are.
    #[must_use]
    pub const fn for_this_phone(&self) -> Place<T> {
        self.place(None)
    }
}

impl<T> RecordKind<T, OfSubject> {
    /// A kind of which each subject has its own.
    ///
    /// # Panics
    /// At compile time, where `max_bytes` is above the store's cap.
    #[must_use]
    pub const fn of_subject(
        number: u16,
        name: &'static str,
        codec: Codec<T>,
        max_bytes: usize,
    ) -> Self {
        Self::new(number, name, true, codec, max_bytes)
    }

    /// Where the subject's records of this kind are.
    #[must_use]
    pub fn for_subject(&self, subject: &SubjectId) -> Place<T> {
        self.place(Some(subject.clone()))
    }
}

impl<T, S> RecordKind<T, S> {
    const fn new(
        number: u16,
        name: &'static str,
        is_of_subject: bool,
        codec: Codec<T>,
        max_bytes: usize,
    ) -> Self {
        assert!(max_bytes <= MAX_VALUE_BYTES, "above the store's cap");
        Self {
            row: KindRow {
                number,
                name,
                is_of_subject,
                codec: codec.name,
                max_bytes,
                fields: &[],
            },
            codec,
            scope: PhantomData,
        }
    }

    /// The same with names for the fields of its CBOR, by their numbers: for people who read what is kept.
    #[must_use]
    pub const fn with_fields(mut self, fields: &'static [&'static str]) -> Self {
        self.row.fields = fields;
        self
    }

    /// The kind's row for the table.
    #[must_use]
    pub const fn row(&self) -> KindRow {
        self.row
    }

    const fn place(&self, subject: Option<SubjectId>) -> Place<T> {
        Place {
            raw: RawPlace {
                kind: self.row.number,
                subject,
                key: String::new(),
            },
            max_bytes: self.row.max_bytes,
            codec: self.codec,
        }
    }
}

/// Where a record is, whatever its kind: what the store itself knows of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RawPlace {
    /// Number of the kind.
    pub kind: u16,
    /// Whose it is; none for the phone's.
    pub subject: Option<SubjectId>,
    /// Which of several; empty where there is one. At most 128 bytes.
    pub key: String,
}

/// Where a record of a known kind is.
#[derive(Clone, Debug)]
pub struct Place<T> {
    raw: RawPlace,
    max_bytes: usize,
    codec: Codec<T>,
}

impl<T> Place<T> {
    /// The one of several that has this key, at most 128 bytes.
    #[must_use]
    pub fn at(mut self, key: &str) -> Self {
        key.clone_into(&mut self.raw.key);
        self
    }

    /// A write that sets the value.
    ///
    /// # Errors
    /// [`StoreError::ValueTooLarge`], [`StoreError::KeyTooLong`], [`StoreError::RecordUnreadable`] where the value
    /// has no bytes.
    pub fn put(&self, value: &T) -> Result<SealedWrite, StoreError> {
        let value = Zeroizing::new((self.codec.encode)(value).ok_or(StoreError::RecordUnreadable)?);
        if value.len() > self.max_bytes {
            return Err(StoreError::ValueTooLarge);
        }
        let write = SealedWrite {
            place: self.raw.clone(),
            value: Some(value),
        };
        write.check()?;
        Ok(write)
    }

    /// A write that removes the record, whether or not there is one.
    #[must_use]
    pub fn delete(&self) -> SealedWrite {
        SealedWrite {
            place: self.raw.clone(),
            value: None,
        }
    }

    /// The place as the store knows it.
    #[must_use]
    pub const fn raw(&self) -> &RawPlace {
        &self.raw
    }

    pub(super) fn decode(&self, value: &[u8]) -> Result<T, StoreError> {
        (self.codec.decode)(value).ok_or(StoreError::RecordUnreadable)
    }
}

/// One change of a sealed record.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedWrite {
    pub(super) place: RawPlace,
    /// None removes the record.
    pub(super) value: Option<Zeroizing<Vec<u8>>>,
}

impl SealedWrite {
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.place.key.len() > MAX_KEY_BYTES {
            return Err(StoreError::KeyTooLong);
        }
        match &self.value {
            Some(value) if value.len() > MAX_VALUE_BYTES => Err(StoreError::ValueTooLarge),
            _ => Ok(()),
        }
    }
}

impl std::fmt::Debug for SealedWrite {
    /// Values never reach a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let what = if self.value.is_some() {
            "put"
        } else {
            "delete"
        };
        write!(f, "SealedWrite({what}, kind {})", self.place.kind)
    }
}
