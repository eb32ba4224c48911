//! The status list: which credentials of one issuer key were revoked, one bit each.
//!
//! The CWT form of the Token Status List (draft-ietf-oauth-status-list, section 5.2). A list made here always covers
//! every index that a credential can carry. Invariant: an opened list speaks of one issuer key's credentials and was signed
//! by that key, or by another one of the region that is good for at least as long; an index that it does not cover counts
//! as revoked, as the draft demands.

use std::io::{Read as _, Write as _};

use ed25519_dalek::SigningKey;
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};

use super::bundle::{check_not_ahead, verify_signature};
use super::issuers::IssuerDirectory;
use super::key_id::key_id;
use super::{BundleError, TrustBundle, sign_bundle};
use crate::encoding::cbor::{self, NotCanonical, Reader};
use crate::encoding::hex;
use crate::encoding::instant;

/// `typ` of a status list.
pub const STATUS_LIST_TYPE: &str = "application/statuslist+cwt";
/// Largest status index: an index has 24 bits.
pub const MAX_STATUS_INDEX: u32 = 0x00ff_ffff;
/// How long a list counts as a list at all; a fresher one is due long before (its ttl).
pub const STATUS_LIST_LIFETIME_SECS: i64 = 30 * 24 * 3600;

const SUB: u64 = 2;
const EXP: u64 = 4;
const IAT: u64 = 6;
const STATUS_LIST: u64 = 65_533;
const TTL: u64 = 65_534;
const BITS: &str = "bits";
const LST: &str = "lst";
const SUB_PREFIX: &str = "urn:health-code:status:";
/// A bit for each index: 2 MiB.
const MAX_LIST_BYTES: usize = (MAX_STATUS_INDEX as usize + 1) / 8;

/// Which credentials of one issuer key were revoked.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusList {
    key_id: [u8; 8],
    issued_at: i64,
    expires_at: i64,
    ttl_secs: u64,
    /// Indexes below this are covered.
    covered: u32,
    /// Bit `i % 8` of byte `i / 8`, without the zero bytes at the end.
    bits: Vec<u8>,
}

impl std::fmt::Debug for StatusList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StatusList(issued at {})", self.issued_at)
    }
}

impl StatusList {
    /// Makes the list of the credentials of `issuer_key` whose `indexes` are revoked; `ttl_secs`: when a fresh one is
    /// due.
    ///
    /// # Errors
    /// [`BundleError::ContentInvalid`] for an index above [`MAX_STATUS_INDEX`], a time outside of the format or a ttl
    /// of zero.
    pub fn build(
        issuer_key: &SigningKey,
        indexes: &[u32],
        issued_at: i64,
        ttl_secs: u32,
    ) -> Result<Vec<u8>, BundleError> {
        let own = key_id(&issuer_key.verifying_key().to_bytes());
        Self::build_for(own, issuer_key, indexes, issued_at, ttl_secs)
    }

    /// As [`StatusList::build`], of the credentials of the key `of`, which `signer` succeeds in the same region.
    ///
    /// # Errors
    /// As [`StatusList::build`].
    pub fn build_for(
        of: [u8; 8],
        signer: &SigningKey,
        indexes: &[u32],
        issued_at: i64,
        ttl_secs: u32,
    ) -> Result<Vec<u8>, BundleError> {
        let mut bits = vec![0_u8; MAX_LIST_BYTES];
        for &index in indexes {
            let byte = bits
                .get_mut(index as usize / 8)
                .ok_or(BundleError::ContentInvalid)?;
            *byte |= 1 << (index % 8);
        }
        let expires_at = issued_at.saturating_add(STATUS_LIST_LIFETIME_SECS);
        let times = [issued_at, expires_at].map(|secs| u64::try_from(secs).unwrap_or(u64::MAX));
        let is_out_of_range = times.iter().any(|&secs| instant(secs).is_none());
        if ttl_secs == 0 || is_out_of_range {
            return Err(BundleError::ContentInvalid);
        }
        let list = compress(&bits).ok_or(BundleError::TooLarge)?;

        let mut payload = Vec::with_capacity(list.len() + 128);
        cbor::write_map(&mut payload, 5);
        cbor::write_uint(&mut payload, SUB);
        cbor::write_text(&mut payload, &subject(of));
        cbor::write_uint(&mut payload, EXP);
        cbor::write_uint(&mut payload, times[1]);
        cbor::write_uint(&mut payload, IAT);
        cbor::write_uint(&mut payload, times[0]);
        cbor::write_uint(&mut payload, STATUS_LIST);
        cbor::write_map(&mut payload, 2);
        cbor::write_text(&mut payload, LST);
        cbor::write_bytes(&mut payload, &list);
        cbor::write_text(&mut payload, BITS);
        cbor::write_uint(&mut payload, 1);
        cbor::write_uint(&mut payload, TTL);
        cbor::write_uint(&mut payload, u64::from(ttl_secs));

        sign_bundle(STATUS_LIST_TYPE, None, &payload, signer)
    }

    /// Opens a list at `at` (Unix seconds): the key of `trust` that it speaks of must have signed it, or another one of the
    /// region that is good for at least as long; it must not be ahead of `at`, nor older than `lowest_issued_at` (the newest
    /// seen so far of that key).
    ///
    /// # Errors
    /// Any [`BundleError`].
    pub fn open(
        bytes: &[u8],
        trust: &TrustBundle,
        at: i64,
        lowest_issued_at: i64,
    ) -> Result<Self, BundleError> {
        let signed = verify_signature(STATUS_LIST_TYPE, bytes, trust, at)?;
        let claims = Claims::read(signed.payload)?;
        let issued_at = instant(claims.issued_at).ok_or(BundleError::ContentInvalid)?;
        let expires_at = instant(claims.expires_at).ok_or(BundleError::ContentInvalid)?;
        let of = of_subject(claims.subject).ok_or(BundleError::ContentInvalid)?;
        if claims.bits != 1 || claims.ttl_secs == 0 {
            return Err(BundleError::ContentInvalid);
        }
        let signer = signed.issuer;
        let may_revoke = if of == signer.key_id {
            signer.may_revoke(issued_at)
        } else {
            let keys = IssuerDirectory::with_prefix(trust, &of).into_issuers();
            let other = keys.iter().find(|key| key.division == signer.division);
            let other = other.ok_or(BundleError::ContentInvalid)?;
            signer.may_revoke_for(other, issued_at)
        };
        if !may_revoke {
            return Err(BundleError::SignerKeyNotValid);
        }
        check_not_ahead(issued_at, trust, at)?;
        if at >= expires_at {
            return Err(BundleError::Expired);
        }
        if issued_at < lowest_issued_at {
            return Err(BundleError::RolledBack);
        }
        let mut bits = decompress(claims.list)?;
        let covered = u32::try_from(bits.len() * 8).map_err(|_| BundleError::TooLarge)?;
        bits.truncate(
            bits.iter()
                .rposition(|&byte| byte != 0)
                .map_or(0, |last| last + 1),
        );
        bits.shrink_to_fit();
        Ok(Self {
            key_id: of,
            issued_at,
            expires_at,
            ttl_secs: claims.ttl_secs,
            covered,
            bits,
        })
    }

    /// Whether the credential at `index` was revoked; an index that the list does not cover counts as revoked.
    #[must_use]
    pub fn is_revoked(&self, index: u32) -> bool {
        if index >= self.covered {
            return true;
        }
        let byte = self.bits.get(index as usize / 8).copied().unwrap_or(0);
        byte >> (index % 8) & 1 == 1
    }

    /// The issuer key that it speaks of.
    #[must_use]
    pub const fn key_id(&self) -> [u8; 8] {
        self.key_id
    }

    /// When it was signed, Unix seconds.
    #[must_use]
    pub const fn issued_at(&self) -> i64 {
        self.issued_at
    }

    /// First instant at which it no longer counts, Unix seconds.
    #[must_use]
    pub const fn expires_at(&self) -> i64 {
        self.expires_at
    }

    /// After how many seconds a fresh one is due.
    #[must_use]
    pub const fn ttl_secs(&self) -> u64 {
        self.ttl_secs
    }
}

struct Claims<'b> {
    subject: &'b str,
    expires_at: u64,
    issued_at: u64,
    list: &'b [u8],
    bits: u64,
    ttl_secs: u64,
}

impl<'b> Claims<'b> {
    fn read(payload: &'b [u8]) -> Result<Self, NotCanonical> {
        let mut reader = Reader::new(payload);
        reader.map_of(5)?;
        reader.key(SUB)?;
        let subject = reader.text()?;
        reader.key(EXP)?;
        let expires_at = reader.uint()?;
        reader.key(IAT)?;
        let issued_at = reader.uint()?;
        reader.key(STATUS_LIST)?;
        reader.map_of(2)?;
        reader.text_key(LST)?;
        let list = reader.bytes()?;
        reader.text_key(BITS)?;
        let bits = reader.uint()?;
        reader.key(TTL)?;
        let ttl_secs = reader.uint()?;
        reader.end()?;
        Ok(Self {
            subject,
            expires_at,
            issued_at,
            list,
            bits,
            ttl_secs,
        })
    }
}

fn subject(key_id: [u8; 8]) -> String {
    format!("{SUB_PREFIX}{}", hex::encode(&key_id))
}

/// The key that a list with this subject speaks of.
fn of_subject(subject: &str) -> Option<[u8; 8]> {
    let key_id = hex::decode(subject.strip_prefix(SUB_PREFIX)?)?;
    key_id.try_into().ok()
}

fn compress(bits: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bits).ok()?;
    encoder.finish().ok()
}

/// At most [`MAX_LIST_BYTES`], and nothing after the stream's end.
fn decompress(list: &[u8]) -> Result<Vec<u8>, BundleError> {
    let mut decoder = ZlibDecoder::new(list);
    let mut bits = Vec::new();
    (&mut decoder)
        .take(MAX_LIST_BYTES as u64 + 1)
        .read_to_end(&mut bits)
        .map_err(|_| BundleError::ContentInvalid)?;
    if bits.len() > MAX_LIST_BYTES {
        return Err(BundleError::TooLarge);
    }
    if decoder.total_in() != list.len() as u64 {
        return Err(BundleError::ContentInvalid);
    }
    Ok(bits)
}

#[cfg(test)]
#[path = "status_list_tests.rs"]
mod tests;
