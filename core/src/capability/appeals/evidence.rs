//! Evidence: what may come with an appeal, told by its first bytes, and how it is cut into pieces.
//!
//! Invariant: phone and authority judge by the same function, and never by a name or a type that somebody said. Opens no
//! picture and no PDF: whoever looks at them does that on a machine of their own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::encoding::hex;
use crate::form::RefusedAnswer;

/// Most pieces of evidence of one appeal.
pub const MAX_EVIDENCE: usize = 5;
/// Largest one, bytes.
pub const MAX_EVIDENCE_BYTES: usize = 2 * 1024 * 1024;
/// What one request carries of it, bytes: below the cap of a request's body.
pub const PIECE_BYTES: usize = 60 * 1024;

crate::coded_errors! {
    /// Why something cannot be evidence, or an appeal not be filed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum EvidenceError {
        /// More than [`MAX_EVIDENCE_BYTES`]: the app scales pictures down first.
        TooLarge => "evidence_too_large";
        /// More than [`MAX_EVIDENCE`].
        TooMany => "evidence_too_many";
        /// Nothing in it.
        Empty => "evidence_empty";
        /// A picture as some phones make it (HEIC, HEIF): the app makes a JPEG of it first.
        Heic => "evidence_heic";
        /// Neither a JPEG or PNG picture nor a PDF.
        OtherType => "evidence_other_type";
        /// It is there already.
        Twice => "evidence_twice";
        /// Its hash, size or pieces cannot be, or what came is not what was announced.
        Inconsistent => "evidence_inconsistent";
        /// It is not on this phone any more.
        Lost => "evidence_lost";
    }
}

crate::app_types! {
    describe as describe_evidence_kind;

    /// What a piece of evidence is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum EvidenceKind {
        /// A picture, `image/jpeg`.
        Jpeg,
        /// A picture, `image/png`.
        Png,
        /// A document, `application/pdf`.
        Pdf,
    }
}

impl EvidenceKind {
    /// What these bytes are.
    ///
    /// # Errors
    /// [`EvidenceError::Empty`], [`EvidenceError::TooLarge`], [`EvidenceError::Heic`], [`EvidenceError::OtherType`].
    pub fn of(bytes: &[u8]) -> Result<Self, EvidenceError> {
        if bytes.is_empty() {
            return Err(EvidenceError::Empty);
        }
        if bytes.len() > MAX_EVIDENCE_BYTES {
            return Err(EvidenceError::TooLarge);
        }
        let known: [(&[u8], Self); 3] = [
            (&[0xff, 0xd8, 0xff], Self::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Self::Png),
            (b"%PDF-", Self::Pdf),
        ];
        let found = known.iter().find(|(magic, _)| bytes.starts_with(magic));
        match found {
            Some((_, kind)) => Ok(*kind),
            None if is_heif(bytes) => Err(EvidenceError::Heic),
            None => Err(EvidenceError::OtherType),
        }
    }

    /// Ending of a file of it.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// ISO/IEC 23008-12: a file-type box with a brand of still pictures.
fn is_heif(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).unwrap_or_default();
    let brands = [
        b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1",
    ];
    bytes.get(4..8) == Some(b"ftyp") && brands.iter().any(|one| one.as_slice() == brand)
}

/// A piece of evidence as an appeal names it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvidenceEntry {
    /// SHA-256 of the whole, lower-case hex.
    pub sha256: String,
    /// Bytes of the whole.
    pub size: u32,
    /// What it is.
    pub kind: EvidenceKind,
    /// SHA-256 of each piece of [`PIECE_BYTES`], the last one shorter, lower-case hex, in order.
    pub pieces: Vec<String>,
}

impl EvidenceEntry {
    /// Of these bytes.
    ///
    /// # Errors
    /// As [`EvidenceKind::of`].
    pub fn of(bytes: &[u8]) -> Result<Self, EvidenceError> {
        let kind = EvidenceKind::of(bytes)?;
        Ok(Self {
            sha256: sha256_hex(bytes),
            size: u32::try_from(bytes.len()).map_err(|_| EvidenceError::TooLarge)?,
            kind,
            pieces: bytes.chunks(PIECE_BYTES).map(sha256_hex).collect(),
        })
    }

    /// Whether hash, size and pieces can be.
    ///
    /// # Errors
    /// [`EvidenceError::Empty`], [`EvidenceError::TooLarge`], [`EvidenceError::Inconsistent`].
    pub fn check(&self) -> Result<(), EvidenceError> {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        if size == 0 {
            return Err(EvidenceError::Empty);
        }
        if size > MAX_EVIDENCE_BYTES {
            return Err(EvidenceError::TooLarge);
        }
        let hashes = self.pieces.iter().chain([&self.sha256]);
        let is_right = self.pieces.len() == size.div_ceil(PIECE_BYTES)
            && hashes.into_iter().all(|it| is_sha256(it));
        is_right.then_some(()).ok_or(EvidenceError::Inconsistent)
    }

    /// Whether `bytes` are what this names.
    ///
    /// # Errors
    /// As [`EvidenceKind::of`]; [`EvidenceError::Inconsistent`].
    pub fn check_whole(&self, bytes: &[u8]) -> Result<(), EvidenceError> {
        if Self::of(bytes)? == *self {
            Ok(())
        } else {
            Err(EvidenceError::Inconsistent)
        }
    }
}

/// Adds what is wrong with what is sent along; paths are those of the JSON, such as `evidence.0`.
pub(super) fn check_evidence(evidence: &[EvidenceEntry], faults: &mut Vec<RefusedAnswer>) {
    let mut refuse = |path: String, error: EvidenceError| {
        faults.push(RefusedAnswer::of_code(path, error.code()));
    };
    if evidence.len() > MAX_EVIDENCE {
        refuse("evidence".to_owned(), EvidenceError::TooMany);
    }
    let mut seen = BTreeSet::new();
    for (place, entry) in evidence.iter().take(MAX_EVIDENCE).enumerate() {
        let twice = !seen.insert(&entry.sha256);
        let fault = entry.check().err();
        if let Some(error) = fault.or(twice.then_some(EvidenceError::Twice)) {
            refuse(format!("evidence.{place}"), error);
        }
    }
}

/// All pieces, each once, in order.
pub(super) fn pieces_of(evidence: &[EvidenceEntry]) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let pieces = evidence.iter().flat_map(|entry| &entry.pieces);
    let pieces = pieces.map(String::as_str);
    pieces.filter(|piece| seen.insert(*piece)).collect()
}

/// Whether it is a SHA-256 in lower-case hex.
#[must_use]
pub fn is_sha256(text: &str) -> bool {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == 64 && text.bytes().all(is_hex)
}

/// SHA-256 in lower-case hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes))
}

crate::hidden_debug!(EvidenceEntry);
