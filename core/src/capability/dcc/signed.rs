//! The COSE_Sign1 (RFC 9052, 4.2) around a certificate: who is said to have signed what, with which algorithm.
//!
//! Invariant: what is verified are the bytes as they came. ES256 and PS256 alone; which of the two a key is for, the list of keys
//! says, so a header cannot choose. Verifies nothing by itself.

use super::cbor::{self, Item};
use super::{DccAlgorithm, DccError};
use crate::encoding::cose;

/// Tags that may stand before the message: of a CWT (RFC 8392, 6), and of a COSE_Sign1 (RFC 9052, 2).
const CWT: u64 = 61;
const COSE_SIGN1: u64 = 18;

/// Header labels (RFC 9052, 3.1).
const ALG: i64 = 1;
const CRIT: i64 = 2;
const KID: i64 = 4;
/// Algorithms (RFC 9053, 2.1; RFC 8230, 2).
const ES256: i64 = -7;
const PS256: i64 = -37;

/// Longest id of a key; those of the EU have eight bytes.
pub(super) const MAX_KID_BYTES: usize = 32;
/// Length of an ES256 signature, and bounds of a PS256 one, bytes.
const ES256_BYTES: usize = 64;
const PS256_BYTES: std::ops::RangeInclusive<usize> = 256..=1_024;

/// The parts of a message.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Signed {
    protected: Vec<u8>,
    pub(super) payload: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) algorithm: DccAlgorithm,
    pub(super) kid: Vec<u8>,
}

impl Signed {
    /// All of `bytes`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, DccError> {
        let item = cbor::read(bytes)?;
        let Item::List(parts) = untagged(&item)? else {
            return Err(DccError::NotSigned);
        };
        let [protected, unprotected, payload, signature] = parts.as_slice() else {
            return Err(DccError::NotSigned);
        };
        let protected_bytes = protected.bytes().ok_or(DccError::NotSigned)?;
        let protected = match protected_bytes {
            [] => Item::Map(Vec::new()),
            bytes => cbor::read(bytes)?,
        };
        if !matches!((&protected, unprotected), (Item::Map(_), Item::Map(_))) {
            return Err(DccError::NotSigned);
        }
        if protected.at(CRIT).is_some() || unprotected.at(CRIT).is_some() {
            return Err(DccError::HeaderCritical);
        }
        let payload = match payload {
            Item::Bytes([]) | Item::Null => return Err(DccError::ContentMissing),
            Item::Bytes(bytes) => *bytes,
            _ => return Err(DccError::NotSigned),
        };
        let signature = signature.bytes().ok_or(DccError::NotSigned)?;
        // What is protected comes first.
        let header = |label| protected.at(label).or_else(|| unprotected.at(label));
        let algorithm = match header(ALG).ok_or(DccError::AlgorithmMissing)? {
            Item::Integer(ES256) => DccAlgorithm::Es256,
            Item::Integer(PS256) => DccAlgorithm::Ps256,
            _ => return Err(DccError::AlgorithmNotAllowed),
        };
        let kid = header(KID).and_then(Item::bytes);
        let kid = kid.filter(|kid| (1..=MAX_KID_BYTES).contains(&kid.len()));
        let kid = kid.ok_or(DccError::KidMissing)?;
        check_length(algorithm, signature)?;
        Ok(Self {
            protected: protected_bytes.to_vec(),
            payload: payload.to_vec(),
            signature: signature.to_vec(),
            algorithm,
            kid: kid.to_vec(),
        })
    }

    /// What the signature is over.
    pub(super) fn signed_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        cose::write_signed_bytes(&self.protected, &[], &self.payload, &mut out);
        out
    }
}

fn untagged<'a, 'b>(item: &'a Item<'b>) -> Result<&'a Item<'b>, DccError> {
    let item = match item {
        Item::Tagged(CWT, inner) => match &**inner {
            Item::Tagged(COSE_SIGN1, inner) => inner,
            _ => return Err(DccError::TagWrong),
        },
        Item::Tagged(COSE_SIGN1, inner) => inner,
        item => item,
    };
    match item {
        Item::Tagged(..) => Err(DccError::TagWrong),
        item => Ok(item),
    }
}

fn check_length(algorithm: DccAlgorithm, signature: &[u8]) -> Result<(), DccError> {
    let fits = match algorithm {
        DccAlgorithm::Es256 => signature.len() == ES256_BYTES,
        DccAlgorithm::Ps256 => PS256_BYTES.contains(&signature.len()),
    };
    if fits {
        return Ok(());
    }
    // SEQUENCE, its length, INTEGER.
    let is_asn1 =
        |it: &[u8]| matches!(it, [0x30, length, 0x02, ..] if usize::from(*length) + 2 == it.len());
    if algorithm == DccAlgorithm::Es256 && is_asn1(signature) {
        return Err(DccError::SignatureEncoded);
    }
    Err(DccError::SignatureLength)
}

crate::hidden_debug!(Signed);
